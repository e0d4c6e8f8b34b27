//! Rows with named columns to CSV (RFC 4180).

use crate::{Error, Format};
use csv::{Terminator, Writer, WriterBuilder};
use std::collections::BTreeMap;
use std::io::Write;

/// One row, by the names of its columns; what is not set is empty.
#[derive(Default)]
pub(crate) struct Row(BTreeMap<&'static str, String>);

impl Row {
    /// Sets a column.
    pub(crate) fn set(&mut self, column: &'static str, value: impl ToString) {
        self.0.insert(column, value.to_string());
    }

    /// Sets a column where there is something to set.
    pub(crate) fn set_some(&mut self, column: &'static str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.set(column, value);
        }
    }

    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// A table on its way out.
pub(crate) struct Table<'a> {
    columns: Vec<&'static str>,
    out: Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    /// Begins a table with the format's columns as its head.
    pub(crate) fn new(format: Format, out: &'a mut dyn Write) -> Result<Table<'a>, Error> {
        let columns = format.columns();
        let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        out.write_record(&columns)?;
        Ok(Table { columns, out })
    }

    /// Writes a row; cells that a spreadsheet would take for a formula are guarded.
    pub(crate) fn row(&mut self, row: &Row) -> Result<(), Error> {
        debug_assert!(
            row.0.keys().all(|column| self.columns.contains(column)),
            "a column that the format has not"
        );
        let cells = self.columns.iter().map(|column| guarded(row.get(column)));
        Ok(self.out.write_record(cells)?)
    }

    /// Ends the table.
    pub(crate) fn end(mut self) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

/// A cell that begins as a formula does gets an apostrophe before it, which spreadsheets take for "this is text". Numbers
/// stay as they are.
pub(crate) fn guarded(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["-12.5", "+3", "a=b", "", "{\"x\":1}"] {
            assert_eq!(guarded(cell), cell);
        }
    }
}
