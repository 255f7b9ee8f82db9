//! Tables as Parquet, for analysis.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::cell::{Cell, Column, Kind};
use crate::{Error, ErrorKind, Result};

/// Rows of one group: what is held in memory.
const GROUP: usize = 8_192;

/// Writes one table, group by group.
pub(super) struct ParquetTable<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    columns: Vec<Builder>,
    rows: usize,
}

enum Builder {
    Text(StringBuilder),
    Whole(UInt64Builder),
    Real(Float64Builder),
    Flag(BooleanBuilder),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Whole => Self::Whole(UInt64Builder::new()),
            Kind::Real => Self::Real(Float64Builder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
        }
    }

    /// A cell of another kind is an empty one; `cells_stand_under_their_columns` rules that out.
    fn put(&mut self, cell: &Cell) {
        match (self, cell) {
            (Self::Text(b), Cell::Text(v)) => b.append_option(v.as_deref()),
            (Self::Whole(b), Cell::Whole(v)) => b.append_option(*v),
            (Self::Real(b), Cell::Real(v)) => b.append_option(*v),
            (Self::Flag(b), Cell::Flag(v)) => b.append_option(*v),
            (Self::Text(b), _) => b.append_null(),
            (Self::Whole(b), _) => b.append_null(),
            (Self::Real(b), _) => b.append_null(),
            (Self::Flag(b), _) => b.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::Whole(b) => Arc::new(b.finish()),
            Self::Real(b) => Arc::new(b.finish()),
            Self::Flag(b) => Arc::new(b.finish()),
        }
    }
}

impl<W: Write + Send> ParquetTable<W> {
    pub(super) fn begin(out: W, columns: &[Column]) -> Result<Self> {
        let fields: Vec<Field> = columns
            .iter()
            .map(|(name, kind)| {
                let data = match kind {
                    Kind::Text => DataType::Utf8,
                    Kind::Whole => DataType::UInt64,
                    Kind::Real => DataType::Float64,
                    Kind::Flag => DataType::Boolean,
                };
                Field::new(name, data, true)
            })
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by("hemozoin".to_owned())
            .build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(refused)?;
        let columns = columns.iter().map(|(_, kind)| Builder::new(*kind)).collect();
        Ok(Self { writer, schema, columns, rows: 0 })
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
        let arrays = self.columns.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("a table cannot be built: {e}")))?;
        self.rows = 0;
        self.writer.write(&batch).and_then(|()| self.writer.flush()).map_err(refused)
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
