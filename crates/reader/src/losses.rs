//! Pass 7: harm to matériel, counted: the things of a list that a verb of harm has for object or subject.

use crate::bits::*;
use crate::clauses::View;
use crate::emit::Values;
use crate::phrases::Phrase;
use crate::values;
use counterclaim_claims::{Loss, LossHarm, Materiel};
use counterclaim_lexicon::{Func, Inflection, PosClass, Sense};
use std::ops::Range;

/// The losses of the list that begins with (or, for a verb's subject, ends with) the phrase `units`.
pub(crate) fn losses(
    view: &View<'_, '_>,
    values: &Values<'_>,
    units: &Range<usize>,
    bounds: &Range<usize>,
    harm: LossHarm,
    whose: &dyn Fn(Range<usize>, bool) -> Option<String>,
) -> Vec<Loss> {
    let list = List {
        view,
        values,
        bounds: bounds.clone(),
        harm,
        whose,
    };
    let (mut out, mut shared) = (Vec::<Loss>::new(), None);
    let (mut at, mut linked) = (list.first(units.start), true);
    while at < bounds.end {
        if list.joins(at) {
            (linked, at) = (true, at + 1);
            continue;
        }
        let Some(item) = list.item(at) else {
            // A quotation mark before the list is passed over; what stands after "on" or "near" is not harmed.
            if at < units.start || at >= units.end || !out.is_empty() || at > units.start && view.doc.has(at, ADP) {
                break;
            }
            at += 1;
            continue;
        };
        if !linked {
            break;
        }
        let parts = item.end < bounds.end
            && (view.doc.is(item.end, Func::Including)
                || view.doc.has(item.end, COMMA) && view.doc.is(item.end + 1, Func::Including));
        // "vehicles armed with guns or missiles": what stands behind is no member.
        let done = |u: usize| view.phrases.vg_at(u).is_some_and(|v| v.units.start == u);
        let thing = item.clone().find(|&u| view.doc.has(u, MATERIEL)).unwrap_or(item.end);
        let closed = (thing + 1..item.end).any(done);
        if let Some((loss, of)) = list.loss(&item) {
            shared = of.then(|| loss.party.clone()).flatten();
            // "amounts of weaponry, including 11 bombers": what is told in full after it.
            if !(parts && loss.class == Materiel::Other) {
                out.push(loss);
            }
        } else if !out.is_empty() {
            break;
        }
        if closed {
            break;
        }
        (at, linked) = (item.end, false);
        if at < units.end && out.is_empty() {
            linked = true;
        }
    }
    // "tàu tuần tra và các xuồng đang neo đậu của Chad": behind what the last of them does.
    if view.doc.pack.head_first && shared.is_none() && !out.is_empty() {
        let after = view.vg_from(at).map_or(at, |v| v.units.end);
        if list.of(after) {
            shared = list.np(after + 1).and_then(|np| whose(np.units.clone(), true));
        }
    }
    // "xe tăng và pháo của Iraq": whose, told once for all.
    for loss in out.iter_mut().filter(|l| l.party.is_none()) {
        loss.party.clone_from(&shared);
    }
    out
}

struct List<'v, 'a, 't, 'n> {
    view: &'v View<'a, 't>,
    values: &'v Values<'n>,
    bounds: Range<usize>,
    harm: LossHarm,
    /// Whose a run of words says things are; with `true` the run is the possessor's own.
    whose: &'v dyn Fn(Range<usize>, bool) -> Option<String>,
}

