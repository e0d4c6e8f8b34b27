use super::{Fault, Verified, hold};
use crate::leaf::{Deed, Held, Leaf, Redacted, digest};
use crate::rows::{column, columns};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What the leaves say that the ledger holds.
#[derive(Default)]
pub(super) struct Record {
    reports: BTreeMap<i64, Report>,
    /// Decisions by number: leaf, and digest.
    decisions: BTreeMap<i64, (u64, String)>,
    /// Readings that were replaced, by the leaf that tells them: digest.
    earlier: BTreeMap<u64, String>,
}

/// The last that was told of a report.
struct Report {
    leaf: u64,
    held: Held,
    redacted: bool,
    /// Leaves that tell its earlier readings.
    before: Vec<u64>,
}

impl Record {
    /// Takes in the next leaf.
    pub(super) fn read(&mut self, leaf: u64, Leaf { deed, .. }: Leaf) -> Result<(), Fault> {
        match deed {
            Deed::Entry(held) | Deed::Adoption(held) => {
                let number = held.document;
                let report = Report {
                    leaf,
                    held,
                    redacted: false,
                    before: Vec::new(),
                };
                hold(self.reports.insert(number, report).is_none(), || {
                    format!("leaf {leaf} tells report {number} a second time")
                })
            }
            Deed::Reading(held) => {
                let report = self.of(leaf, &held)?;
                let was = std::mem::replace(&mut report.held, held);
                let before = std::mem::replace(&mut report.leaf, leaf);
                report.before.push(before);
                self.earlier.insert(before, was.reading);
                Ok(())
            }
            Deed::Decision(decided) => {
                let number = decided.decision;
                hold(self.decisions.insert(number, (leaf, decided.digest)).is_none(), || {
                    format!("leaf {leaf} tells decision {number} a second time")
                })
            }
            Deed::Redaction(Redacted {
                decided,
                reports,
                decisions,
            }) => {
                self.decisions.insert(decided.decision, (leaf, decided.digest));
                for held in reports {
                    let report = self.of(leaf, &held)?;
                    (report.held, report.leaf, report.redacted) = (held, leaf, true);
                    for before in std::mem::take(&mut report.before) {
                        self.earlier.remove(&before);
                    }
                }
                for (number, digest) in decisions {
                    hold(self.decisions.insert(number, (leaf, digest)).is_some(), || {
                        format!("leaf {leaf} redacts decision {number}, which nobody made")
                    })?;
                }
                Ok(())
            }
        }
    }

    /// The report that a later leaf speaks of.
    fn of(&mut self, leaf: u64, held: &Held) -> Result<&mut Report, Fault> {
        let report = self.reports.get_mut(&held.document);
        let report = report.filter(|r| r.held.capture == held.capture && r.held.address == held.address);
        report.ok_or_else(|| {
            Fault::Wrong(format!(
                "leaf {leaf} speaks of report {}, which did not come in",
                held.document
            ))
        })
    }

    /// Holds the rows of the ledger against what was told.
    pub(super) fn check(mut self, db: &Connection, seen: &mut Verified) -> Result<(), Fault> {
        let mut numbers = db.prepare("SELECT seq, leaf FROM document ORDER BY seq")?;
        let mut numbers = numbers.query([])?;
        while let Some(row) = numbers.next()? {
            let (number, told): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
            let Some(is) = columns(db, number)? else { continue };
            let is = is.held(number)?;
            let report = self.reports.remove(&number);
            let Some(Report {
                leaf, held, redacted, ..
            }) = report
            else {
                return Err(Fault::Wrong(format!(
                    "report {number} ({}) stands in no leaf",
                    is.address
                )));
            };
            hold(told == Some(column(leaf)), || {
                format!(
                    "report {number} ({}) names another leaf than {leaf}, the last that tells of it",
                    held.address
                )
            })?;
            for (what, is, ought) in [
                ("bytes", &is.capture, &held.capture),
                ("address", &is.address, &held.address),
                ("text", &is.text, &held.text),
                ("reading", &is.reading, &held.reading),
            ] {
                hold(is == ought, || {
                    format!(
                        "the {what} of report {number} ({}) is not what leaf {leaf} tells",
                        held.address
                    )
                })?;
            }
            seen.reports += 1;
            seen.redacted += u64::from(redacted);
        }
        if let Some((number, report)) = self.reports.first_key_value() {
            let what = format!(
                "report {number} ({}) of leaf {} is missing",
                report.held.address, report.leaf
            );
            return Err(Fault::Wrong(what));
        }
        let told: BTreeMap<_, _> = self
            .decisions
            .into_iter()
            .map(|(n, (leaf, digest))| (n, (format!("leaf {leaf}"), digest)))
            .collect();
        seen.decisions = told.len() as u64;
        bodies(db, "decision", "SELECT seq, body FROM decision ORDER BY seq", told)?;
        let told = self
            .earlier
            .into_iter()
            .map(|(leaf, digest)| (column(leaf), (format!("leaf {leaf}"), digest)));
        bodies(
            db,
            "earlier reading",
            "SELECT leaf, body FROM earlier ORDER BY leaf",
            told.collect(),
        )
    }
}

/// Holds rows of a number and a body against the digests told of them.
fn bodies(db: &Connection, what: &str, sql: &str, mut told: BTreeMap<i64, (String, String)>) -> Result<(), Fault> {
    let mut rows = db.prepare(sql)?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (number, body): (i64, String) = (row.get(0)?, row.get(1)?);
        let (leaf, ought) = told
            .remove(&number)
            .ok_or_else(|| Fault::Wrong(format!("{what} {number} stands in no leaf")))?;
        hold(digest(body.as_bytes()) == ought, || {
            format!("{what} {number} is not what {leaf} tells")
        })?;
    }
    let missing = told.into_iter().next();
    hold(missing.is_none(), || {
        let (number, (leaf, _)) = missing.unwrap_or_default();
        format!("{what} {number} of {leaf} is missing")
    })
}
