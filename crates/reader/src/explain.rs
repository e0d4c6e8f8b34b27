//! How each sentence was read, in words: what `--explain` shows.

use crate::claims::Found;
use crate::doc::Doc;
use std::fmt::Write;

/// A few lines a sentence: its units with their classes, its phrases, its attributions.
pub(crate) fn explain(doc: &Doc<'_>, found: &Found<'_>) -> Vec<String> {
    let names = counterclaim_packs::FEATURES;
    doc.sents
        .iter()
        .enumerate()
        .map(|(s, sent)| {
            let mut out = format!(
                "sentence {} (paragraph {}){}: {}\n  units:",
                s + 1,
                sent.paragraph + 1,
                if found.skip[s] { ", not read" } else { "" },
                sent.span.of(doc.text)
            );
            for u in sent.units.clone() {
                let unit = &doc.units[u];
                let bits: Vec<&str> = names
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| unit.bits >> i & 1 == 1)
                    .map(|(_, n)| *n)
                    .collect();
                let _ = write!(out, " [{} {:?} {}]", unit.span.of(doc.text), unit.class, bits.join(" "));
            }
            let phrases = &found.phrases[s];
            for (what, list) in [
                ("noun phrases", &phrases.nps),
                ("long noun phrases", &phrases.long),
                ("long subjects", &phrases.subjects),
                ("verb groups", &phrases.vgs),
                ("times", &phrases.times),
            ] {
                let words: Vec<String> = list.iter().map(|p| format!("[{}]", doc.words(&p.units))).collect();
                let _ = write!(out, "\n  {what}: {}", words.join(" "));
            }
            for a in &found.attributions[s] {
                let source = a.source.as_ref().map_or("–", |r| doc.words(r));
                let _ = write!(
                    out,
                    "\n  {}: source [{source}] cue [{}] content {:?}",
                    a.rule,
                    doc.words(&a.cues[0]),
                    a.content
                );
            }
            out
        })
        .collect()
}
