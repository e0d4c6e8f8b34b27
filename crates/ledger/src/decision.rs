//! What people decide about what was read. A ledger keeps every decision as it was made; what follows from all of them is worked
//! out anew each time ([`Overview::of_decided`](crate::Overview::of_decided)), so that no order of arrival and no re-reading can
//! lose one.

use counterclaim_claims::Claim;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that a person decided. In JSON: `{"at":"2020-10-06T08:30:00Z","reviewer":"…","reason":"…",
/// "about":{"document":"sha256:…","claim":"clm_…"},"what":"accept"}`.
///
/// ```
/// use counterclaim_ledger::{Decision, Ref, Ruling};
///
/// let line = r#"{"at":"2020-10-06T08:30:00Z","reviewer":"desk 1","about":{"document":"sha256:1","claim":"clm_1","event":0},
///     "what":{"join":{"document":"sha256:2","claim":"clm_2"}}}"#;
/// let decision: Decision = serde_json::from_str(line).unwrap();
/// assert_eq!(decision.what, Ruling::Join(Ref::claim("sha256:2", "clm_2")));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// When: RFC 3339. Of two decisions that exclude each other the later one holds.
    pub at: String,
    /// Who decided, by the name that is kept on the record.
    pub reviewer: String,
    /// Why, in their words.
    #[serde(default)]
    pub reason: String,
    /// About what.
    pub about: Ref,
    /// What was decided.
    pub what: Ruling,
}

/// A report, a claim in it, or an event of the claim, by ids that outlive re-reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ref {
    /// The document's id, `sha256:` and a digest; where one text stands at several addresses, all of them are meant.
    pub document: String,
    /// The claim's id; none for the whole report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// The number of the event in the claim, from 0; none for the claim, and where an event is asked for, its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<usize>,
}

impl Ref {
    /// A whole report.
    pub fn report(document: impl Into<String>) -> Ref {
        Ref {
            document: document.into(),
            ..Ref::default()
        }
    }

    /// A claim.
    pub fn claim(document: impl Into<String>, claim: impl Into<String>) -> Ref {
        Ref {
            claim: Some(claim.into()),
            ..Ref::report(document)
        }
    }

    /// An event of a claim, by its number from 0.
    pub fn event(document: impl Into<String>, claim: impl Into<String>, event: usize) -> Ref {
        Ref {
            event: Some(event),
            ..Ref::claim(document, claim)
        }
    }
}

/// What can be decided. `Reject`, `Note`, `Embargo`, `Redact` and `Reopen` may be about a whole report; all others are about a
/// claim, so that nothing which a later program reads in a report passes as checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// The claim is read right.
    Accept,
    /// The claim should be read so. It keeps the id of the claim that it corrects, whatever id it is given here.
    Correct(Box<Claim>),
    /// There is no such claim in the text, or the report should not count: left out of everything that is worked out.
    Reject,
    /// Something to remember; it changes nothing.
    Note,
    /// What is claimed was found to be true; how, is the decision's reason.
    Verify,
    /// What is claimed was found to be untrue.
    Refute,
    /// The event is not the happening that these speak of; where none is named, it is a happening of its own.
    Split(Vec<Ref>),
    /// The event and this one are one happening.
    Join(Ref),
    /// May be published. Two people have to say so, or one with `overriding`, which the record shows.
    Release {
        /// One person's word is to be enough.
        #[serde(default)]
        overriding: bool,
    },
    /// Not to be published before this instant: RFC 3339.
    Embargo(String),
    /// Its words are taken away: nobody is shown them again, and it is left out of everything that is worked out.
    Redact,
    /// As if nothing had been decided about it before; notes stay, and so does what was redacted.
    Reopen,
}

impl Ruling {
    /// The ruling's name in the JSON form.
    pub fn code(&self) -> &'static str {
        match self {
            Ruling::Accept => "accept",
            Ruling::Correct(_) => "correct",
            Ruling::Reject => "reject",
            Ruling::Note => "note",
            Ruling::Verify => "verify",
            Ruling::Refute => "refute",
            Ruling::Split(_) => "split",
            Ruling::Join(_) => "join",
            Ruling::Release { .. } => "release",
            Ruling::Embargo(_) => "embargo",
            Ruling::Redact => "redact",
            Ruling::Reopen => "reopen",
        }
    }

    /// Whether it may be about a whole report.
    pub fn of_reports(&self) -> bool {
        matches!(
            self,
            Ruling::Reject | Ruling::Note | Ruling::Embargo(_) | Ruling::Redact | Ruling::Reopen
        )
    }
}

/// The numbers of the decisions, the oldest first; of the same instant, in an order that does not hang on that of arrival.
pub(crate) fn in_order(decisions: &[Decision]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..decisions.len()).collect();
    order.sort_by_cached_key(|&n| {
        let one = &decisions[n];
        let instant: Option<Timestamp> = one.at.parse().ok();
        let rest = format!("{} {:?} {:?} {}", one.reviewer, one.about, one.what, one.reason);
        (instant, one.at.clone(), rest)
    });
    order
}
