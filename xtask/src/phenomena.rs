//! `bench/phenomena.jsonl`: one short sentence a line, each with the attributions that it holds. A sentence is right when every
//! attribution of it is found with all its spans and its act, and nothing is claimed that nobody says.
//!
//! That file knows attributions, a reading knows claims. So: an attribution is the claims that share a source and a cue; its
//! content is the union of theirs, without the cue that stands inside a passive clause; a conjunction or particle after
//! the cue may be either's; an outer speaker of nested speech is
//! one who relays the inner claim; evidence is told by kinds, not by spans; who withholds makes no claim.

use serde_json::Value;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Numbers of the words that spans cover.
type Words = BTreeSet<usize>;

/// How many sentences are right, of how many, for one language; and what is wrong with the others.
pub(crate) struct Score {
    pub(crate) right: [usize; 2],
    pub(crate) all: [usize; 2],
    pub(crate) misses: Vec<String>,
}

/// The languages that are counted, in the order of [`Score`].
pub(crate) const LANGUAGES: [&str; 2] = ["en", "vi"];

/// The sentences as `read --from jsonl` takes them.
pub(crate) fn input(gold: &str) -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    for line in gold.lines().filter(|line| !line.trim().is_empty()) {
        let item: Value = serde_json::from_str(line)?;
        let input = serde_json::json!({"uri": item["doc_id"], "language": item["lang"], "text": item["text"]});
        out += &format!("{input}\n");
    }
    Ok(out)
}

/// Scores what the reader printed against the file.
pub(crate) fn score(gold: &Path, system: &Path) -> Result<Score, Box<dyn Error>> {
    let (gold, system) = (fs::read_to_string(gold)?, fs::read_to_string(system)?);
    let mut score = Score {
        right: [0; 2],
        all: [0; 2],
        misses: Vec::new(),
    };
    for (item, reading) in gold.lines().zip(system.lines()) {
        let (item, reading): (Value, Value) = (serde_json::from_str(item)?, serde_json::from_str(reading)?);
        if item["doc_id"] != reading["document"]["uri"] {
            return Err(format!("{} has no reading of its own", item["doc_id"]).into());
        }
        let Some(language) = LANGUAGES.iter().position(|l| item["lang"] == *l) else {
            continue;
        };
        score.all[language] += 1;
        match wrong(&item, &reading) {
            None => score.right[language] += 1,
            Some(why) => score.misses.push(format!(
                "{} {}: {why}: {}",
                item["doc_id"].as_str().unwrap_or_default(),
                item["phenomenon"].as_str().unwrap_or_default(),
                item["text"].as_str().unwrap_or_default()
            )),
        }
    }
    Ok(score)
}

/// The attribution that claims of one source and cue make together.
struct Attribution {
    source: Words,
    via: Words,
    cue: Words,
    content: Words,
    stances: BTreeSet<String>,
    hedged: bool,
    evidence: BTreeSet<String>,
}

fn wrong(item: &Value, reading: &Value) -> Option<String> {
    let text = item["text"].as_str().unwrap_or_default();
    let words = Tokens::new(text);
    let found = attributions(reading, &words);
    let act = item["act"].as_str().unwrap_or_default();
    match act {
        "withhold" => return (!list(reading, "claims").is_empty()).then(|| "a claim of who is silent".into()),
        "none" => return (!found.is_empty()).then(|| "attributed to somebody".into()),
        _ => {}
    }
    let wanted = list(item, "attributions");
    let mut used = vec![false; found.len()];
    for want in wanted {
        let role = |name: &str| words.cover(list(want, name).iter().map(|s| (number(&s[0]), number(&s[1]))));
        let (source, cue, content, relay) = (role("source"), role("cue"), role("content"), role("relay"));
        // "A said B had told C that P": A relays what B says.
        let relayed = wanted.len() > 1 && found.iter().any(|f| !source.is_empty() && agree(&f.via, &source));
        if relayed {
            continue;
        }
        let spans = |f: &Attribution| {
            let without = |w: &Words, other: &Words| w.difference(other).copied().collect::<Words>();
            [
                ("source", agree(&f.source, &source)),
                (
                    "cue",
                    f.cue.is_empty()
                        || agree(&f.cue, &cue)
                        || agree(&without(&f.cue, &content), &without(&cue, &f.content)),
                ),
                ("content", agree(&without(&f.content, &cue), &without(&content, &cue))),
                ("relay", relay.is_empty() || agree(&f.via, &relay)),
            ]
        };
        let best = (0..found.len())
            .filter(|&f| !used[f])
            .max_by_key(|&f| spans(&found[f]).iter().filter(|(_, right)| *right).count());
        let Some(best) = best else {
            return Some("an attribution is missing".into());
        };
        if let Some((name, _)) = spans(&found[best]).iter().find(|(_, right)| !right) {
            return Some(format!("{name} is wrong"));
        }
        used[best] = true;
        if wanted.len() == 1
            && let Some(why) = wrong_act(&found[best], act, item["certainty"].as_str().unwrap_or_default())
        {
            return Some(why);
        }
    }
    used.contains(&false).then(|| "more is attributed than is said".into())
}