impl<'a> List<'_, 'a, '_, '_> {
    fn joins(&self, u: usize) -> bool {
        let doc = self.view.doc;
        doc.has(u, COMMA | CC) || doc.is(u, Func::Along) || doc.is(u, Func::Including)
    }

    fn np(&self, start: usize) -> Option<&'a Phrase> {
        let nps = &self.view.phrases.nps;
        let n = nps.partition_point(|n| n.units.start < start);
        nps.get(n)
            .filter(|n| n.units.start == start && n.units.end <= self.bounds.end)
    }

    fn np_ending(&self, end: usize) -> Option<&'a Phrase> {
        let nps = &self.view.phrases.nps;
        let n = nps.partition_point(|n| n.units.end < end);
        nps.get(n)
            .filter(|n| n.units.end == end && n.units.start >= self.bounds.start)
    }

    fn of(&self, u: usize) -> bool {
        let doc = self.view.doc;
        // "31 trong số 40 máy bay": out of how many.
        let among = doc.pack.head_first && doc.has(u, ADP) && doc.is(u, Func::Among);
        u < self.bounds.end && (among || doc.has(u, POSS) && !doc.has(u, AGENT))
    }

    /// "amounts of", an entry of the lexicon of several words.
    fn of_inside(&self, u: usize) -> bool {
        let unit = &self.view.doc.units[u];
        self.view.doc.is(u, Func::Det) && unit.tokens.len() > 1 && unit.bits & NOUN != 0
    }

    /// Where the list begins that a phrase ends: "mortars, pistols and a hand grenade were seized".
    fn first(&self, start: usize) -> usize {
        let doc = self.view.doc;
        let mut first = start;
        // "the positions in Idlib were hit": the place that ends the subject is no part of the list.
        while first > self.bounds.start + 1
            && doc.has(first - 1, ADP)
            && !doc.has(first - 1, AGENT | POSS)
            && !(doc.pack.head_first && doc.is(first - 1, Func::ToTarget))
            && self.np(first).is_none_or(|n| n.bits & MATERIEL == 0)
            && let Some(np) = self.np_ending(first - 1)
        {
            first = np.units.start;
        }
        for _ in 0..12 {
            let mut before = first;
            while before > self.bounds.start && self.joins(before - 1) {
                before -= 1;
            }
            let Some(np) = self.np_ending(before).filter(|_| before < first) else {
                break;
            };
            if !np.units.clone().any(|u| doc.has(u, MATERIEL)) {
                break;
            }
            first = np.units.start;
            while first > self.bounds.start && self.of(first - 1) {
                match self.np_ending(first - 1) {
                    Some(np) => first = np.units.start,
                    None => break,
                }
            }
        }
        first
    }

    /// One member of a list: a noun phrase with its possessors.
    fn item(&self, start: usize) -> Option<Range<usize>> {
        let mut end = self.np(start)?.units.end;
        for _ in 0..4 {
            let next = if self.of(end) {
                self.np(end + 1)
            } else if self.of_inside(end - 1)
                || self.view.doc.pack.head_first && values::at(self.values.numbers, end).is_none()
            {
                self.np(end)
            } else {
                None
            };
            match next {
                Some(np) => end = np.units.end,
                None => break,
            }
        }
        Some(start..end)
    }

    /// What a member of the list tells, and whether a possessor behind it says whose it is.
    fn loss(&self, item: &Range<usize>) -> Option<(Loss, bool)> {
        let doc = self.view.doc;
        // "the bus carrying soldiers": what a thing does is none of its words.
        let does = |u: usize| self.view.phrases.vg_at(u).is_some_and(|v| v.units.start == u);
        let named = item.clone().find(|&u| doc.has(u, MATERIEL)).unwrap_or(item.end);
        let end = (named + 1..item.end).find(|&u| does(u)).unwrap_or(item.end);
        let item = &(item.start..end);
        if self.somebody(item) {
            return None;
        }
        // What is possessed is harmed; "an arsenal of 36 rifles" is the rifles.
        let head = item.clone().find(|&u| self.of(u)).unwrap_or(item.end);
        let counted = item
            .clone()
            .skip_while(|u| *u <= head)
            .find(|&u| values::at(self.values.numbers, u).is_some_and(|n| n.units.start == u));
        // "30 of 35 drones": as many as the first number says.
        let some = counted.filter(|_| values::at(self.values.numbers, item.start).is_some_and(|n| n.units.end == head));
        let counted = counted.filter(|_| some.is_none());
        let found = match counted {
            Some(from) => self.pick(&(from..item.end)).or_else(|| self.pick(&(item.start..head))),
            None => self
                .pick(&(item.start..head))
                .or_else(|| self.pick(&(head.min(item.end)..item.end))),
        };
        let (at, class, inflection) = found?;
        if !self.fits(class) {
            return None;
        }
        let number = some
            .and_then(|_| values::at(self.values.numbers, item.start))
            .or_else(|| (item.start..at).rev().find_map(|u| values::at(self.values.numbers, u)))
            .filter(|n| {
                n.units.start >= item.start && !doc.is(n.units.end, Func::Measure) && !doc.has(n.units.end, DASH)
            });
        let plural =
            item.clone().take_while(|u| *u <= at).any(|u| doc.is(u, Func::Plural)) || inflection == Inflection::Plural;
        // "large quantities of ammunition"
        let mass = at > head && !doc.pack.head_first && !(item.start..head).any(|u| doc.has(u, MATERIEL));
        let plural = plural || mass;
        let (min, max) = match number {
            Some(number) => (number.min, number.max),
            // "One of its helicopters".
            None if doc.is(item.start, Func::Among) && doc.has(item.start, NUM) => (Some(1), Some(1)),
            None if plural => (Some(2), None),
            None => (Some(1), Some(1)),
        };
        // "targets in the north": no thing that anybody owns.
        let vague = self.harm == LossHarm::Targeted && class == Materiel::Other && doc.has(at, LOSS);
        if vague && number.is_none() && !(plural && doc.pack.head_first) {
            return None;
        }
        let of = (at + 1..item.end).find(|&u| self.of(u));
        let possessor = of.and_then(|of| (self.whose)(of + 1..item.end, true));
        let told = possessor.is_some();
        let party = possessor.or_else(|| (self.whose)(item.clone(), false));
        let loss = Loss {
            class,
            harm: self.harm,
            party,
            min,
            max,
        };
        Some((loss, told))
    }

    /// "a pilot of the downed jet": a person is no thing.
    fn somebody(&self, item: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let end = item.clone().find(|&u| self.of(u)).unwrap_or(item.end);
        let noun = |u: &usize| doc.has(*u, PERSON | MATERIEL | ORG);
        let mut nouns = (item.start..end).filter(noun);
        let head = if doc.pack.head_first {
            nouns.next()
        } else {
            nouns.next_back()
        };
        head.is_some_and(|u| doc.has(u, PERSON) && !doc.has(u, MATERIEL))
    }

    /// The thing that a run of words names, the kind rather than what is said of it.
    fn pick(&self, units: &Range<usize>) -> Option<(usize, Materiel, Inflection)> {
        let doc = self.view.doc;
        let things = units.clone().filter_map(|u| {
            doc.senses(u).find_map(|(s, i)| match s {
                Sense::Materiel { class, .. } => Some((u, *class, i)),
                _ => None,
            })
        });
        let all: Vec<_> = things.collect();
        let chosen = if doc.pack.head_first { all.first() } else { all.last() };
        let chosen = chosen?;
        // "the port city": what only says of what sort a noun is, is not the thing.
        if !doc.pack.head_first
            && (chosen.0 + 1..units.end).take_while(|&u| !doc.has(u, ADP)).any(|u| {
                let unit = &doc.units[u];
                unit.class == PosClass::Noun && unit.bits & MATERIEL == 0 && !unit.capital && !doc.is(u, Func::ToPlace)
            })
        {
            return None;
        }
        // "tên lửa Spike", "Shahed drones": the designation says which.
        if let Some(more) = all.iter().find(|t| crate::weapons::says_which(t.1, chosen.1)) {
            return Some((chosen.0, more.1, chosen.2));
        }
        Some(*chosen)
    }

    /// Whether things of a class can be harmed so: ground is taken, not seized; no bomb is shot at.
    fn fits(&self, class: Materiel) -> bool {
        use Materiel::*;
        match self.harm {
            LossHarm::Captured => !matches!(class, CivilianObject | Infrastructure),
            LossHarm::Targeted | LossHarm::Damaged => !matches!(
                class,
                Bomb | SmallArms | ChemicalWeapon | ClusterMunition | ExplosiveDevice
            ),
            LossHarm::ShotDown => matches!(
                class,
                Aircraft
                    | Helicopter
                    | Drone
                    | LoiteringMunition
                    | GuidedMissile
                    | BallisticMissile
                    | CruiseMissile
                    | RocketArtillery
                    | Bomb
                    | AntiTankMissile
                    | Mortar
                    | Other
            ),
            // A bomb that goes off is no loss.
            LossHarm::Destroyed => !matches!(class, Bomb | ExplosiveDevice | ChemicalWeapon),
        }
    }
}
