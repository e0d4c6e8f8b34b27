use crate::leaf::{Decided, Deed, Redacted, digest};
use crate::redact::redact;
use crate::rows::{Columns, column};
use crate::{Error, Store};
use counterclaim_claims::Reading;
use counterclaim_ledger::{Decision, Ref, Ruling};
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// All that people decided, in the order of deciding.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        let mut bodies = self.db.prepare_cached("SELECT body FROM decision ORDER BY seq")?;
        let bodies = bodies.query_map([], |row| row.get::<_, String>(0))?;
        bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// Keeps a decision, made now, and puts it on record. What was read stays as it was read, but for [`Ruling::Redact`]:
    /// that takes the words out of the ledger's file, which is written anew for it.
    ///
    /// # Errors
    /// When it is about nothing that the ledger holds, or lacks who decided or why.
    pub fn decide(&mut self, reviewer: &str, reason: &str, about: Ref, what: Ruling) -> Result<Decision, Error> {
        let redacts = what == Ruling::Redact;
        let decision = self.recorded(|db, edge, at| {
            let decision = Decision {
                at: at.into(),
                reviewer: reviewer.trim().into(),
                reason: reason.trim().into(),
                about,
                what,
            };
            check(db, &decision)?;
            let body = serde_json::to_string(&decision)?;
            let number = db
                .prepare_cached("INSERT INTO decision (document, body) VALUES (?1, ?2) RETURNING seq")?
                .query_row(params![decision.about.document, body], |row| row.get(0))?;
            let decided = Decided {
                decision: number,
                ruling: decision.what.code().into(),
                digest: digest(body.as_bytes()),
            };
            let deed = match &decision.what {
                Ruling::Redact => {
                    let (reports, decisions) = redact(db, &decision.about, number, edge.size())?;
                    Deed::Redaction(Redacted {
                        decided,
                        reports,
                        decisions,
                    })
                }
                _ => Deed::Decision(decided),
            };
            edge.append(at, deed)?;
            Ok(decision)
        })?;
        if redacts {
            // Merged parts of the index, pages that were given up and the write-ahead log still hold words.
            self.db.execute_batch(
                "INSERT INTO report_words (report_words) VALUES ('optimize');
                 INSERT INTO claim_words (claim_words) VALUES ('optimize');
                 VACUUM;",
            )?;
            self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(decision)
    }

    /// What a name means: a claim by its id, a report by its id or its address.
    pub fn find(&self, name: &str) -> Result<Ref, Error> {
        let ids = |sql: &str| -> Result<Vec<String>, Error> {
            let mut query = self.db.prepare_cached(sql)?;
            Ok(query.query_map([name], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        let claim = ids("SELECT DISTINCT d.id FROM claim c JOIN document d ON d.seq = c.document WHERE c.id = ?1")?;
        let report = ids("SELECT DISTINCT id FROM document WHERE id = ?1 OR uri = ?1")?;
        match (&claim[..], &report[..]) {
            ([document], []) => Ok(Ref::claim(document, name)),
            ([], [document]) => Ok(Ref::report(document)),
            // A claim that is read no longer is known by what was decided about it.
            ([], []) => {
                let decided = ids("SELECT DISTINCT document FROM decision WHERE body ->> '$.about.claim' = ?1")?;
                match &decided[..] {
                    [document] => Ok(Ref::claim(document, name)),
                    _ => Err(Error::Ask(format!("'{name}' is no claim and no report of this ledger"))),
                }
            }
            _ => Err(Error::Ask(format!(
                "'{name}' means several reports: name one by its id, which begins with sha256:"
            ))),
        }
    }

    /// The readings of a report that later ones replaced, the oldest first.
    pub fn earlier(&self, document: i64) -> Result<Vec<Reading>, Error> {
        let mut bodies = self
            .db
            .prepare_cached("SELECT body FROM earlier WHERE document = ?1 ORDER BY leaf")?;
        let bodies = bodies.query_map([document], |row| row.get::<_, String>(0))?;
        bodies.map(|body| Columns::of_line(&body?)?.reading()).collect()
    }
}

/// Whether a decision can be kept.
fn check(db: &Connection, decision: &Decision) -> Result<(), Error> {
    let no = |why: &str| Err(Error::Ask(why.into()));
    let Decision {
        reviewer,
        reason,
        about,
        what,
        ..
    } = decision;
    if reviewer.is_empty() {
        return no("who decides? A decision needs the name of its reviewer");
    }
    let plain = matches!(what, Ruling::Accept | Ruling::Release { overriding: false });
    if reason.is_empty() && !plain {
        return no("why? This decision needs a reason");
    }
    if about.claim.is_none() && !what.of_reports() {
        return no("this is decided about a claim, not about a whole report");
    }
    known(db, about)?;
    match what {
        Ruling::Join(other) => known(db, other)?,
        Ruling::Split(others) => others.iter().try_for_each(|other| known(db, other))?,
        Ruling::Correct(claim) => {
            let length: Option<i64> = db.query_row(
                "SELECT max(length(text)) FROM document WHERE id = ?1",
                [&about.document],
                |row| row.get(0),
            )?;
            if claim.start >= claim.end || column(claim.end) > length.unwrap_or_default() {
                return no("the corrected claim has no words: its start and end do not lie in the report's text");
            }
        }
        Ruling::Release { overriding: false } if released_by(db, about, reviewer)? => {
            return no("you released it already: a second person has to, or the rule of two people is overridden");
        }
        _ => {}
    }
    Ok(())
}

/// Whether the ledger holds what is meant, or people decided about it before.
fn known(db: &Connection, at: &Ref) -> Result<(), Error> {
    let events: Option<Option<i64>> = db
        .prepare_cached(
            "SELECT max(json_array_length(c.body, '$.events')) FROM document d LEFT JOIN claim c ON c.document = d.seq
             WHERE d.id = ?1 AND (?2 IS NULL OR c.id = ?2) GROUP BY d.id",
        )?
        .query_row(params![at.document, at.claim], |row| row.get(0))
        .optional()?;
    let before = || {
        db.prepare_cached("SELECT 1 FROM decision WHERE document = ?1 AND body ->> '$.about.claim' = ?2")?
            .exists(params![at.document, at.claim])
    };
    let name = at.claim.as_deref().unwrap_or(&at.document);
    match (events, at.event) {
        (None, _) if !before()? => Err(Error::Ask(format!("'{name}' is no claim and no report of this ledger"))),
        (Some(events), Some(event)) if column(event) >= events.unwrap_or_default() => {
            Err(Error::Ask(format!("'{name}' has no event {event}: the first is 0")))
        }
        _ => Ok(()),
    }
}

/// Whether that person's release of it stands: since it was corrected or opened again, releases count anew.
fn released_by(db: &Connection, about: &Ref, reviewer: &str) -> Result<bool, Error> {
    let mut bodies = db.prepare_cached("SELECT body FROM decision WHERE document = ?1 ORDER BY seq")?;
    let bodies = bodies.query_map([&about.document], |row| row.get::<_, String>(0))?;
    let mut released = false;
    for body in bodies {
        let was: Decision = serde_json::from_str(&body?)?;
        if was.about.claim.is_some() && was.about.claim != about.claim {
            continue;
        }
        match was.what {
            Ruling::Release { .. } => released |= was.reviewer == reviewer,
            Ruling::Correct(_) | Ruling::Reopen => released = false,
            _ => {}
        }
    }
    Ok(released)
}
