//! How each sentence was read, in words: what `--explain` shows. All of it is worked out anew here, so that reading itself pays nothing for it.

use crate::attribution::{Attribution, Content, Outcome, attributions};
use crate::claims::Found;
use crate::clauses::View;
use crate::doc::{Doc, Sent};
use crate::phrases::Phrase;
use crate::tagging::Tagger;
use counterclaim_grammar::Chart;
use counterclaim_lexicon::VerbForm;
use counterclaim_tagger::Token;
use std::fmt::Write;
use std::ops::Range;

/// A few lines a sentence: its units with their tags, classes and features, its phrases and clauses, and at each cue the rules tried.
pub(crate) fn explain(doc: &Doc<'_>, found: &Found<'_>) -> Vec<String> {
    let mut chart = Chart::default();
    let explain = |(s, sent): (usize, &Sent)| {
        let mut out = format!(
            "sentence {}, paragraph {}{}: {}",
            s + 1,
            sent.paragraph + 1,
            if found.skip[s] { ", not read" } else { "" },
            sent.span.of(doc.text)
        );
        units(doc, sent, &mut out);
        phrases(doc, found, s, &mut out);
        if !found.skip[s] {
            cues(doc, found, s, &mut chart, &mut out);
        }
        out
    };
    doc.sents.iter().enumerate().map(explain).collect()
}

/// A line a unit: its words, the tags of the tagger, its class and form, its features.
fn units(doc: &Doc<'_>, sent: &Sent, out: &mut String) {
    let tags = tags(doc, sent);
    let first = doc.units[sent.units.start].tokens.start as usize;
    let names = counterclaim_packs::FEATURES;
    for u in sent.units.clone() {
        let unit = &doc.units[u];
        let own = unit.tokens.start as usize - first..unit.tokens.end as usize - first;
        let form = match unit.form {
            VerbForm::None => String::new(),
            form => format!(" {form:?}"),
        };
        let features: Vec<&str> = (0..names.len())
            .filter(|i| unit.bits >> i & 1 == 1)
            .map(|i| names[i])
            .collect();
        let _ = write!(
            out,
            "\n  {:<18} {:<9} {:<13} {}",
            unit.span.of(doc.text),
            tags.get(own).unwrap_or_default().join(" "),
            format!("{:?}{form}", unit.class),
            features.join(" ")
        );
    }
}

