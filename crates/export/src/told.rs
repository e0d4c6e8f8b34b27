//! What is told of an incident, by all who tell of it: put together for the formats whose rows are events.

use crate::Material;
use crate::lists;
use counterclaim_claims::{Act, Claim, Event, Participant, Place, Reading, Sector, Stance};
use counterclaim_ledger::{Dispute, EventRef, Incident, as_of, label};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// An event of a claim.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) at: EventRef,
    pub(crate) reading: &'a Reading,
    pub(crate) claim: &'a Claim,
    pub(crate) event: &'a Event,
}

/// What those who tell of an event say of its happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modality {
    Affirmed,
    Denied,
    Foreseen,
}

impl Modality {
    pub(crate) fn of(claim: &Claim, event: &Event) -> Modality {
        match claim.stance {
            Stance::Denies => Modality::Denied,
            Stance::CallsFor | Stance::Threatens | Stance::Promises | Stance::Warns => Modality::Foreseen,
            Stance::Asserts | Stance::Accuses | Stance::Supports if event.negated => Modality::Denied,
            Stance::Asserts | Stance::Accuses | Stance::Supports => Modality::Affirmed,
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Modality::Affirmed => "affirmed",
            Modality::Denied => "denied",
            Modality::Foreseen => "foreseen",
        }
    }
}

/// An incident with all that is told of it.
pub(crate) struct Happening<'a> {
    pub(crate) incident: &'a Incident,
    /// Everything told, in the ledger's order.
    pub(crate) all: Vec<Told<'a>>,
    /// What is told by those who say that it happened; where nobody does, all of it.
    pub(crate) main: Vec<Told<'a>>,
    pub(crate) modality: Modality,
    /// Disputes that one of its claims is a side of.
    pub(crate) disputes: Vec<&'a Dispute>,
}

