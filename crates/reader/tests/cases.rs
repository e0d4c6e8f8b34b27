//! `corpus/cases/*.md`: short reports with all the claims that must be read from them, no more and no fewer.
//!
//! A file's name begins with its language. A case is a heading, the report as a block quotation (an empty `>` line parts its
//! paragraphs), perhaps a line `Published 2020-10-05.`, and a table with a row a claim, in text order. A case without a table has
//! no claims. Columns: who claims (`report` for the report's own voice, `nobody` where it is not told who), party codes, stance,
//! the claim's words, and what else must hold (`hedged`, `background`, `quoted`, `sector …`, `via …`, `said …`, `evidence …`),
//! separated by semicolons.

use counterclaim_claims::{Certainty, Claim, Reading, Voice};
use counterclaim_reader::{Input, Reader};
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[derive(Default)]
struct Case {
    title: String,
    report: String,
    published: Option<String>,
    rows: Vec<Vec<String>>,
}

fn cases(markdown: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    for line in markdown.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            out.push(Case {
                title: title.to_owned(),
                ..Case::default()
            });
        }
        let Some(case) = out.last_mut() else { continue };
        if let Some(words) = line.strip_prefix('>') {
            case.report += words.trim();
            case.report.push('\n');
        } else if let Some(date) = line.strip_prefix("Published ") {
            case.published = Some(date.trim_end_matches('.').to_owned());
        } else if line.starts_with('|') && !line.starts_with("| ---") && !line.starts_with("| who | party |") {
            let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
            case.rows.push(cells.collect());
        }
    }
    out
}

/// A claim as a row of the table, with no more in its last cell than the case asks for.
fn row(reading: &Reading, claim: &Claim, asked: &str) -> Vec<String> {
    let join = |words: Vec<&str>| words.join(" + ");
    let who = match (claim.voice, claim.source.is_empty()) {
        (Voice::Report, _) => "report".to_owned(),
        (_, true) => "nobody".to_owned(),
        _ => join(claim.source.iter().map(|s| s.text.as_str()).collect()),
    };
    let party = join(claim.source.iter().filter_map(|s| s.party.as_deref()).collect());
    let stance = serde_json::to_value(claim.stance).expect("a stance is a word");
    let mut more = Vec::new();
    for ask in asked.split(';').map(str::trim).filter(|ask| !ask.is_empty()) {
        let (key, _) = ask.split_once(' ').unwrap_or((ask, ""));
        match key {
            "hedged" if claim.certainty == Certainty::Hedged => more.push("hedged".to_owned()),
            "plain" if claim.certainty == Certainty::Plain => more.push("plain".to_owned()),
            "background" if claim.background => more.push("background".to_owned()),
            "quoted" if claim.quoted => more.push("quoted".to_owned()),
            "via" => more.push(format!(
                "via {}",
                join(claim.via.iter().map(|s| s.text.as_str()).collect())
            )),
            "sector" => {
                let sectors = claim.source.iter().map(|s| s.sector.code()).collect();
                more.push(format!("sector {}", join(sectors)));
            }
            "said" => more.push(format!("said {}", claim.said.as_deref().unwrap_or("-"))),
            "evidence" => {
                let kinds: Vec<String> = claim
                    .evidence
                    .iter()
                    .filter_map(|kind| Some(serde_json::to_value(kind).ok()?.as_str()?.to_owned()))
                    .collect();
                more.push(format!("evidence {}", kinds.join(" + ")));
            }
            _ => more.push(format!("not {key}")),
        }
    }
    vec![
        who,
        party,
        stance.as_str().unwrap_or_default().to_owned(),
        reading.slice(claim.start, claim.end).replace('\n', " "),
        more.join("; "),
    ]
}

#[test]
fn every_case_of_the_corpus_is_read_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/cases");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the corpus lies beside the crates")
        .map(|entry| entry.expect("a folder can be listed").path())
        .collect();
    files.sort();
    let (mut wrong, mut run) = (String::new(), 0);
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let language = name.split('-').next().map(str::to_owned);
        for case in cases(&fs::read_to_string(&file).expect("a case can be read")) {
            run += 1;
            let reading = Reader::embedded().read(&Input {
                text: case.report.clone(),
                language: language.clone(),
                published: case.published.clone(),
                ..Input::default()
            });
            let asked = |n: usize| case.rows.get(n).and_then(|row| row.get(4)).map_or("", String::as_str);
            let got: Vec<_> = (reading.claims.iter().enumerate())
                .map(|(n, claim)| row(&reading, claim, asked(n)))
                .collect();
            if got != case.rows {
                let _ = writeln!(wrong, "{name}: {}\n{}", case.title, case.report.trim());
                for (what, rows) in [("wanted", &case.rows), ("got", &got)] {
                    rows.iter().for_each(|row| {
                        let _ = writeln!(wrong, "  {what:6} | {} |", row.join(" | "));
                    });
                }
            }
        }
    }
    assert!(run > 0, "no case was found");
    assert!(wrong.is_empty(), "read otherwise than written:\n{wrong}");
}
