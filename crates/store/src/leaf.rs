use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What wrote a leaf.
const TOOL: &str = concat!("counterclaim ", env!("CARGO_PKG_VERSION"));

/// One entry of the log: what was done, when, and the digests of what it left in the ledger. It holds no words of
/// reports, claims or people, so that those can be taken out and the log stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// When, by the clock of the machine (RFC 3339, UTC).
    pub at: String,
    /// Program and version.
    pub tool: String,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What a leaf records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Deed {
    /// A report came in.
    Entry(Held),
    /// A report that the ledger held before it kept a log.
    Adoption(Held),
    /// A report was read again, with another outcome.
    Reading(Held),
    /// Somebody decided something about a claim.
    Decision(Decided),
    /// Words were taken out; what is left of them is told.
    Redaction(Redacted),
}

/// A report as it stood in the ledger after the deed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its number in the ledger.
    pub document: i64,
    /// The digest of the captured bytes.
    pub capture: String,
    /// Where it came from.
    pub address: String,
    /// The digest of its text.
    pub text: String,
    /// The digest of the whole reading: the columns of its rows as one line of JSON.
    pub reading: String,
}

/// A decision as it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its number in the ledger.
    pub decision: i64,
    /// What was decided, by its code.
    pub ruling: String,
    /// The digest of the row's JSON.
    pub digest: String,
}

/// What a redaction left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// The decision to redact, and why.
    #[serde(flatten)]
    pub decided: Decided,
    /// The reports with those bytes as they stand now.
    pub reports: Vec<Held>,
    /// Earlier decisions whose words went, too: their numbers and new digests.
    pub decisions: Vec<(i64, String)>,
}

impl Leaf {
    pub(crate) fn new(at: String, deed: Deed) -> Self {
        Self {
            at,
            tool: TOOL.into(),
            deed,
        }
    }
}

/// `sha256:` and the digest in lower-case hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{hex}")
}
