//! Our own table: a claim a row, readable in a spreadsheet, and whole in its columns `claim` and `document`, from which the
//! same ledger can be made again.

use crate::sidecar::{Made, Sidecar, Why};
use crate::table::{Row, Table};
use crate::{Error, Format, Material, claim_row, profile};
use counterclaim_claims::{Check, Document, Exhibit, Incident, Mentions, Reading};
use counterclaim_ledger::ClaimRef;
use serde::Serialize;
use serde_json::Value;
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
            let mut made = Made {
                id: claim.id.clone(),
                claims: vec![claim.id.clone()],
                ..Made::default()
            };
            made.note(
                Why::Masked,
                profile::is_masked(row.get("words")) || profile::is_masked(row.get("claimants")),
            );
            made.note(Why::Cut, row.get("words").ends_with('…'));
            table.row(&row)?;
            sidecar.made(made);
        }
    }
    table.end()?;
    Ok(sidecar)
}

/// A row of our own table that could not be read back.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct RowError {
    /// Its line in the file, from 1.
    pub line: u64,
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
    fn at(self, line: u64) -> RowError {
        RowError { line, problem: self }
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
    let head = rows
        .headers()
        .map(|head| ["claim", "document", "report", "uri"].map(|name| head.iter().position(|c| c == name)));
    let columns = match head {
        Ok([Some(claim), Some(document), Some(report), Some(uri)]) => Ok([claim, document, report, uri]),
        _ => Err(RowProblem::Columns.at(1)),
    };
    let mut rows = rows.into_records();
    let mut open: Option<Open> = None;
    let mut columns = Some(columns);
    let mut known = None;
    std::iter::from_fn(move || {
        let [claim, document, report, uri] = match columns.take() {
            Some(Ok(columns)) => *known.insert(columns),
            Some(Err(error)) => return Some(Err(error)),
            None => known?,
        };
        loop {
            let Some(row) = rows.next() else {
                return open.take().map(Open::line);
            };
            let row = match row {
                Ok(row) => row,
                Err(e) => {
                    open = None;
                    let line = e.position().map_or(0, csv::Position::line);
                    return Some(Err(RowProblem::Row(e.to_string()).at(line)));
                }
            };
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |at: usize| row.get(at).unwrap_or_default();
            let key = (cell(report).to_owned(), cell(uri).to_owned());
            let before = match cell(document) {
                "" => None,
                whole => {
                    let opened = parse(whole, line, "document").map(|rest| Open {
                        key: key.clone(),
                        rest,
                        claims: Vec::new(),
                    });
                    match opened {
                        Ok(next) => open.replace(next),
                        Err(e) => {
                            open = None;
                            return Some(Err(e));
                        }
                    }
                }
            };
            match open.as_mut().filter(|open| open.key == key) {
                None => {
                    open = None;
                    return Some(Err(RowProblem::Apart.at(line)));
                }
                Some(own) if !cell(claim).is_empty() => match parse(cell(claim), line, "claim") {
                    Ok(value) => own.claims.push(value),
                    Err(e) => {
                        open = None;
                        return Some(Err(e));
                    }
                },
                Some(_) => {}
            }
            if let Some(before) = before {
                return Some(before.line());
            }
        }
    })
}

/// A report whose rows are being read.
struct Open {
    key: (String, String),
    rest: Value,
    claims: Vec<Value>,
}

impl Open {
    fn line(mut self) -> Result<String, RowError> {
        self.rest["claims"] = Value::Array(self.claims);
        Ok(self.rest.to_string())
    }
}

fn parse(cell: &str, line: u64, column: &'static str) -> Result<Value, RowError> {
    let wrong = |what: String| RowProblem::Cell(column, what).at(line);
    let value: Value = serde_json::from_str(cell).map_err(|e| wrong(e.to_string()))?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(wrong("no object".into()))
    }
}