/// The tags of a sentence's tokens, as the tagger gives them.
fn tags(doc: &Doc<'_>, sent: &Sent) -> Vec<&'static str> {
    let tokens = doc.units[sent.units.start].tokens.start as usize..doc.units[sent.units.end - 1].tokens.end as usize;
    let words: Vec<Token<'_>> = doc.tokens[tokens]
        .iter()
        .map(|t| Token { text: t.of(doc.text) })
        .collect();
    let Some(tagger) = Tagger::of(doc.pack) else {
        return vec!["–"; words.len()];
    };
    let mut tags = Vec::new();
    tagger.lend(|model, scratch| model.tag(&words, scratch, &mut tags));
    tags.into_iter().map(|tag| tagger.name(tag)).collect()
}

fn phrases(doc: &Doc<'_>, found: &Found<'_>, s: usize, out: &mut String) {
    let phrases = &found.phrases[s];
    let view = View {
        doc,
        sent: &doc.sents[s],
        phrases,
    };
    let clauses = view.cut(view.trim(found.starts[s]..view.sent.units.end), true);
    let of = |list: &[Phrase]| -> Vec<Range<usize>> { list.iter().map(|p| p.units.clone()).collect() };
    let lists: [(&str, Vec<Range<usize>>); 6] = [
        ("noun phrases", of(&phrases.nps)),
        ("long noun phrases", of(&phrases.long)),
        ("long subjects", of(&phrases.subjects)),
        ("verb groups", of(&phrases.vgs)),
        ("times", of(&phrases.times)),
        ("clauses", clauses),
    ];
    for (what, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        let words: Vec<String> = list.iter().map(|units| format!("[{}]", doc.words(units))).collect();
        let _ = write!(out, "\n  {what}: {}", words.join(" "));
    }
}

/// At each cue the rule that was taken and what it found, and those that were tried before it and refused.
fn cues(doc: &Doc<'_>, found: &Found<'_>, s: usize, chart: &mut Chart, out: &mut String) {
    let sent = &doc.sents[s];
    let mut tried: Vec<(Range<usize>, &str, Outcome)> = Vec::new();
    let taken = attributions(doc, sent, &found.phrases[s], chart, |rule, cue, outcome| {
        tried.push((cue, rule.name.as_str(), outcome));
    });
    let mut cues: Vec<Range<usize>> = tried.iter().map(|(cue, ..)| cue.clone()).collect();
    cues.sort_by_key(|cue| (cue.start, cue.end));
    cues.dedup();
    for cue in cues {
        let _ = write!(out, "\n  at [{}]", doc.words(&cue));
        for (outcome, what) in [
            (Outcome::Taken, "taken"),
            (Outcome::Elsewhere, "refused, the words beside it are others"),
            (Outcome::Empty, "refused, nothing is left to be said or to say it"),
        ] {
            let rules: Vec<&str> = tried
                .iter()
                .filter(|(at, _, how)| *at == cue && *how == outcome)
                .map(|(_, rule, _)| *rule)
                .collect();
            if rules.is_empty() {
                continue;
            }
            let _ = write!(out, "\n    {what}: {}", rules.join(" "));
            if let (Outcome::Taken, Some(a)) = (outcome, taken.iter().find(|a| a.cues.contains(&cue))) {
                told(doc, sent, a, out);
            }
        }
    }
}

/// What a rule found.
fn told(doc: &Doc<'_>, sent: &Sent, attribution: &Attribution, out: &mut String) {
    let units = &sent.units;
    let content = match &attribution.content {
        Content::Right(from) | Content::Whole(from) => [*from..units.end, 0..0],
        Content::Left(to) | Content::Told(to) => [units.start..*to, 0..0],
        Content::Around(to, from) => [units.start..*to, *from..units.end],
        Content::Exact(units) => [units.clone(), 0..0],
        Content::Below => [0..0, 0..0],
    };
    let words = |list: &[Range<usize>]| {
        let list: Vec<String> = list
            .iter()
            .filter(|r| !r.is_empty())
            .map(|r| format!("[{}]", doc.words(r)))
            .collect();
        list.join(" ")
    };
    let lists = [
        ("source", words(attribution.source.as_slice())),
        ("relayed by", words(attribution.via.as_slice())),
        ("content, before it is cut", words(&content)),
    ];
    for (what, words) in lists.iter().filter(|(_, words)| !words.is_empty()) {
        let _ = write!(out, "\n      {what}: {words}");
    }
}

#[cfg(test)]
mod tests {
    use crate::{Input, Reader};

    #[test]
    fn a_sentence_is_told_by_its_words_phrases_clauses_and_rules() {
        let text = "The mayor of Gyumri said that two bridges had fallen, and the roads were closed.";
        let input = Input {
            text: text.into(),
            language: Some("en".into()),
            explain: true,
            ..Input::default()
        };
        let notes = Reader::embedded().read(&input).notes;
        let lines: Vec<&str> = notes[0].lines().collect();
        let said: Vec<&str> = lines
            .iter()
            .find(|l| l.starts_with("  said "))
            .map(|l| l.split_whitespace().collect())
            .unwrap_or_default();
        assert_eq!(said[..4], ["said", "VBD", "Verb", "Finite"]);
        let line = |what: &str| lines.iter().any(|l| l.trim_start().starts_with(what));
        assert!(line("verb groups: [said] [had fallen]"), "{lines:#?}");
        assert!(
            line("clauses: [The mayor of Gyumri said that two bridges had fallen] [the roads were closed]"),
            "{lines:#?}"
        );
        assert!(
            line("at [said]") && line("taken: that-clause") && line("source: [The mayor of Gyumri]"),
            "{lines:#?}"
        );
        assert!(line("refused, the words beside it are others: "), "{lines:#?}");
    }
}
