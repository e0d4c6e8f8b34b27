mod blame;
mod control;
mod denial;
mod mirror;
mod toll;

use crate::toll::as_of;
use crate::when::overlap;
use crate::{ClaimRef, EventRef, Incident, Who, place};
use counterclaim_claims::{Act, Claim, Event, Family, Participant, Place, Reading};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

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
}

impl DisputeKind {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            DisputeKind::Denial => "denial",
            DisputeKind::MirroredAccusation => "mirrored-accusation",
            DisputeKind::TollConflict => "toll-conflict",
            DisputeKind::BlameConflict => "blame-conflict",
            DisputeKind::ControlConflict => "control-conflict",
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
            Reason::SameAct(act) => format!("same-act: {}", act.code()),
            Reason::SameIncident => "same-incident".into(),
            Reason::SameFamily(family) => format!("same-family: {}", family.code()),
            Reason::SameActor(party) => format!("same-actor: {party}"),
            Reason::SameTarget(party) => format!("same-target: {party}"),
            Reason::OtherActors(a, b) => format!("other-actors: {a}, {b}"),
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
    /// The one that denies, or that stands first.
    pub a: ClaimRef,
    /// The one that is denied, or that stands second.
    pub b: ClaimRef,
    /// Why they were put against each other.
    pub reasons: Vec<Reason>,
}

/// Two places nearer than this are one for a report (kilometres).
const NEAR_KM: f64 = 10.0;

/// The event of a claim that names none.
static NOTHING: LazyLock<Event> = LazyLock::new(Event::default);

/// One event of one claim, with what is compared of it.
struct Told<'a> {
    at: ClaimRef,
    claim: &'a Claim,
    event: &'a Event,
    who: Vec<Who>,
    parties: BTreeSet<&'a str>,
    actors: BTreeSet<&'a str>,
    targets: BTreeSet<&'a str>,
    said: Option<&'a str>,
    /// The number of the incident that it is a mention of.
    incident: Option<usize>,
}

/// All disputes among the claims. What is history is held against history only, for all but denials.
pub(crate) fn find(readings: &[Reading], claims: &[ClaimRef], incidents: &[Incident]) -> Vec<Dispute> {
    let mut incident: HashMap<EventRef, usize> = HashMap::new();
    for (number, one) in incidents.iter().enumerate() {
        incident.extend(one.mentions.iter().map(|&mention| (mention, number)));
    }
    let mut all: Vec<Told<'_>> = Vec::new();
    for &at in claims {
        let (reading, claim) = at.of(readings);
        let none = claim.events.is_empty().then(|| &*NOTHING);
        for (number, event) in claim.events.iter().chain(none).enumerate() {
            all.push(Told {
                at,
                claim,
                event,
                who: Who::of_claim(reading, claim),
                parties: claim.source.iter().filter_map(|s| s.party.as_deref()).collect(),
                actors: parties(&event.actor),
                targets: parties(&event.target),
                said: as_of(reading, claim),
                incident: incident.get(&EventRef { at, event: number }).copied(),
            });
        }
    }
    all.sort_by_key(|told| told.at);
    let mut by_family: BTreeMap<Family, Vec<&Told<'_>>> = BTreeMap::new();
    for told in &all {
        by_family.entry(told.event.act.family()).or_default().push(told);
    }
    let all: Vec<&Told<'_>> = all.iter().collect();
    let news: Vec<&Told<'_>> = all.iter().copied().filter(|told| !told.claim.background).collect();
    let mut found = Found::new();
    for (family, told) in &by_family {
        denial::find(told, &mut found);
        let news: Vec<&Told<'_>> = told.iter().copied().filter(|told| !told.claim.background).collect();
        mirror::find(&news, &mut found);
        if *family == Family::Control {
            control::find(&news, &mut found);
        }
    }
    denial::answers(&all, &mut found);
    blame::find(&all, &mut found);
    toll::find(&news, &mut found);
    let dispute = |((kind, a, b), reasons): ((DisputeKind, ClaimRef, ClaimRef), BTreeSet<Reason>)| {
        let id = id(kind, &a.of(readings).1.id, &b.of(readings).1.id);
        Dispute {
            id,
            kind,
            a,
            b,
            reasons: reasons.into_iter().collect(),
        }
    };
    found.into_iter().map(dispute).collect()
}

impl Told<'_> {
    /// The codes of who is said to have done it.
    fn doers(&self) -> String {
        self.actors.iter().copied().collect::<Vec<_>>().join(", ")
    }
}

fn parties(people: &[Participant]) -> BTreeSet<&str> {
    people.iter().filter_map(|p| p.party.as_deref()).collect()
}

/// Claims that stand against each other, with the reasons.
type Found = BTreeMap<(DisputeKind, ClaimRef, ClaimRef), BTreeSet<Reason>>;

/// Whether two claims are over the same words of one report.
fn same_words(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.at.reading == b.at.reading && (a.claim.start, a.claim.end) == (b.claim.start, b.claim.end)
}

/// What two events have in common; nothing where place or time set them apart.
fn likeness(a: &Told<'_>, b: &Told<'_>) -> Option<BTreeSet<Reason>> {
    let mut reasons = BTreeSet::from([act_reason(a.event, b.event)]);
    if same_words(a, b) {
        reasons.insert(Reason::SameWords);
    }
    if !a.event.place.is_empty() && !b.event.place.is_empty() {
        let place = a
            .event
            .place
            .iter()
            .find(|p| b.event.place.iter().any(|q| same_place(p, q)))?;
        reasons.insert(Reason::SamePlace(place.name.clone()));
    }
    if a.incident.is_some() && a.incident == b.incident {
        reasons.insert(Reason::SameIncident);
    }
    let (s, t) = (a.event.time.as_deref(), b.event.time.as_deref());
    if !overlap(s, t) {
        return None;
    }
    if let (Some(time), Some(_)) = (s, t) {
        reasons.insert(Reason::SameTime(time.to_owned()));
    }
    Some(reasons)
}

fn act_reason(a: &Event, b: &Event) -> Reason {
    if a.act == b.act {
        Reason::SameAct(a.act)
    } else {
        Reason::SameFamily(a.act.family())
    }
}

/// Nobody speaks for both.
fn strangers(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.parties.is_disjoint(&b.parties) && a.who.iter().all(|who| !b.who.contains(who))
}

fn same_place(a: &Place, b: &Place) -> bool {
    a.name == b.name || place::km(a, b).is_some_and(|km| km <= NEAR_KM)
}

fn id(kind: DisputeKind, a: &str, b: &str) -> String {
    let digest = Sha256::digest(format!("{} {a} {b}", kind.code()));
    let hex: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("dis_{hex}")
}
