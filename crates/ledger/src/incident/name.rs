//! What incidents are called.

use super::EventRef;
use crate::label;
use counterclaim_claims::{Act, Event, Reading};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// `inc_` and a digest of the first mention.
pub(super) fn id(readings: &[Reading], first: EventRef) -> String {
    let (reading, claim) = first.at.of(readings);
    let digest = Sha256::digest(format!("{}\n{}\n{}", reading.document.id, claim.id, first.event));
    let hex: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("inc_{hex}")
}

/// What to call an incident: its commonest act, and the sides, place and time that are told first.
pub(super) fn name(readings: &[Reading], mentions: &[EventRef]) -> String {
    let events: Vec<&Event> = mentions.iter().map(|mention| mention.of(readings)).collect();
    let mut acts: BTreeMap<Act, usize> = BTreeMap::new();
    for event in &events {
        *acts.entry(event.act).or_default() += 1;
    }
    let act = acts
        .iter()
        .max_by_key(|(act, count)| (**count, std::cmp::Reverse(**act)));
    let mut words = act.map_or_else(String::new, |(act, _)| act.code().to_owned());
    let people = |role: fn(&Event) -> &Vec<counterclaim_claims::Participant>| {
        let told = events
            .iter()
            .map(|event| role(event))
            .find(|people| !people.is_empty())?;
        let mut names: Vec<String> = told
            .iter()
            .map(|who| who.party.clone().unwrap_or_else(|| label::participant(who)))
            .collect();
        names.dedup();
        Some(names.join(", "))
    };
    for (mark, people) in [
        (" ", people(|event| &event.actor)),
        (" > ", people(|event| &event.target)),
    ] {
        words.extend(people.map(|people| format!("{mark}{people}")));
    }
    let place = events
        .iter()
        .find_map(|event| event.place.first())
        .map(|place| place.name.clone());
    let time = events.iter().find_map(|event| event.time.clone());
    for part in [place, time].into_iter().flatten() {
        words.push_str(", ");
        words.push_str(&part);
    }
    words
}