impl<'a> Happening<'a> {
    pub(crate) fn of(material: &'a Material, incident: &'a Incident) -> Happening<'a> {
        let told = |mention: &EventRef| {
            let (reading, claim) = mention.at.of(&material.readings);
            Told {
                at: *mention,
                reading,
                claim,
                event: &claim.events[mention.event],
            }
        };
        let all: Vec<Told<'_>> = incident.mentions.iter().map(told).collect();
        let of = |modality| -> Vec<Told<'_>> {
            let fits = |told: &&Told<'_>| Modality::of(told.claim, told.event) == modality;
            all.iter().filter(fits).copied().collect()
        };
        let (affirmed, denied) = (of(Modality::Affirmed), of(Modality::Denied));
        let (main, modality) = match () {
            () if !affirmed.is_empty() => (affirmed, Modality::Affirmed),
            () if !denied.is_empty() => (all.clone(), Modality::Denied),
            () => (all.clone(), Modality::Foreseen),
        };
        let numbers: BTreeSet<usize> = all
            .iter()
            .filter_map(|told| material.disputes_of.get(&told.at.at))
            .flatten()
            .copied()
            .collect();
        Happening {
            incident,
            main,
            modality,
            disputes: numbers.iter().map(|&n| &material.overview.disputes[n]).collect(),
            all,
        }
    }

    /// Whether it is only told as history.
    pub(crate) fn background(&self) -> bool {
        self.main.iter().all(|told| told.claim.background)
    }

    /// The ids of its claims, each once, in order.
    pub(crate) fn claims(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        let own = self.all.iter().map(|told| &told.claim.id);
        own.filter(|id| seen.insert(id.as_str())).cloned().collect()
    }

    /// All acts told, the one told most often first; those that say no more than that there was violence come last.
    pub(crate) fn acts(&self) -> Vec<Act> {
        let vague = |act: &Act| matches!(act, Act::Attack | Act::Clash | Act::DestroyEquipment | Act::Other);
        let mut acts = ranked(self.main.iter().map(|told| told.event.act));
        acts.sort_by_key(vague);
        acts
    }

    /// All places told, the finest first, of those the one told most often.
    pub(crate) fn places(&self) -> Vec<&'a Place> {
        let mut places: Vec<(&Place, usize)> = Vec::new();
        for place in self.main.iter().flat_map(|told| &told.event.place) {
            match places.iter_mut().find(|(known, _)| known.name == place.name) {
                Some((_, count)) => *count += 1,
                None => places.push((place, 1)),
            }
        }
        places.sort_by_key(|(place, count)| (lists::fineness(place).rank, usize::MAX - count));
        places.into_iter().map(|(place, _)| place).collect()
    }

    /// The first and the last day on which it can have been: by the narrowest time told, of those the one told most often.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let told = ranked(self.main.iter().filter_map(|told| told.event.time.as_deref()));
        told.into_iter()
            .filter_map(counterclaim_ledger::days)
            .min_by_key(|(from, to)| span(*from, *to))
    }

    /// Where nobody tells when it was, the day on which it was first told of as news: it was no later than that.
    pub(crate) fn told_by(&self) -> Option<Date> {
        if self.days().is_some() {
            return None;
        }
        let news = self.main.iter().filter(|told| !told.claim.background);
        let told = news.filter_map(|told| counterclaim_ledger::days(as_of(told.reading, told.claim)?));
        told.map(|(_, last)| last).min()
    }

    /// Who is said to have done it, most often told first.
    pub(crate) fn doers(&self) -> Vec<&'a Participant> {
        people(self.main.iter().flat_map(|told| &told.event.actor))
    }

    /// To whom it is said to have been done.
    pub(crate) fn targets(&self) -> Vec<&'a Participant> {
        people(self.main.iter().flat_map(|told| &told.event.target))
    }

    /// Whether sources name different doers: nobody of one is among those of another. In a fight both sides are doers.
    pub(crate) fn doer_disputed(&self) -> bool {
        let named = |told: &Told<'a>| -> BTreeSet<&'a str> {
            let mutual = matches!(
                told.event.act,
                Act::Clash | Act::Talks | Act::Agreement | Act::PrisonerExchange
            );
            let doers = told.event.actor.iter().filter(|_| !mutual);
            doers.filter_map(|doer| doer.party.as_deref()).collect()
        };
        let doers: Vec<_> = self
            .main
            .iter()
            .map(|told| (told.at.at, named(told)))
            .filter(|(_, own)| !own.is_empty())
            .collect();
        doers.iter().enumerate().any(|(n, (at, own))| {
            let mut others = doers[n + 1..].iter().filter(|(other, _)| other != at);
            others.any(|(_, other)| own.is_disjoint(other))
        })
    }

    /// Kinds of its disputes, each once.
    pub(crate) fn dispute_kinds(&self) -> Vec<&'static str> {
        let kinds: BTreeSet<_> = self.disputes.iter().map(|dispute| dispute.kind.code()).collect();
        kinds.into_iter().collect()
    }
}

/// How many days lie between two days.
pub(crate) fn span(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Values without their repeats, the most frequent first, else in the order they come.
fn ranked<T: PartialEq + Copy>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| usize::MAX - count);
    counts.into_iter().map(|(value, _)| value).collect()
}

/// Participants without their repeats. One told without its sector is the same as one of its party told with it.
fn people<'a>(all: impl Iterator<Item = &'a Participant>) -> Vec<&'a Participant> {
    let mut counts: Vec<(&Participant, usize)> = Vec::new();
    for one in all {
        let same =
            |known: &Participant| known.party == one.party && known.sector == one.sector && known.name == one.name;
        match counts.iter_mut().find(|(known, _)| same(known)) {
            Some((_, count)) => *count += 1,
            None => counts.push((one, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| usize::MAX - count);
    let told: Vec<&Participant> = counts.into_iter().map(|(one, _)| one).collect();
    let vaguer = |one: &&&Participant| {
        let better = |other: &&Participant| other.party == one.party && other.sector != Sector::Unk;
        one.sector == Sector::Unk && one.party.is_some() && told.iter().any(better)
    };
    told.iter().filter(|one| !vaguer(one)).copied().collect()
}

/// Labels of participants, each once.
pub(crate) fn labels(people: &[&Participant]) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let labels = people.iter().map(|one| label::participant(one));
    labels
        .filter(|label| seen.insert(label.clone(), ()).is_none())
        .collect()
}
