//! The examples that stand beside the rules of every language, run as tests.

use counterclaim_claims::{Claim, Reading};
use counterclaim_reader::{Input, Reader};

fn read(language: &str, text: &str) -> Reading {
    Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        ..Input::default()
    })
}

/// The words of a claim that a capture of a rule stands for.
fn words<'r>(reading: &'r Reading, claim: &'r Claim, capture: &str) -> Option<&'r str> {
    match capture {
        "content" => Some(reading.slice(claim.start, claim.end)),
        "source" => claim.source.first().map(|s| s.text.as_str()),
        "cue" => claim.cue.first().map(|c| reading.slice(c.start, c.end)),
        _ => None,
    }
}

#[test]
fn every_example_of_every_rule_holds() {
    let (mut wrong, mut run) = (Vec::new(), 0);
    for language in counterclaim_packs::languages() {
        let pack = counterclaim_packs::pack(language).expect("a language that is listed can be loaded");
        for (file, rules) in &pack.rules {
            for rule in rules {
                for example in &rule.examples {
                    run += 1;
                    let reading = read(language, &example.text);
                    let right = if example.expect.is_empty() {
                        reading.claims.is_empty()
                    } else {
                        reading.claims.iter().any(|c| {
                            example
                                .expect
                                .iter()
                                .all(|(capture, want)| words(&reading, c, capture) == Some(want))
                        })
                    };
                    if !right {
                        let got: Vec<String> = reading
                            .claims
                            .iter()
                            .map(|c| {
                                format!(
                                    "{:?} by {:?} ({})",
                                    words(&reading, c, "content"),
                                    words(&reading, c, "source"),
                                    c.rule
                                )
                            })
                            .collect();
                        wrong.push(format!(
                            "{language}/{file}.rules:{} {}: {}\n    wanted {:?}\n    got {}",
                            example.line,
                            rule.name,
                            example.text,
                            example.expect,
                            got.join("; ")
                        ));
                    }
                }
            }
        }
    }
    assert!(run > 30, "only {run} examples were found");
    assert!(
        wrong.is_empty(),
        "{} of {run} examples do not hold:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
