//! What stands against what. Every event of every claim is told ([`Told`]); each is held only against those that share a report, an
//! incident, a place or a figure's scope with it and are near in time ([`index`]), so that a million cost what they should.

mod answer;
mod blame;
mod control;
mod denial;
mod index;
mod kind;
mod mirror;
mod outcome;
mod toll;
mod withdrawn;

pub use kind::{Dispute, DisputeKind, Reason};

use crate::cut::Cut;
use crate::incident::Happening;
use crate::reports::Reports;
use crate::verdict::{self, Verdict};
use crate::when::When;
use crate::{ClaimRef, EventRef, Who, place};
use counterclaim_claims::{Act, Claim, Event, Participant, Place, Stance};
use index::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Two places nearer than this are one for a report (kilometres).
const NEAR_KM: f64 = 10.0;

/// Days between the statements of which one contradicts the other; answers may come later, see [`denial`].
const SAME_DAYS: i32 = 2;

/// The event of a claim that names none.
static NOTHING: LazyLock<Event> = LazyLock::new(Event::default);

/// One event of one claim, with what is compared of it.
struct Told<'a> {
    at: ClaimRef,
    /// The place of its report in the order of dates.
    rank: usize,
    claim: &'a Claim,
    event: &'a Event,
    who: Vec<Who>,
    parties: BTreeSet<&'a str>,
    actors: BTreeSet<&'a str>,
    targets: BTreeSet<&'a str>,
    said: When<'a>,
    time: When<'a>,
    /// The number of the incident that it is a mention of.
    incident: Option<usize>,
    verdicts: Vec<Verdict>,
}

/// All disputes among the claims, which stand in the order of the reports' dates. History told as context is left out of all but
/// denials and blame.
pub(crate) fn find(reports: &Reports<'_>, claims: &[ClaimRef], happening: &Happening) -> Vec<Dispute> {
    let all = told(reports, claims, happening);
    let index = Index::of(&all);
    let mut found = Found::new();
    let mut figures = toll::Seen::default();
    for (n, a) in all.iter().enumerate().filter(|(_, a)| states(a)) {
        for m in index.around(n, a, &all, SAME_DAYS).into_iter().filter(|&m| m > n) {
            let b = &all[m];
            if !states(b) || !strangers(a, b) {
                continue;
            }
            let Some(alike) = alike(a, b) else { continue };
            blame::pair(a, b, &alike, &mut found);
            if a.claim.background || b.claim.background {
                continue;
            }
            control::pair(a, b, &alike, &mut found);
            outcome::pair(a, b, &alike, &mut found);
            toll::pair(a, b, &alike, &mut figures, &mut found);
        }
    }
    denial::find(&all, &index, &mut found);
    mirror::find(&all, &index, &mut found);
    answer::find(&all, &index, &mut found);
    withdrawn::find(&all, &index, &mut found);
    let mut disputes: Vec<Dispute> = found
        .into_iter()
        .map(|((kind, a, b), reasons)| Dispute::new(reports, kind, a, b, reasons))
        .collect();
    disputes.sort_by_key(|one| (one.kind, reports.key(one.a), reports.key(one.b)));
    disputes
}

/// Every event of the claims, in the order of the reports' dates.
fn told<'a>(reports: &Reports<'a>, claims: &[ClaimRef], happening: &Happening) -> Vec<Told<'a>> {
    let mut all: Vec<Told<'a>> = Vec::new();
    let mut cut = Cut::default();
    for &at in claims {
        let claim = reports.claim(at);
        let verdicts = verdict::of_claim(reports, at, &mut cut);
        let none = claim.events.is_empty().then(|| &*NOTHING);
        for (number, event) in claim.events.iter().chain(none).enumerate() {
            let (actors, targets) = sides(event);
            all.push(Told {
                at,
                rank: reports.rank(at),
                claim,
                event,
                who: reports.who(at),
                parties: claim.source.iter().filter_map(|s| s.party.as_deref()).collect(),
                actors,
                targets,
                said: When::of(reports.said(at)),
                time: When::of(event.time.as_deref()),
                incident: happening.get(&EventRef { at, event: number }).copied(),
                verdicts: verdicts.clone(),
            });
        }
    }
    all
}

