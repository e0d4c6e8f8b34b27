//! Our own table: a claim a row, readable in a spreadsheet, and whole in its columns `claim` and `document`, from which the
//! same ledger can be made again.

use crate::sidecar::{Made, Sidecar};
use crate::table::{Row, Table};
use crate::{Error, Format, Material, claim_row};
use counterclaim_claims::{Check, Document, Exhibit, Incident, Mentions, Reading};
use counterclaim_ledger::ClaimRef;
use csv::StringRecord;
use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{Read, Write};

/// A reading without its claims.
#[derive(Serialize)]
struct Rest<'a> {
    document: &'a Document,
    incidents: &'a [Incident],
    exhibits: &'a [Exhibit],
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<&'a Mentions>,
    checks: &'a [Check],
    notes: &'a [String],
}

impl<'a> Rest<'a> {
    fn of(reading: &'a Reading) -> Rest<'a> {
        Rest {
            document: &reading.document,
            incidents: &reading.incidents,
            exhibits: &reading.exhibits,
            mentions: reading.mentions.as_ref(),
            checks: &reading.checks,
            notes: &reading.notes,
        }
    }
}

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::Csv, material);
    let mut table = Table::new(Format::Csv, out)?;
    for (number, reading) in material.readings.iter().enumerate() {
        // Whole texts and claims are not for the public.
        let document = match material.is_public() {
            true => String::new(),
            false => serde_json::to_string(&Rest::of(reading))?,
        };
        if reading.claims.is_empty() {
            let mut row = Row::default();
            claim_row::report(&mut row, reading);
            row.set("document", document);
            table.row(&row)?;
            sidecar.made(Made {
                id: reading.document.id.clone(),
                ..Made::default()
            });
            continue;
        }
        for (n, claim) in reading.claims.iter().enumerate() {
            let at = ClaimRef {
                reading: number,
                claim: n,
            };
            let mut row = claim_row::row(material, at);
            if !material.is_public() {
                row.set("claim", serde_json::to_string(claim)?);
            }
            if n == 0 {
                row.set("document", &document);
            }
            table.row(&row)?;
            sidecar.made(claim_row::made(&row, claim));
        }
    }
    table.end()?;
    Ok(sidecar)
}

/// A row of our own table that could not be read back.
#[derive(Debug, thiserror::Error)]
#[error("row {row}: {problem}")]
pub struct RowError {
    /// Its number as spreadsheets count, the head being row 1.
    pub row: u64,
    /// What is wrong.
    pub problem: RowProblem,
}

/// What is wrong with a row of our own table.
#[derive(Debug, thiserror::Error)]
pub enum RowProblem {
    /// It is no table of ours.
    #[error(
        "the first row does not name the columns report, uri, claim and document, as tables of `export --to csv` do"
    )]
    Columns,
    /// What made it is no CSV, or could not be read.
    #[error("the row could not be read: {0}")]
    Row(String),
    /// A cell does not hold what was written there.
    #[error("the column {0} holds no JSON ({1}): was it cut by a spreadsheet?")]
    Cell(&'static str, String),
    /// A claim without its report.
    #[error(
        "the report of this claim does not stand above it: sort the rows by report and start; tables made with --profile public cannot be read back"
    )]
    Apart,
}

impl RowProblem {
    fn at(self, row: u64) -> RowError {
        RowError { row, problem: self }
    }
}

/// The readings of our own table as lines of the contract, in order. A row that cannot be read spoils its own report.
///
/// ```
/// use counterclaim_claims::Reading;
/// use counterclaim_export::{Format, Material, Profile, csv_lines, write};
/// use jiff::Timestamp;
///
/// let line = r#"{"document":{"id":"sha256:1","uri":"a.txt","text":"Baku denied it."},"claims":[{"id":"clm_1","start":12,"end":14}]}"#;
/// let reading: Reading = serde_json::from_str(line)?;
/// let mut table = Vec::new();
/// write(Format::Csv, &Material::new(vec![reading.clone()], &[], Profile::Full, Timestamp::UNIX_EPOCH), &mut table)?;
/// let lines: Vec<String> = csv_lines(&table[..]).collect::<Result<_, _>>()?;
/// assert_eq!(serde_json::from_str::<Reading>(&lines[0])?, reading);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn csv_lines(from: impl Read) -> impl Iterator<Item = Result<String, RowError>> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(from);
    let at = |head: &StringRecord, name| head.iter().position(|column| column == name);
    let head = rows.headers().ok();
    let columns = head.and_then(|head| {
        Some(Columns {
            report: at(head, "report")?,
            uri: at(head, "uri")?,
            claim: at(head, "claim")?,
            document: at(head, "document")?,
        })
    });
    let mut ready = VecDeque::new();
    if columns.is_none() {
        ready.push_back(Err(RowProblem::Columns.at(1)));
    }
    let mut reports = Reports {
        open: None,
        spoiled: None,
        ready,
    };
    let mut rows = rows.into_records().zip(2..);
    std::iter::from_fn(move || {
        while reports.ready.is_empty() {
            let Some((row, number)) = columns.as_ref().and_then(|_| rows.next()) else {
                reports.close();
                break;
            };
            match (row, &columns) {
                (Ok(row), Some(columns)) => reports.take(&row, columns, number),
                (Err(e), _) => reports.ready.push_back(Err(RowProblem::Row(e.to_string()).at(number))),
                (Ok(_), None) => {}
            }
        }
        reports.ready.pop_front()
    })
}

/// Where the columns are that are read back.
struct Columns {
    report: usize,
    uri: usize,
    claim: usize,
    document: usize,
}

/// Reports as their rows come in.
struct Reports {
    open: Option<Open>,
    /// The report of which a row could not be read: the rest of it is passed over.
    spoiled: Option<(String, String)>,
    ready: VecDeque<Result<String, RowError>>,
}

/// A report whose rows are being read.
struct Open {
    key: (String, String),
    rest: Value,
    claims: Vec<Value>,
}

impl Reports {
    /// Ends the report that is open.
    fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.rest["claims"] = Value::Array(open.claims);
            self.ready.push_back(Ok(open.rest.to_string()));
        }
    }

    fn take(&mut self, row: &StringRecord, columns: &Columns, number: u64) {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let key = (cell(columns.report).to_owned(), cell(columns.uri).to_owned());
        let whole = cell(columns.document);
        if whole.is_empty() && self.spoiled.as_ref() == Some(&key) {
            return;
        }
        let taken = self.add(key.clone(), whole, cell(columns.claim), number);
        self.spoiled = taken.is_err().then_some(key);
        if let Err(error) = taken {
            self.ready.push_back(Err(error));
        }
    }

    fn add(&mut self, key: (String, String), whole: &str, claim: &str, number: u64) -> Result<(), RowError> {
        if !whole.is_empty() {
            self.close();
            self.open = Some(Open {
                key: key.clone(),
                rest: parse(whole, number, "document")?,
                claims: Vec::new(),
            });
        }
        let Some(open) = self.open.as_mut().filter(|open| open.key == key) else {
            self.close();
            return Err(RowProblem::Apart.at(number));
        };
        if claim.is_empty() {
            return Ok(());
        }
        match parse(claim, number, "claim") {
            Ok(value) => open.claims.push(value),
            Err(error) => {
                self.open = None;
                return Err(error);
            }
        }
        Ok(())
    }
}

fn parse(cell: &str, number: u64, column: &'static str) -> Result<Value, RowError> {
    let wrong = |what: String| RowProblem::Cell(column, what).at(number);
    let value: Value = serde_json::from_str(cell).map_err(|e| wrong(e.to_string()))?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(wrong("no object".into()))
    }
}
