use crate::ClaimRef;
use crate::reports::Reports;
use counterclaim_claims::{Act, Family};
use sha2::{Digest, Sha256};

/// How two claims stand against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeKind {
    /// One side denies what the other claims.
    Denial,
    /// Each side accuses the other of a like deed: neither denies the other's claim.
    MirroredAccusation,
    /// Figures of different sources for one scope that cannot both hold.
    TollConflict,
    /// One happening is laid to different doers.
    BlameConflict,
    /// Each says that another holds a place at one time.
    ControlConflict,
    /// One happening is said to have ended in different ways.
    OutcomeConflict,
    /// A source takes back its own claim.
    Withdrawn,
}

impl DisputeKind {
    /// All kinds.
    pub const ALL: [DisputeKind; 7] = [
        DisputeKind::Denial,
        DisputeKind::MirroredAccusation,
        DisputeKind::TollConflict,
        DisputeKind::BlameConflict,
        DisputeKind::ControlConflict,
        DisputeKind::OutcomeConflict,
        DisputeKind::Withdrawn,
    ];

    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            DisputeKind::Denial => "denial",
            DisputeKind::MirroredAccusation => "mirrored-accusation",
            DisputeKind::TollConflict => "toll-conflict",
            DisputeKind::BlameConflict => "blame-conflict",
            DisputeKind::ControlConflict => "control-conflict",
            DisputeKind::OutcomeConflict => "outcome-conflict",
            DisputeKind::Withdrawn => "withdrawn",
        }
    }
}

/// Why two claims were put against each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// They are about the same words of one report.
    SameWords,
    /// The one who speaks is accused by the other of doing it.
    Accused(String),
    /// The denial names no deed and stands after the claim: it answers what was last laid to the one who speaks.
    Answers,
    /// Its words call what the other claims untrue.
    InWords,
    /// The source takes it back.
    TakesBack,
    /// They name the same act.
    SameAct(Act),
    /// They speak of one happening.
    SameIncident,
    /// They name acts of one family.
    SameFamily(Family),
    /// They name the same doer.
    SameActor(String),
    /// They name the same side to which it was done.
    SameTarget(String),
    /// Each names another doer.
    OtherActors(String, String),
    /// Each names another end, in codes: `destroyed`, `damaged`.
    OtherEnds(String, String),
    /// They name the same place.
    SamePlace(String),
    /// They are about the same time.
    SameTime(String),
    /// The bounds of their figures do not meet.
    Apart(String, String),
}

impl Reason {
    /// The reason in codes, such as `same-place: Ganja`.
    pub fn code(&self) -> String {
        match self {
            Reason::SameWords => "same-words".into(),
            Reason::Accused(party) => format!("accused: {party}"),
            Reason::Answers => "answers".into(),
            Reason::InWords => "in-words".into(),
            Reason::TakesBack => "takes-back".into(),
            Reason::SameAct(act) => format!("same-act: {}", act.code()),
            Reason::SameIncident => "same-incident".into(),
            Reason::SameFamily(family) => format!("same-family: {}", family.code()),
            Reason::SameActor(party) => format!("same-actor: {party}"),
            Reason::SameTarget(party) => format!("same-target: {party}"),
            Reason::OtherActors(a, b) => format!("other-actors: {a}, {b}"),
            Reason::OtherEnds(a, b) => format!("other-ends: {a}, {b}"),
            Reason::SamePlace(name) => format!("same-place: {name}"),
            Reason::SameTime(time) => format!("same-time: {time}"),
            Reason::Apart(a, b) => format!("apart: {a}, {b}"),
        }
    }
}

/// Two claims that answer each other or cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// `dis_` and a digest of kind and claims.
    pub id: String,
    /// How they stand against each other.
    pub kind: DisputeKind,
    /// The one that denies or takes back, or that stands first.
    pub a: ClaimRef,
    /// The one that is denied or taken back, or that stands second.
    pub b: ClaimRef,
    /// Why they were put against each other.
    pub reasons: Vec<Reason>,
}

impl Dispute {
    pub(super) fn new(
        reports: &Reports<'_>,
        kind: DisputeKind,
        a: ClaimRef,
        b: ClaimRef,
        reasons: Vec<Reason>,
    ) -> Dispute {
        let name = format!("{} {} {}", kind.code(), reports.claim(a).id, reports.claim(b).id);
        let hex: String = Sha256::digest(name)[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Dispute {
            id: format!("dis_{hex}"),
            kind,
            a,
            b,
            reasons,
        }
    }
}
