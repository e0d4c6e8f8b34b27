//! What holds of every reading, whatever the text: no panic, spans in bounds, words that stand where they are said to
//! stand, repairs that can be undone, and the same bytes twice.

use counterclaim_claims::{Mark, Reading};
use counterclaim_reader::{Input, Reader};
use proptest::prelude::*;

fn read(language: Option<&str>, text: &str) -> Reading {
    Reader::embedded().read(&Input {
        text: text.into(),
        language: language.map(str::to_owned),
        mentions: true,
        ..Input::default()
    })
}

fn holds(reading: &Reading) {
    let length = reading.document.text.chars().count();
    let inside = |start: usize, end: usize| assert!(start < end && end <= length, "{start}..{end} of {length}");
    let mark = |m: &Mark| inside(m.start, m.end);
    for claim in &reading.claims {
        inside(claim.start, claim.end);
        claim.cue.iter().chain(&claim.parts).for_each(mark);
        for source in claim.source.iter().chain(&claim.via) {
            if let Some(m) = &source.mark {
                mark(m);
                assert_eq!(reading.slice(m.start, m.end), source.text);
            }
        }
        for event in &claim.events {
            event
                .actor
                .iter()
                .chain(&event.target)
                .filter_map(|p| p.mark.as_ref())
                .for_each(mark);
            event.place.iter().filter_map(|p| p.mark.as_ref()).for_each(mark);
            for toll in &event.toll {
                assert!(
                    toll.max.is_none_or(|max| toll.min.is_none_or(|min| min <= max)),
                    "{toll:?}"
                );
            }
        }
    }
    reading.exhibits.iter().for_each(|x| inside(x.start, x.end));
    // A language that cannot be read gives no mentions.
    let Some(mentions) = &reading.mentions else { return };
    mentions.places.iter().for_each(|p| inside(p.start, p.end));
    mentions.times.iter().for_each(|t| inside(t.start, t.end));
    mentions.numbers.iter().for_each(|n| inside(n.start, n.end));
    mentions.parties.iter().for_each(|p| inside(p.start, p.end));
    mentions.materiel.iter().for_each(|m| inside(m.start, m.end));
}

fn undone(reading: &Reading) -> String {
    let mut text: Vec<char> = reading.document.text.chars().collect();
    for repair in reading.document.repairs.iter().rev() {
        text.splice(repair.start..repair.end, repair.was.chars());
    }
    text.into_iter().collect()
}

/// Text that looks like a report: words of reports, marks, names and numbers in any order.
fn reportish() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "The",
        "army",
        "said",
        "Baku",
        "denied",
        "that",
        "it",
        "shelled",
        "36",
        "civilians",
        "and",
        "killed",
        "“",
        "”",
        "\"",
        ",",
        ".",
        "\n",
        "according to",
        "on Tuesday",
        "in",
        "Ganja",
        "video",
        "shows",
        "Bộ Quốc phòng",
        "cho biết",
        "cáo buộc",
        "Armenia",
        "không kích",
        "khiến",
        "hàng trăm",
        "binh sĩ",
        "thiệt mạng",
        "bị",
        "được cho là",
        "hôm 4/10",
        "theo",
        "và",
        "(",
        ")",
        ":",
        "—",
        "hai bên",
        "nhau",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read(text in any::<String>(), language in prop::sample::select(vec![None, Some("vi"), Some("en")])) {
        let reading = read(language, &text);
        holds(&reading);
        prop_assert_eq!(undone(&reading), text);
    }

    #[test]
    fn anything_like_a_report_can_be_read(text in reportish(), language in prop::sample::select(vec!["vi", "en"])) {
        let reading = read(Some(language), &text);
        holds(&reading);
        prop_assert_eq!(read(Some(language), &text), reading);
    }
}

#[test]
fn hostile_text_costs_no_more_than_its_length() {
    let started = std::time::Instant::now();
    for text in [
        "\"".repeat(20_000),
        ",".repeat(100_000),
        "said that ".repeat(20_000),
        "(".repeat(50_000),
        "the army said ".repeat(5_000),
        "\u{202e}\u{200b}x ".repeat(20_000),
        "“A”, he said. ".repeat(3_000),
    ] {
        for language in ["en", "vi"] {
            holds(&read(Some(language), &text));
        }
    }
    assert!(
        started.elapsed().as_secs() < 120,
        "reading hostile text took {:?}",
        started.elapsed()
    );
}
