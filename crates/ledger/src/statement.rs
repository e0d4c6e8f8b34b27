//! What one source said once, however many reports repeat it.

use crate::cut::Cut;
use crate::incident::Happening;
use crate::reports::Reports;
use crate::verdict::{self, Verdict};
use crate::{ClaimRef, EventRef, Who};
use counterclaim_claims::{Claim, Event, Participant, Stance};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A statement of one source and the reports that repeat it: one source, not several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The claim of the earliest report.
    pub first: ClaimRef,
    /// The same in later reports, in the order of their dates.
    pub repeats: Vec<ClaimRef>,
}

/// What makes claims of two reports one statement.
#[derive(PartialEq, Eq, Hash)]
enum Sign {
    /// The same words, whatever their case and the signs between them.
    Words(Vec<Who>, Stance, String),
    /// The same of one happening, in whatever words and language.
    Happening(Vec<Who>, Stance, usize, String),
}

/// Fewer words than that are the same by chance.
const FEW: usize = 4;

/// The statements that several reports hold, in the order of the first of them; the claims stand in the order of dates.
pub(crate) fn find(reports: &Reports<'_>, claims: &[ClaimRef], happening: &Happening) -> Vec<Statement> {
    let mut known: FxHashMap<Sign, ClaimRef> = FxHashMap::default();
    let mut first: FxHashMap<ClaimRef, ClaimRef> = FxHashMap::default();
    let mut all: BTreeMap<(usize, usize), Statement> = BTreeMap::new();
    let mut cut = Cut::default();
    for &at in claims {
        let who = reports.who(at);
        if who.contains(&Who::Nobody) {
            continue;
        }
        let claim = reports.claim(at);
        let words = cut.content(reports, at).to_lowercase();
        let mut repeated = None;
        for sign in signs(&who, claim, at, &words, happening) {
            match known.get(&sign) {
                // What stands twice in one report is said twice.
                Some(earlier) if earlier.reading != at.reading => repeated = repeated.or(Some(*earlier)),
                Some(_) => {}
                None => _ = known.insert(sign, at),
            }
        }
        // Who takes a claim back tells of the same happening, and repeats nothing.
        if let Some(earlier) = repeated
            && !verdict::of_claim(reports, at, &mut cut).contains(&Verdict::Withdrawn)
        {
            let origin = first.get(&earlier).copied().unwrap_or(earlier);
            first.insert(at, origin);
            let new = || Statement {
                first: origin,
                repeats: Vec::new(),
            };
            all.entry(reports.key(origin)).or_insert_with(new).repeats.push(at);
        }
    }
    all.into_values().collect()
}

fn signs(who: &[Who], claim: &Claim, at: ClaimRef, words: &str, happening: &Happening) -> Vec<Sign> {
    let words: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut signs = Vec::new();
    if words.len() > FEW {
        signs.push(Sign::Words(who.to_vec(), claim.stance, words.join(" ")));
    }
    let told = (0..claim.events.len()).find_map(|event| happening.get(&EventRef { at, event }));
    if let Some(&incident) = told {
        let told: Vec<String> = claim.events.iter().map(particulars).collect();
        signs.push(Sign::Happening(who.to_vec(), claim.stance, incident, told.join("; ")));
    }
    signs
}

/// All that an event tells, in codes.
fn particulars(event: &Event) -> String {
    let people = |all: &[Participant]| -> Vec<String> {
        let name = |who: &Participant| who.party.clone().unwrap_or_else(|| crate::label::participant(who));
        all.iter().map(name).collect()
    };
    let places: Vec<&str> = event.place.iter().map(|place| place.name.as_str()).collect();
    format!(
        "{:?} {} {:?} {:?} {places:?} {:?} {:?}",
        event.act,
        event.negated,
        people(&event.actor),
        people(&event.target),
        event.toll,
        event.losses
    )
}
