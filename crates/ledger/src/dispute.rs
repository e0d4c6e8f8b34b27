use crate::toll::as_of;
use crate::when::{overlap, soon_after, within};
use crate::{ClaimRef, Who, label};
use counterclaim_claims::{Act, Claim, Event, Family, Place, Reading, Stance, Toll, Voice};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
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
}

impl DisputeKind {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            DisputeKind::Denial => "denial",
            DisputeKind::MirroredAccusation => "mirrored-accusation",
            DisputeKind::TollConflict => "toll-conflict",
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
    /// They name acts of one family.
    SameFamily(Family),
    /// They name the same doer.
    SameActor(String),
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
            Reason::SameFamily(family) => format!("same-family: {}", family.code()),
            Reason::SameActor(party) => format!("same-actor: {party}"),
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

/// A denial that fits very many claims is shown with those it fits best.
const MOST_DENIED: usize = 4;
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
    said: Option<&'a str>,
}

pub(crate) fn find(readings: &[Reading], claims: &[ClaimRef]) -> Vec<Dispute> {
    let mut by_family: BTreeMap<Family, Vec<Told<'_>>> = BTreeMap::new();
    for &at in claims {
        let (reading, claim) = at.of(readings);
        let none = claim.events.is_empty().then(|| &*NOTHING);
        for event in claim.events.iter().chain(none) {
            let told = Told {
                at,
                claim,
                event,
                who: Who::of_claim(reading, claim),
                parties: claim.source.iter().filter_map(|s| s.party.as_deref()).collect(),
                actors: event.actor.iter().filter_map(|p| p.party.as_deref()).collect(),
                said: as_of(reading, claim),
            };
            by_family.entry(event.act.family()).or_default().push(told);
        }
    }
    let mut found: BTreeMap<(DisputeKind, ClaimRef, ClaimRef), BTreeSet<Reason>> = BTreeMap::new();
    for told in by_family.values() {
        denials(told, &mut found);
        mirrors(told, &mut found);
    }
    let mut all: Vec<&Told<'_>> = by_family.values().flatten().collect();
    all.sort_by_key(|told| told.at);
    answers(&all, &mut found);
    toll_conflicts(&all, &mut found);
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

type Found = BTreeMap<(DisputeKind, ClaimRef, ClaimRef), BTreeSet<Reason>>;

/// Denials, each against the claims of others that it answers best.
fn denials(told: &[Told<'_>], found: &mut Found) {
    for a in told.iter().filter(|a| denies(a)) {
        let mut fits: Vec<(BTreeSet<Reason>, &Told<'_>)> = told
            .iter()
            .filter(|b| may_be_denied(a, b))
            .filter_map(|b| Some((denied(a, b)?, b)))
            .collect();
        fits.sort_by_key(|(reasons, b)| (usize::MAX - reasons.len(), a.at.reading.abs_diff(b.at.reading), b.at));
        for (reasons, b) in fits.into_iter().take(MOST_DENIED) {
            found
                .entry((DisputeKind::Denial, a.at, b.at))
                .or_default()
                .extend(reasons);
        }
    }
}

/// Why `a` denies `b`, if it does.
fn denied(a: &Told<'_>, b: &Told<'_>) -> Option<BTreeSet<Reason>> {
    let mut reasons = likeness(a, b)?;
    let same_words = reasons.contains(&Reason::SameWords);
    let accused = b.actors.intersection(&a.parties).next();
    let actor = a.actors.intersection(&b.actors).next();
    match (accused, actor) {
        (Some(party), _) => reasons.insert(Reason::Accused((*party).to_owned())),
        (None, Some(party)) => reasons.insert(Reason::SameActor((*party).to_owned())),
        // Another doer's deed is another deed.
        (None, None) => false,
    };
    let doer = accused.is_some() || actor.is_some();
    let has = |test: fn(&Reason) -> bool| reasons.iter().any(test);
    let (act, place) = (
        has(|r| matches!(r, Reason::SameAct(_))),
        has(|r| matches!(r, Reason::SamePlace(_))),
    );
    let time = has(|r| matches!(r, Reason::SameTime(_)));
    let fits = if a.at.reading == b.at.reading {
        // What names no act of its own is answered by where it stands: see `answers`.
        // An attack without its means may be any strike.
        let strike = [a.event.act, b.event.act].contains(&Act::Attack);
        same_words || (doer && (act || place || strike) && a.event.act != Act::Other)
    } else {
        // Between reports a like deed is not enough: there are many on a day of war.
        let known = a.said.is_none() || b.said.is_none();
        doer && (place || (act && time)) && a.event.act != Act::Other && (known || soon_after(b.said, a.said))
    };
    fits.then_some(reasons)
}

/// Denials that name no deed ("denied the accusation"): each against what was last laid to the denier before it.
fn answers(told: &[&Told<'_>], found: &mut Found) {
    for a in told.iter().filter(|a| denies(a) && a.event.act == Act::Other) {
        let before =
            |b: &&&Told<'_>| b.at.reading == a.at.reading && b.claim.start < a.claim.start && may_be_denied(a, b);
        let accusing = told
            .iter()
            .filter(before)
            .filter(|b| b.event.act != Act::Other && !b.actors.is_disjoint(&a.parties));
        if let Some(b) = accusing.max_by_key(|b| b.at) {
            let accused = b
                .actors
                .intersection(&a.parties)
                .map(|party| Reason::Accused((*party).to_owned()));
            let reasons = found.entry((DisputeKind::Denial, a.at, b.at)).or_default();
            reasons.extend(accused.chain([Reason::Answers]));
        }
    }
}

fn denies(a: &Told<'_>) -> bool {
    a.claim.stance == Stance::Denies && a.claim.voice == Voice::Source
}

fn may_be_denied(a: &Told<'_>, b: &Told<'_>) -> bool {
    let claimed = matches!(b.claim.stance, Stance::Asserts | Stance::Accuses | Stance::Warns);
    claimed && !b.event.negated && b.claim.voice == Voice::Source && strangers(a, b)
}

/// Accusations of two parties against each other, one to one, the closest first.
fn mirrors(told: &[Told<'_>], found: &mut Found) {
    let accusations: Vec<&Told<'_>> = told.iter().filter(|t| accuses(t)).collect();
    let mut pairs = Vec::new();
    for (n, a) in accusations.iter().enumerate() {
        for b in &accusations[n + 1..] {
            let mutual = a.actors.is_subset(&b.parties) && b.actors.is_subset(&a.parties) && strangers(a, b);
            let one_report = a.at.reading == b.at.reading;
            if mutual
                && (one_report || within(a.said, b.said, 3))
                && overlap(a.event.time.as_deref(), b.event.time.as_deref())
            {
                let same_words = one_report && (a.claim.start, a.claim.end) == (b.claim.start, b.claim.end);
                if a.event.act == Act::Other && !same_words {
                    continue;
                }
                let apart = a.at.reading.abs_diff(b.at.reading);
                pairs.push((
                    (!same_words, apart, a.claim.start.abs_diff(b.claim.start), a.at, b.at),
                    *a,
                    *b,
                ));
            }
        }
    }
    pairs.sort_by_key(|(closeness, ..)| *closeness);
    let mut used = BTreeSet::new();
    for ((not_same_words, ..), a, b) in pairs {
        if used.contains(&a.at) || used.contains(&b.at) {
            continue;
        }
        used.extend([a.at, b.at]);
        let mut reasons: BTreeSet<Reason> = a
            .actors
            .iter()
            .chain(&b.actors)
            .map(|p| Reason::Accused((*p).to_owned()))
            .collect();
        reasons.insert(act_reason(a.event, b.event));
        if !not_same_words {
            reasons.insert(Reason::SameWords);
        }
        found
            .entry((DisputeKind::MirroredAccusation, a.at, b.at))
            .or_default()
            .extend(reasons);
    }
}

/// A party lays a hostile deed to another party, whether the text calls that accusing or not.
fn accuses(told: &Told<'_>) -> bool {
    let hostile =
        matches!(told.event.act.family(), Family::Strike | Family::Abuse) || told.event.act == Act::CeasefireViolation;
    let says = told.claim.stance == Stance::Accuses || (told.claim.stance == Stance::Asserts && hostile);
    says && !told.event.negated
        && !told.parties.is_empty()
        && !told.actors.is_empty()
        && told.actors.is_disjoint(&told.parties)
}

/// Figures of one harm to one group at one place and time, by different sources, that cannot both hold.
fn toll_conflicts(told: &[&Told<'_>], found: &mut Found) {
    let mut by: BTreeMap<(u8, u8), Vec<(&Told<'_>, &Toll)>> = BTreeMap::new();
    for told in told.iter().filter(|told| !told.event.negated) {
        for toll in &told.event.toll {
            by.entry((toll.harm as u8, toll.who as u8))
                .or_default()
                .push((told, toll));
        }
    }
    let mut seen = BTreeSet::new();
    for figures in by.values_mut() {
        // By day, so that each figure is held against those of its own days only.
        figures.sort_by_key(|(told, _)| (told.said, told.at));
        for (n, (a, x)) in figures.iter().enumerate() {
            for (b, y) in &figures[n + 1..] {
                let one_report = a.at.reading == b.at.reading;
                if !one_report && !within(a.said, b.said, 1) {
                    // Months and intervals do not sort strictly by their days: look a little further before giving up.
                    if within(a.said, b.said, 40) || a.said.is_none() {
                        continue;
                    }
                    break;
                }
                let Some(mut reasons) = scope(a, x, b, y) else { continue };
                let ends = if a.at < b.at { (a.at, b.at) } else { (b.at, a.at) };
                let figure = |toll: &Toll| label::range(toll.min, toll.max, toll.approx);
                if seen.insert((
                    a.who.clone(),
                    b.who.clone(),
                    figure(x),
                    figure(y),
                    x.harm as u8,
                    x.who as u8,
                )) {
                    let (first, second) = if a.at < b.at { (x, y) } else { (y, x) };
                    reasons.insert(Reason::Apart(figure(first), figure(second)));
                    found
                        .entry((DisputeKind::TollConflict, ends.0, ends.1))
                        .or_default()
                        .extend(reasons);
                }
            }
        }
    }
}

/// Why two figures are of one thing and cannot both hold, if so.
fn scope(a: &Told<'_>, x: &Toll, b: &Told<'_>, y: &Toll) -> Option<BTreeSet<Reason>> {
    let same_people =
        (x.harm, x.who) == (y.harm, y.who) && (x.party == y.party || x.party.is_none() || y.party.is_none());
    if !same_people || !strangers(a, b) || !apart(x, y) {
        return None;
    }
    let mut reasons = likeness(a, b)?;
    let placed = reasons.iter().any(|r| matches!(r, Reason::SamePlace(_)));
    // Without a place the figures are of one thing only where both are of one party's people in the whole conflict.
    let whole = a.event.place.is_empty() && b.event.place.is_empty() && x.party.is_some() && x.party == y.party;
    if !placed && !whole {
        return None;
    }
    reasons.retain(|r| !matches!(r, Reason::SameAct(_) | Reason::SameFamily(_)));
    Some(reasons)
}

/// Whether two figures cannot both hold. A vague one gives way by a fifth.
fn apart(x: &Toll, y: &Toll) -> bool {
    let below = |x: &Toll, y: &Toll| {
        let (Some(most), Some(least)) = (x.max, y.min) else {
            return false;
        };
        let most = if x.approx { most + most / 5 } else { most };
        let least = if y.approx { least - least / 5 } else { least };
        most < least
    };
    below(x, y) || below(y, x)
}

/// What two events have in common; nothing where place or time set them apart.
fn likeness(a: &Told<'_>, b: &Told<'_>) -> Option<BTreeSet<Reason>> {
    let mut reasons = BTreeSet::from([act_reason(a.event, b.event)]);
    if a.at.reading == b.at.reading && (a.claim.start, a.claim.end) == (b.claim.start, b.claim.end) {
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
    if a.name == b.name {
        return true;
    }
    let (Some(la), Some(oa), Some(lb), Some(ob)) = (a.lat, a.lon, b.lat, b.lon) else {
        return false;
    };
    // Haversine on a sphere of 6371 km.
    let (dy, dx) = ((lb - la).to_radians() / 2.0, (ob - oa).to_radians() / 2.0);
    let h = dy.sin().powi(2) + la.to_radians().cos() * lb.to_radians().cos() * dx.sin().powi(2);
    12742.0 * h.sqrt().min(1.0).asin() <= NEAR_KM
}

fn id(kind: DisputeKind, a: &str, b: &str) -> String {
    let digest = Sha256::digest(format!("{} {a} {b}", kind.code()));
    let hex: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("dis_{hex}")
}