impl Told<'_> {
    /// The codes of who is said to have done it.
    fn doers(&self) -> String {
        self.actors.iter().copied().collect::<Vec<_>>().join(", ")
    }

    fn says(&self, verdict: Verdict) -> bool {
        self.verdicts.contains(&verdict)
    }
}

/// It says that something happened or is so.
fn states(told: &Told<'_>) -> bool {
    matches!(
        told.claim.stance,
        Stance::Asserts | Stance::Accuses | Stance::Warns | Stance::Supports
    ) && !told.event.negated
}

/// Who does it and to whom, in codes. Whom a backing is for may be told by the land that it goes to, and nobody backs himself.
fn sides(event: &Event) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (mut actors, mut targets) = (parties(&event.actor), parties(&event.target));
    if event.act == Act::SupportMilitarily {
        if targets.is_empty() {
            let lands = event.place.iter().filter(|place| place::is_state(place));
            targets.extend(lands.filter_map(|land| land.country.as_deref()));
        }
        actors.retain(|party| !targets.contains(party));
    }
    (actors, targets)
}

fn parties(people: &[Participant]) -> BTreeSet<&str> {
    people.iter().filter_map(|p| p.party.as_deref()).collect()
}

/// Claims that stand against each other, with the reasons.
type Found = BTreeMap<(DisputeKind, ClaimRef, ClaimRef), BTreeSet<Reason>>;

/// What two events have in common.
struct Alike<'a> {
    /// They are told in the same words of one report.
    words: bool,
    act: bool,
    incident: bool,
    place: Option<&'a str>,
    time: Option<&'a str>,
}

/// What two events have in common; nothing where place or time set them apart.
fn alike<'a>(a: &Told<'a>, b: &Told<'a>) -> Option<Alike<'a>> {
    if !a.time.overlaps(b.time) {
        return None;
    }
    let (mine, theirs) = (&a.event.place, &b.event.place);
    let place = if mine.is_empty() || theirs.is_empty() {
        None
    } else {
        let shared = mine.iter().find(|p| theirs.iter().any(|q| same_place(p, q)))?;
        Some(shared.name.as_str())
    };
    Some(Alike {
        words: same_words(a, b),
        act: a.event.act == b.event.act,
        incident: a.incident.is_some() && a.incident == b.incident,
        place,
        time: a.time.words.filter(|_| b.time.words.is_some()),
    })
}

impl Alike<'_> {
    fn reasons(&self, a: &Told<'_>) -> BTreeSet<Reason> {
        let act = if self.act {
            Reason::SameAct(a.event.act)
        } else {
            Reason::SameFamily(a.event.act.family())
        };
        let mut reasons = self.but_for_the_act();
        reasons.insert(act);
        reasons
    }

    fn but_for_the_act(&self) -> BTreeSet<Reason> {
        let mut reasons = BTreeSet::new();
        reasons.extend(self.words.then_some(Reason::SameWords));
        reasons.extend(self.incident.then_some(Reason::SameIncident));
        reasons.extend(self.place.map(|place| Reason::SamePlace(place.to_owned())));
        reasons.extend(self.time.map(|time| Reason::SameTime(time.to_owned())));
        reasons
    }
}

/// Whether two claims are over the same words of one report.
fn same_words(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.at.reading == b.at.reading && (a.claim.start, a.claim.end) == (b.claim.start, b.claim.end)
}

/// Nobody speaks for both.
fn strangers(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.parties.is_disjoint(&b.parties) && a.who.iter().all(|who| !b.who.contains(who))
}

fn same_place(a: &Place, b: &Place) -> bool {
    a.name == b.name || place::km(a, b).is_some_and(|km| km <= NEAR_KM)
}

fn put(found: &mut Found, kind: DisputeKind, a: &Told<'_>, b: &Told<'_>, reasons: impl IntoIterator<Item = Reason>) {
    if a.at != b.at {
        found.entry((kind, a.at, b.at)).or_default().extend(reasons);
    }
}
