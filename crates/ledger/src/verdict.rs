//! Words by which a source speaks of another's claim without naming a deed: `languages/*/verdicts.tsv`.

use crate::ClaimRef;
use crate::cut::Cut;
use crate::reports::Reports;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a claim's words say of what was claimed or attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// It is not so.
    Untrue,
    /// It was made up, or done by others to mislead.
    Staged,
    /// The attack did not get what it was for.
    Failed,
    /// What was said to be hit is whole.
    Unharmed,
    /// The source takes back its own words.
    Withdrawn,
}

impl Verdict {
    fn of_code(code: &str) -> Option<Verdict> {
        Some(match code {
            "untrue" => Verdict::Untrue,
            "staged" => Verdict::Staged,
            "failed" => Verdict::Failed,
            "unharmed" => Verdict::Unharmed,
            "withdrawn" => Verdict::Withdrawn,
            _ => return None,
        })
    }
}

/// A word or several, and what it says; none undoes what comes after it.
type Phrase = (Vec<&'static str>, Option<Verdict>);

/// The phrases of a language by their first words, the longest first.
type Phrases = HashMap<&'static str, Vec<Phrase>>;

static LANGUAGES: LazyLock<Vec<(&str, Phrases)>> = LazyLock::new(|| {
    [
        ("en", include_str!("../../../languages/en/verdicts.tsv")),
        ("vi", include_str!("../../../languages/vi/verdicts.tsv")),
    ]
    .map(|(tag, table)| (tag, phrases(table)))
    .into()
});

/// The rows of a table: word, verdict, example.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

fn phrases(table: &'static str) -> Phrases {
    let mut by_first = Phrases::new();
    for (word, code, _) in rows(table) {
        let words: Vec<&str> = words(word).collect();
        by_first
            .entry(words[0])
            .or_default()
            .push((words, Verdict::of_code(code)));
    }
    for list in by_first.values_mut() {
        list.sort_by_key(|(words, _)| usize::MAX - words.len());
    }
    by_first
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// What the words of a claim and those that make it a claim say, each once.
pub(crate) fn of_claim(reports: &Reports<'_>, at: ClaimRef, cut: &mut Cut) -> Vec<Verdict> {
    let claim = reports.claim(at);
    let language = reports.readings[at.reading].document.language.as_deref();
    let mut all = of_words(language, cut.content(reports, at));
    for cue in &claim.cue {
        all.extend(of_words(language, cut.words(reports, at, cue.start, cue.end)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// What some words say; in every language that is known where theirs is not told.
fn of_words(language: Option<&str>, text: &str) -> Vec<Verdict> {
    let text = text.to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    let known = LANGUAGES.iter().any(|(tag, _)| Some(*tag) == language);
    let mut found = Vec::new();
    for (_, phrases) in LANGUAGES.iter().filter(|(tag, _)| !known || Some(*tag) == language) {
        let (mut at, mut undone) = (0, usize::MAX);
        while at < words.len() {
            let fits =
                |(phrase, _): &&Phrase| words[at..].iter().zip(phrase).filter(|(a, b)| a == b).count() == phrase.len();
            match phrases.get(words[at]).and_then(|list| list.iter().find(fits)) {
                Some((phrase, Some(verdict))) => {
                    // "No" and "not" reach over one word: "not an exaggeration".
                    if undone == usize::MAX || at > undone + 1 {
                        found.push(*verdict);
                    }
                    at += phrase.len();
                }
                Some((phrase, None)) => {
                    at += phrase.len();
                    undone = at;
                }
                None => at += 1,
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_in_its_example() {
        for (tag, table) in [
            ("en", include_str!("../../../languages/en/verdicts.tsv")),
            ("vi", include_str!("../../../languages/vi/verdicts.tsv")),
        ] {
            for (word, code, example) in rows(table) {
                let found = of_words(Some(tag), example);
                match Verdict::of_code(code) {
                    Some(verdict) => assert!(found.contains(&verdict), "{tag}: {word}: {example}: {found:?}"),
                    None => assert_eq!((code, found.len()), ("not", 0), "{tag}: {word}: {example}: {found:?}"),
                }
            }
        }
    }

    #[test]
    fn words_of_a_verdict_stand_whole() {
        assert_eq!(of_words(Some("en"), "Intactness and the failedness of it"), []);
        assert_eq!(
            of_words(None, "Bộ này nói đó là tin giả, a FAKE"),
            [Verdict::Untrue, Verdict::Untrue]
        );
    }
}
