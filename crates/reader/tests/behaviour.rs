//! What a change of the text must, or must not, change in its reading. No gold is needed: the reading before is the measure.

use counterclaim_claims::{Claim, Reading};
use counterclaim_reader::{Input, Reader};
use std::fs;
use std::path::Path;

fn read(language: &str, text: &str) -> Reading {
    Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: Some("2020-10-05".into()),
        ..Input::default()
    })
}

/// The project's own reports, with their languages.
fn reports() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/demo");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the corpus lies beside the crates")
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let language = name.rsplit('.').next().unwrap_or_default().to_owned();
            (language, fs::read_to_string(path).expect("a report can be read"))
        })
        .collect()
}

/// What a claim says but where: words, who, stance, certainty and deeds.
fn told(reading: &Reading, claim: &Claim) -> String {
    let even = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = even(reading.slice(claim.start, claim.end));
    let who: Vec<_> = claim
        .source
        .iter()
        .map(|s| (even(&s.text), s.party.as_deref()))
        .collect();
    let acts: Vec<_> = claim.events.iter().map(|e| e.act).collect();
    format!("{who:?} {:?} {:?} {words:?} {acts:?}", claim.stance, claim.certainty)
}

fn all(reading: &Reading) -> Vec<String> {
    reading.claims.iter().map(|claim| told(reading, claim)).collect()
}

#[test]
fn a_paragraph_about_something_else_changes_no_claim() {
    for (language, text) in reports() {
        let weather = match language.as_str() {
            "vi" => "Trời hôm qua nắng đẹp và các quán cà phê đông khách.",
            _ => "The weather was fine and the cafes were full.",
        };
        let more = format!("{}\n\n{weather}\n", text.trim_end());
        assert_eq!(all(&read(&language, &text)), all(&read(&language, &more)), "{text}");
    }
}

#[test]
fn the_order_of_reading_and_the_thread_change_nothing() {
    let reports = reports();
    let forward: Vec<Reading> = reports.iter().map(|(l, t)| read(l, t)).collect();
    let mut backward: Vec<Reading> = reports.iter().rev().map(|(l, t)| read(l, t)).collect();
    backward.reverse();
    assert_eq!(forward, backward);
    let threads: Vec<_> = reports
        .iter()
        .cloned()
        .map(|(language, text)| std::thread::spawn(move || read(&language, &text)))
        .collect();
    let apart: Vec<Reading> = threads
        .into_iter()
        .map(|t| t.join().expect("reading does not panic"))
        .collect();
    assert_eq!(forward, apart);
}

#[test]
fn parties_that_change_places_in_the_text_change_places_in_the_reading() {
    let text = "The defence ministry of Armenia said Azerbaijan had shelled two villages. Azerbaijan denied the attack and accused \
                Armenia of firing rockets at a market. The Armenian army said its troops had destroyed three Azerbaijani tanks.";
    let swap = |text: &str| {
        text.replace("Azerbaijan", "\u{1}")
            .replace("Armenia", "Azerbaijan")
            .replace('\u{1}', "Armenia")
            .replace("Azerbaijann", "Azerbaijani")
            .replace("Armeniai", "Armenian")
            .replace("ARM", "\u{1}")
            .replace("AZE", "ARM")
            .replace('\u{1}', "AZE")
    };
    let before: Vec<String> = all(&read("en", text)).iter().map(|t| swap(t)).collect();
    assert_eq!(before, all(&read("en", &swap(text))));
    assert!(before.len() >= 4, "{before:?}");
}

#[test]
fn marks_spaces_and_line_breaks_change_nothing_but_places() {
    let text = "\"They shelled the market at dawn,\" the Armenian minister said. He said 12 soldiers had been killed - and that the \
                bridge was destroyed.";
    let plain = all(&read("en", text));
    let marks = |t: &str| t.replace(['“', '”'], "\"").replace('–', "-");
    for dressed in [
        text.replacen('"', "“", 1).replacen('"', "”", 1),
        text.replace(" - ", " – "),
        text.replace("the market", "the\u{a0}market"),
        text.replace("Armenian minister", "Armenian\nminister"),
    ] {
        let got: Vec<String> = all(&read("en", &dressed))
            .iter()
            .map(|t| marks(t).replace("\\\"", "\""))
            .collect();
        let want: Vec<String> = plain.iter().map(|t| marks(t).replace("\\\"", "\"")).collect();
        assert_eq!(want, got, "{dressed}");
    }
}
