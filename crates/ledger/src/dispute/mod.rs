//! What stands against what. Every event of every claim is told ([`Told`]); each is held only against those that share a report, an
//! incident, a place or a figure's scope with it and are near in time ([`index`]), so that a million cost what they should.

mod answer;
mod blame;
mod codes;
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
use crate::few;
use crate::incident::Happening;
use crate::reports::Reports;
use crate::verdict::{self, Verdict};
use crate::when::When;
use crate::{ClaimRef, EventRef, Who, place};
use codes::Codes;
use counterclaim_claims::{Act, Claim, Event, Participant, Stance};
use index::Index;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

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
    who: Arc<[Who]>,
    parties: Codes<'a>,
    actors: Codes<'a>,
    targets: Codes<'a>,
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
    let (mut found, answers) = rayon::join(|| unlike(&all, &index), || answers(&all, &index));
    merge(&mut found, answers);
    let mut disputes: Vec<Dispute> = found
        .into_iter()
        .map(|((kind, a, b), reasons)| Dispute::new(reports, kind, a, b, reasons))
        .collect();
    disputes.sort_by_key(|one| (one.kind, reports.key(one.a), reports.key(one.b)));
    disputes
}

/// What cannot be true beside each other. Pairs are looked at in parts, on all cores; only which figures were held against each
/// other already hangs on what came before, so that those come last, in order.
fn unlike<'a>(all: &[Told<'a>], index: &Index<'a>) -> Found {
    let part = all.len().div_ceil(8 * rayon::current_num_threads()).max(1);
    let parts: Vec<(Found, Vec<(usize, usize)>)> = (0..all.len())
        .into_par_iter()
        .step_by(part)
        .map(|from| unlike_of(all, index, from..all.len().min(from + part)))
        .collect();
    let mut found = Found::new();
    let mut seen = toll::Seen::default();
    for (more, figures) in parts {
        merge(&mut found, more);
        for (n, m) in figures {
            if let Some(alike) = alike(&all[n], &all[m]) {
                toll::pair(&all[n], &all[m], &alike, &mut seen, &mut found);
            }
        }
    }
    found
}

/// What some events cannot be true beside, of those told after them; and the pairs whose figures are to be held against each other.
fn unlike_of<'a>(all: &[Told<'a>], index: &Index<'a>, some: Range<usize>) -> (Found, Vec<(usize, usize)>) {
    let (mut found, mut figures) = (Found::new(), Vec::new());
    for (n, a) in some.map(|n| (n, &all[n])).filter(|(_, a)| states(a)) {
        for m in index.around(n, a, all, SAME_DAYS).into_iter().filter(|&m| m > n) {
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
            if toll::may(a, b) {
                figures.push((n, m));
            }
        }
    }
    (found, figures)
}

/// What answers what.
fn answers<'a>(all: &[Told<'a>], index: &Index<'a>) -> Found {
    let mut found = Found::new();
    denial::find(all, index, &mut found);
    mirror::find(all, index, &mut found);
    answer::find(all, index, &mut found);
    withdrawn::find(all, index, &mut found);
    found
}

/// Every event of the claims, in the order of the reports' dates.
fn told<'a>(reports: &Reports<'a>, claims: &[ClaimRef], happening: &Happening) -> Vec<Told<'a>> {
    let mut all: Vec<Told<'a>> = Vec::new();
    let mut cut = Cut::default();
    // Few speak, and often.
    let mut known: FxHashSet<Arc<[Who]>> = FxHashSet::default();
    for &at in claims {
        let claim = reports.claim(at);
        let who = reports.who(at);
        let who = known.get(&who[..]).cloned().unwrap_or_else(|| who.into());
        known.insert(Arc::clone(&who));
        let verdicts = verdict::of_claim(reports, at, &mut cut);
        let none = claim.events.is_empty().then(|| &*NOTHING);
        for (number, event) in claim.events.iter().chain(none).enumerate() {
            let (actors, targets) = sides(event);
            all.push(Told {
                at,
                rank: reports.rank(at),
                claim,
                event,
                who: Arc::clone(&who),
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
        self.actors.list()
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
fn sides(event: &Event) -> (Codes<'_>, Codes<'_>) {
    let (actors, mut targets) = (parties(&event.actor), parties(&event.target));
    if event.act != Act::SupportMilitarily {
        return (actors, targets);
    }
    if targets.is_empty() {
        let lands = event.place.iter().filter(|place| place::is_state(place));
        targets = lands.filter_map(|land| land.country.as_deref()).collect();
    }
    (actors.iter().filter(|party| !targets.has(party)).collect(), targets)
}

fn parties(people: &[Participant]) -> Codes<'_> {
    people.iter().filter_map(|p| p.party.as_deref()).collect()
}

/// Claims that stand against each other, with the reasons.
type Found = BTreeMap<(DisputeKind, ClaimRef, ClaimRef), Vec<Reason>>;

/// Puts what was found in parts together: events of one pair of claims may stand in several.
fn merge(found: &mut Found, more: Found) {
    if found.is_empty() {
        *found = more;
        return;
    }
    for (key, reasons) in more {
        few::put_all(found.entry(key).or_default(), reasons);
    }
}

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
        let shared = mine.iter().find(|p| theirs.iter().any(|q| place::are_one(p, q)))?;
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
    fn reasons(&self, a: &Told<'_>) -> Vec<Reason> {
        let act = if self.act {
            Reason::SameAct(a.event.act)
        } else {
            Reason::SameFamily(a.event.act.family())
        };
        let mut reasons = self.but_for_the_act();
        reasons.push(act);
        reasons
    }

    fn but_for_the_act(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
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
    a.parties.is_apart(&b.parties) && a.who.iter().all(|who| !b.who.contains(who))
}

fn put(found: &mut Found, kind: DisputeKind, a: &Told<'_>, b: &Told<'_>, reasons: impl IntoIterator<Item = Reason>) {
    if a.at != b.at {
        few::put_all(found.entry((kind, a.at, b.at)).or_default(), reasons);
    }
}
