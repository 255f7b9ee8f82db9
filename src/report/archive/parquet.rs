//! Tables as Parquet, for analysis.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::Result as Written;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::report::cell::{Cell, Column, Kind};
use crate::{Error, ErrorKind, Result};

/// Rows of one group: what is held in memory.
const GROUP: usize = 8_192;

/// Writes one table, group by group.
pub(super) struct ParquetTable<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Values>,
    rows: usize,
}

/// The cells of one column and group that are not empty, and for each cell whether it is one of them (its definition
/// level, in words of the format: 1 or 0).
struct Values {
    kept: Kept,
    filled: Vec<i16>,
}

enum Kept {
    Text(Vec<ByteArray>),
    /// Numbers without a sign have the type of those with one, and a note.
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Flag(Vec<bool>),
}

impl Values {
    fn new(kind: Kind) -> Self {
        let kept = match kind {
            Kind::Text => Kept::Text(Vec::new()),
            Kind::Whole => Kept::Whole(Vec::new()),
            Kind::Real => Kept::Real(Vec::new()),
            Kind::Flag => Kept::Flag(Vec::new()),
        };
        Self { kept, filled: Vec::new() }
    }

    /// A cell of another kind is an empty one; `cells_stand_under_their_columns` rules that out.
    fn put(&mut self, cell: &Cell) {
        match (&mut self.kept, cell) {
            (Kept::Text(kept), Cell::Text(Some(v))) => kept.push(v.as_str().into()),
            (Kept::Whole(kept), Cell::Whole(Some(v))) => kept.push(v.cast_signed()),
            (Kept::Real(kept), Cell::Real(Some(v))) => kept.push(*v),
            (Kept::Flag(kept), Cell::Flag(Some(v))) => kept.push(*v),
            _ => return self.filled.push(0),
        }
        self.filled.push(1);
    }

    /// Writes what is held, and holds nothing after it.
    fn write(&mut self, mut column: SerializedColumnWriter<'_>) -> Written<()> {
        let filled = std::mem::take(&mut self.filled);
        match &mut self.kept {
            Kept::Text(kept) => batch::<ByteArrayType>(&mut column, std::mem::take(kept), &filled),
            Kept::Whole(kept) => batch::<Int64Type>(&mut column, std::mem::take(kept), &filled),
            Kept::Real(kept) => batch::<DoubleType>(&mut column, std::mem::take(kept), &filled),
            Kept::Flag(kept) => batch::<BoolType>(&mut column, std::mem::take(kept), &filled),
        }?;
        column.close()
    }
}

fn batch<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    kept: Vec<T::T>,
    filled: &[i16],
) -> Written<()> {
    column.typed::<T>().write_batch(&kept, Some(filled), None).map(drop)
}

/// A column as the format describes it.
fn described(name: &str, kind: Kind) -> Written<Type> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, Some(LogicalType::integer(64, false))),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

impl<W: Write + Send> ParquetTable<W> {
    pub(super) fn begin(out: W, columns: &[Column]) -> Result<Self> {
        let fields: Written<Vec<_>> =
            columns.iter().map(|(name, kind)| described(name, *kind).map(Arc::new)).collect();
        let schema = fields.and_then(|fields| Type::group_type_builder("schema").with_fields(fields).build());
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by("hemozoin".to_owned())
            .build();
        let writer = schema
            .and_then(|schema| SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)))
            .map_err(refused)?;
        let columns = columns.iter().map(|(_, kind)| Values::new(*kind)).collect();
        Ok(Self { writer, columns, rows: 0 })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.put(cell);
        }
        self.rows += 1;
        if self.rows == GROUP { self.group() } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> Result<W> {
        if self.rows > 0 {
            self.group()?;
        }
        // Of what the system refuses at the very end, the writer keeps the words alone.
        self.writer.into_inner().map_err(|e| match e {
            parquet::errors::ParquetError::General(words) => {
                Error::io("", "write", std::io::Error::other(words))
            }
            other => refused(other),
        })
    }

    fn group(&mut self) -> Result<()> {
        self.rows = 0;
        let (writer, columns) = (&mut self.writer, &mut self.columns);
        let written = (|| {
            let mut group = writer.next_row_group()?;
            for column in columns {
                if let Some(of_file) = group.next_column()? {
                    column.write(of_file)?;
                }
            }
            group.close().map(drop)
        })();
        written.map_err(refused)
    }
}

fn refused(error: parquet::errors::ParquetError) -> Error {
    use parquet::errors::ParquetError as E;
    match error {
        E::External(source) => match source.downcast::<std::io::Error>() {
            Ok(io) => Error::io("", "write", *io),
            Err(other) => {
                Error::new(ErrorKind::Internal, format!("a Parquet table cannot be written: {other}"))
            }
        },
        other => Error::new(ErrorKind::Internal, format!("a Parquet table cannot be written: {other}")),
    }
}
