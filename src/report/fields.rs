//! The table of fields: one row for each field, then one for each file that could not be read; of a slide or of an archive.

use super::cell::{Cell, Column, Kind, number};
use crate::record::FieldRow;
use crate::tally::FieldTally;

const FIELD: [(&str, Kind); 27] = [
    ("slide", Kind::Text),
    ("film", Kind::Text),
    ("image", Kind::Text),
    ("page", Kind::Whole),
    ("sha256", Kind::Text),
    ("width", Kind::Whole),
    ("height", Kind::Whole),
    ("um_per_px", Kind::Real),
    ("scale_basis", Kind::Text),
    ("verdict", Kind::Text),
    ("reasons", Kind::Text),
    ("counted", Kind::Flag),
    ("copy_of", Kind::Text),
    ("repeat_of", Kind::Text),
    ("asexual_parasites", Kind::Whole),
    ("rings", Kind::Whole),
    ("trophozoites", Kind::Whole),
    ("schizonts", Kind::Whole),
    ("gametocytes", Kind::Whole),
    ("white_cells", Kind::Whole),
    ("red_cells", Kind::Whole),
    ("infected_red_cells", Kind::Whole),
    ("parasites_in_red_cells", Kind::Whole),
    ("gametocyte_red_cells", Kind::Whole),
    ("implied_red_cells", Kind::Whole),
    ("cut_red_cells", Kind::Whole),
    ("platelets", Kind::Whole),
];

/// Columns of `fields`.
pub(in crate::report) fn field_columns() -> Vec<Column> {
    FIELD.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
}

/// The cells of a field, in the order of [`field_columns`]; pages count from 1, as people count them.
pub(in crate::report) fn field_cells(slide: &str, row: &FieldRow) -> Vec<Cell> {
    let text = |value: Option<&str>| Cell::Text(value.map(str::to_owned));
    let count = |of: fn(&FieldTally) -> u64| Cell::Whole(row.tally.as_ref().map(of));
    let stage =
        |of: fn(&FieldTally) -> u64| Cell::Whole(row.tally.as_ref().filter(|t| t.is_staged()).map(of));
    vec![
        Cell::text(slide),
        text(row.film.map(|f| f.code())),
        Cell::text(&row.image),
        Cell::Whole(row.page.map(|page| u64::from(page) + 1)),
        text(row.sha256.as_deref()),
        Cell::Whole(row.width.map(u64::from)),
        Cell::Whole(row.height.map(u64::from)),
        number(row.um_per_px),
        text(row.scale_basis.as_deref()),
        Cell::text(&row.verdict),
        Cell::text(row.reasons.join(" ")),
        Cell::Flag(Some(row.counted)),
        text(row.copy_of.as_deref()),
        text(row.repeat_of.as_deref()),
        count(|t| t.asexual_parasites),
        stage(|t| t.rings),
        stage(|t| t.trophozoites),
        stage(|t| t.schizonts),
        count(|t| t.gametocytes),
        count(|t| t.white_cells),
        count(|t| t.red_cells),
        count(|t| t.infected_red_cells),
        count(|t| t.parasites_in_red_cells),
        count(|t| t.gametocyte_red_cells),
        count(|t| t.implied_red_cells),
        count(|t| t.cut_red_cells),
        count(|t| t.platelets),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_their_columns() {
        let json = r#"{"film":null,"image":"a.jpg","page":null,"sha256":null,"width":null,"height":null,"um_per_px":null,
            "scale_basis":null,"verdict":"unread","reasons":["io"],"counted":false,"copy_of":null,"tally":null}"#;
        let field: FieldRow = serde_json::from_str(json).expect("a row");
        let (columns, cells) = (field_columns(), field_cells("A", &field));
        assert_eq!(columns.len(), cells.len());
        for ((name, kind), cell) in columns.iter().zip(&cells) {
            assert_eq!(*kind, cell.kind(), "{name}");
        }
    }

    /// As `fields.csv` of one slide counts them; the record and the journal count from 0.
    #[test]
    fn pages_count_from_one() {
        let json = r#"{"film":"thin","image":"a.tif","page":0,"sha256":null,"width":null,"height":null,
            "um_per_px":null,"scale_basis":null,"verdict":"fit","reasons":[],"counted":true,"copy_of":null,
            "tally":null}"#;
        let field: FieldRow = serde_json::from_str(json).expect("a row");
        let cells = field_cells("A", &field);
        let page =
            field_columns().iter().zip(&cells).find(|(c, _)| c.0 == "page").map(|(_, cell)| cell.clone());
        assert_eq!(page, Some(Cell::Whole(Some(1))));
    }
}
