//! A small table, as Markdown or lined up for a terminal.

/// Head and rows of equal length.
pub(super) struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(head: Vec<String>) -> Self {
        Self { head, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut out = line(&self.head);
        out.push_str(&format!("|---{}|\n", "|--:".repeat(self.head.len().saturating_sub(1))));
        for row in &self.rows {
            out.push_str(&line(row));
        }
        out
    }

    pub(super) fn text(&self) -> String {
        let all = || std::iter::once(&self.head).chain(&self.rows);
        let width =
            |column: usize| all().filter_map(|r| r.get(column)).map(|c| c.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let mut out = String::new();
        for row in all() {
            for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let pad = " ".repeat(width - cell.chars().count());
                // The first column is words, the others numbers.
                out.push_str(&if i == 0 { format!("{cell}{pad}") } else { format!("  {pad}{cell}") });
            }
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes() {
        let mut table = Table::new(vec!["a".to_owned(), "bcd".to_owned()]);
        table.row(vec!["ééé".to_owned(), "1".to_owned()]);
        assert_eq!(table.text(), "a    bcd\nééé    1\n");
        assert_eq!(table.markdown(), "| a | bcd |\n|---|--:|\n| ééé | 1 |\n");
    }
}