/// Whether stance, certainty and evidence are what the sentence's act and certainty ask for.
fn wrong_act(found: &Attribution, act: &str, certainty: &str) -> Option<String> {
    let stance = match act {
        "accuse" => "accuses",
        "deny" | "retract" => "denies",
        "demand" => "calls-for",
        "threat" => "threatens",
        _ => "asserts",
    };
    if found.stances.iter().any(|s| s != stance) {
        return Some(format!("the stance is not {stance}"));
    }
    let evidence = |kind: &str| found.evidence.contains(kind);
    let right = match certainty {
        "possible" | "apparent" => found.hedged,
        "unsupported" => evidence("none-offered"),
        "unverified" => evidence("not-verified"),
        "supported" => !found.evidence.is_empty(),
        "shown" => evidence("video") || evidence("photo"),
        _ => true,
    };
    (!right).then(|| format!("certainty or evidence is not {certainty}"))
}

fn attributions(reading: &Value, words: &Tokens) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for claim in list(reading, "claims") {
        let hedged = claim["certainty"] == "hedged";
        // A hedge of the report's own is an attribution to nobody.
        if claim["voice"] != "source" && !hedged {
            continue;
        }
        let role = |name: &str| words.cover(list(claim, name).iter().map(ends));
        let parts = list(claim, "parts");
        let content = if parts.is_empty() {
            words.cover([ends(claim)])
        } else {
            words.cover(parts.iter().map(ends))
        };
        let (source, cue) = (role("source"), role("cue"));
        let strings = |name: &str| list(claim, name).iter().filter_map(Value::as_str).map(str::to_owned);
        let stance = claim["stance"].as_str().unwrap_or_default().to_owned();
        match out.iter_mut().find(|a| a.source == source && a.cue == cue) {
            Some(same) => {
                same.content.extend(content);
                same.stances.insert(stance);
                same.hedged |= hedged;
                same.evidence.extend(strings("evidence"));
            }
            None => out.push(Attribution {
                source,
                via: role("via"),
                cue,
                content,
                stances: BTreeSet::from([stance]),
                hedged,
                evidence: strings("evidence").collect(),
            }),
        }
    }
    out
}

/// Whether two sets of words are the same but for a fifth.
fn agree(a: &Words, b: &Words) -> bool {
    let (both, either) = (a.intersection(b).count(), a.union(b).count());
    either == 0 || both * 5 >= either * 4
}

/// The words of a text, as code points.
struct Tokens(Vec<(usize, usize)>);

impl Tokens {
    fn new(text: &str) -> Self {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for (at, c) in text.chars().enumerate() {
            match out.last_mut() {
                _ if !c.is_alphanumeric() => {}
                Some(last) if last.1 == at => last.1 += 1,
                _ => out.push((at, at + 1)),
            }
        }
        Tokens(out)
    }

    fn cover(&self, spans: impl IntoIterator<Item = (usize, usize)>) -> Words {
        let mut out = Words::new();
        for (start, end) in spans {
            out.extend((0..self.0.len()).filter(|&n| self.0[n].0 < end && start < self.0[n].1));
        }
        out
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn ends(span: &Value) -> (usize, usize) {
    (number(&span["start"]), number(&span["end"]))
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_default() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn item(act: &str) -> Value {
        json!({"text": "Alba said the port burned.", "act": act, "certainty": "stated",
            "attributions": [{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 25]], "relay": []}]})
    }

    fn reading(stance: &str, end: usize) -> Value {
        json!({"claims": [{"voice": "source", "stance": stance, "certainty": "plain", "start": 10, "end": end,
            "source": [{"start": 0, "end": 4}], "cue": [{"start": 5, "end": 9}], "evidence": []}]})
    }

    #[test]
    fn spans_and_act_must_be_right() {
        assert_eq!(wrong(&item("assert"), &reading("asserts", 25)), None);
        assert!(wrong(&item("assert"), &reading("denies", 25)).is_some());
        assert!(wrong(&item("assert"), &reading("asserts", 18)).is_some());
        assert!(wrong(&item("withhold"), &reading("asserts", 25)).is_some());
        assert!(wrong(&item("assert"), &json!({"claims": []})).is_some());
    }
}
