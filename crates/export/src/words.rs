//! The words that columns of notes hold, from `languages/`, and what vague number words count as.

use crate::Material;
use crate::lists::fill;
use crate::told::{Happening, Told};
use counterclaim_claims::{Claim, Reading, Toll, Voice};
use counterclaim_ledger::{Finding, as_of, gives_figures, label};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Notes tell no more claims than this; the rest are counted.
const MOST_CLAIMS: usize = 20;

#[derive(Deserialize)]
struct Vague {
    words: Vec<String>,
    counts: u64,
}

#[derive(Deserialize)]
struct Language {
    vague: Vec<Vague>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Notes {
    claimed: String,
    nobody: String,
    outlet: String,
    differ_killed: String,
    differ_doer: String,
    differ_place: String,
    disputed: String,
    more: String,
    verified: String,
    refuted: String,
}

#[derive(Deserialize)]
struct OfNotes {
    notes: Notes,
}

const ENGLISH: &str = include_str!("../../../languages/en/export.toml");

static VAGUE: LazyLock<Vec<Vague>> = LazyLock::new(|| {
    [ENGLISH, include_str!("../../../languages/vi/export.toml")]
        .into_iter()
        .flat_map(|file| {
            toml::from_str::<Language>(file)
                .expect("a test reads languages/*/export.toml")
                .vague
        })
        .collect()
});

static NOTES: LazyLock<Notes> = LazyLock::new(|| {
    toml::from_str::<OfNotes>(ENGLISH)
        .expect("a test reads languages/en/export.toml")
        .notes
});

type Terms = BTreeMap<String, BTreeMap<String, String>>;

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../languages/en/terms.toml")).expect("a test reads languages/en/terms.toml")
});

/// A value by its code in the contract.
pub(crate) fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// What a code of a list is called.
fn term(list: &str, code: &str) -> String {
    let known = TERMS.get(list).and_then(|list| list.get(code));
    known.map_or(code, String::as_str).to_owned()
}

/// What a toll counts as where it was told in a vague word that the words of its claim have: "dozens" is 12.
///
/// The contract's ranges for such words begin at twice the power of ten that they are named after and end before the next.
pub(crate) fn vague(words: &str, toll: &Toll) -> Option<u64> {
    let (min, max) = (toll.min?, toll.max?);
    let power = (max + 1) / 10;
    if min != power * 2 || (max + 1) % 10 != 0 {
        return None;
    }
    let words = words.to_lowercase();
    let fits =
        |vague: &&Vague| vague.counts / power == 1 && vague.words.iter().any(|word| words.contains(word.as_str()));
    VAGUE.iter().find(fits).map(|vague| vague.counts)
}

/// Who makes a claim, by the names that the report gives, with their codes.
pub(crate) fn claimants(reading: &Reading, claim: &Claim) -> Vec<String> {
    match claim.voice {
        Voice::Report => vec![fill(&NOTES.outlet, &[outlet(reading)])],
        Voice::Source if claim.source.is_empty() => vec![NOTES.nobody.clone()],
        Voice::Source => claim.source.iter().map(label::with_codes).collect(),
    }
}

/// The outlet of a report, else its address; of a file its name alone.
pub(crate) fn outlet(reading: &Reading) -> &str {
    let document = &reading.document;
    document.outlet.as_deref().unwrap_or_else(|| file_name(&document.uri))
}

/// A file's name without the folders it lies in; addresses stay as they are.
pub(crate) fn file_name(uri: &str) -> &str {
    if uri.contains("://") {
        return uri;
    }
    uri.rsplit(['/', '\\'])
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or(uri)
}

/// All figures of harm that are told, by group of people and in words: `killed civilian: … ≥36; … 40`.
pub(crate) fn tolls(told: &[Told<'_>], wanted: impl Fn(&Toll) -> bool) -> Vec<String> {
    let mut groups: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for one in told.iter().filter(|one| gives_figures(one.claim) && !one.event.negated) {
        for toll in one.event.toll.iter().filter(|toll| wanted(toll)) {
            let who = claimants(one.reading, one.claim).join(", ");
            let day = as_of(one.reading, one.claim).map_or_else(String::new, |day| format!(" ({day})"));
            let figure = format!("{who} {}{day}", label::range(toll.min, toll.max, toll.approx));
            let figures = groups.entry((toll.harm, toll.who, toll.party.as_deref())).or_default();
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
    }
    let group = |((harm, who, party), figures): ((_, _, Option<&str>), Vec<String>)| {
        let mut words = format!("{} {}", term("harm", &code(&harm)), term("group", &code(&who)));
        words.extend(party.map(|party| format!(" {party}")));
        format!("{words}: {}", figures.join("; "))
    };
    groups.into_iter().map(group).collect()
}

/// What a row's column of notes says of its incident: who says what, figures by source, what is disputed. It says nothing
/// in the program's own voice but that these are claims, and where they differ.
pub(crate) fn notes(material: &Material, happening: &Happening<'_>, killed_differ: bool) -> String {
    let notes = &*NOTES;
    let mut told: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for one in &happening.all {
        if seen.contains(&one.at.at) {
            continue;
        }
        seen.push(one.at.at);
        let who = claimants(one.reading, one.claim);
        let list = if who.len() > 1 { "stance-of-several" } else { "stance" };
        let stance = term(list, &code(&one.claim.stance));
        let words = material.words(one.reading, one.claim);
        let found = match material.reviews.get(&one.at.at).and_then(|review| review.finding) {
            Some(Finding::Verified) => format!(" ({})", notes.verified),
            Some(Finding::Refuted) => format!(" ({})", notes.refuted),
            None => String::new(),
        };
        told.push(format!(
            "{} {stance}: “{words}” [{}]{found}",
            who.join(", "),
            one.claim.id
        ));
    }
    let more = told.len().saturating_sub(MOST_CLAIMS);
    told.truncate(MOST_CLAIMS);
    if more > 0 {
        told.push(fill(&notes.more, &[&more.to_string()]));
    }
    let mut parts = vec![format!("{} {}.", notes.claimed, told.join("; "))];
    let places = happening.places();
    for (holds, words) in [
        (killed_differ, &notes.differ_killed),
        (happening.doer_disputed(), &notes.differ_doer),
        (places.len() > 1, &notes.differ_place),
    ] {
        if holds {
            parts.push(words.clone());
        }
    }
    parts.extend(
        tolls(&happening.main, |_| true)
            .into_iter()
            .map(|toll| format!("{toll}.")),
    );
    if !happening.disputes.is_empty() {
        parts.push(format!("{} {}.", notes.disputed, happening.dispute_kinds().join(", ")));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_notes_are_there() {
        assert!(NOTES.claimed.ends_with(':') && NOTES.outlet.contains("{}") && !VAGUE.is_empty());
        assert_eq!(term("stance", "denies"), "denies");
        assert_eq!(term("stance", "no such code"), "no such code");
    }
}
