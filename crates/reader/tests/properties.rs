//! What holds of every reading, whatever the text: no panic, spans in bounds, words that stand where they are said to
//! stand, repairs that can be undone, and the same bytes twice.

use counterclaim_claims::{Mark, Reading};
use counterclaim_reader::{Input, Reader};
use proptest::prelude::*;
use std::time::{Duration, Instant};

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

/// Texts made to be slow to read: `n` is about how many bytes each has.
fn hostile(n: usize) -> Vec<String> {
    let pieces = [
        "\"",
        "\" a ",
        "“a ",
        "‘a ",
        "“A”, he said. ",
        "“He said no.\n",
        ",",
        "a, ",
        "(",
        ".)",
        "A.",
        "a-",
        "1,",
        "1 ",
        "a\n",
        "said that ",
        "the army said ",
        "on 4 October 2020 and ",
        "On the seventh day they shelled it on 3 May. ",
        "The video shows Baku shelling Ganja. ",
        "None of these claims could be independently verified. ",
        "Paris, Ganja, ",
        "Baku shelled Ganja, killing 3 people, and ",
        "Armenia cáo buộc Azerbaijan không kích và ",
        "theo ",
        "\u{202e}\u{200b}x ",
        "\u{301}",
        "Ã¡Â°",
        "bă bơ đươ",
        "a^'o+`",
        "&#",
        "“‘",
        "X denied that Y said that ",
        "said Aram, who ",
        "miền đông ",
    ];
    let nested = "the army said that ".repeat(500) + "it fell.\n";
    pieces
        .iter()
        .map(|piece| piece.repeat(n / piece.len()))
        .chain([nested.repeat(n / nested.len() + 1)])
        .collect()
}

#[test]
fn time_grows_with_the_length_of_hostile_text_and_no_faster() {
    for (short, long) in hostile(6_000).iter().zip(&hostile(48_000)) {
        for language in ["en", "vi"] {
            // Eight times the text: what is quadratic takes 64 times as long. Other programs may be running, so the best of some tries counts.
            let mut least = [Duration::MAX; 2];
            let linear = (0..4).any(|_| {
                for (best, text) in least.iter_mut().zip([short, long]) {
                    let begun = Instant::now();
                    let reading = read(Some(language), text);
                    *best = begun.elapsed().min(*best);
                    holds(&reading);
                }
                least[1] <= least[0] * 24 + Duration::from_millis(100)
            });
            let piece: String = long.chars().take(40).collect();
            assert!(linear, "{piece:?} as {language}: {least:?}");
        }
    }
}

#[test]
fn a_sentence_without_an_end_is_read_in_pieces() {
    // What is found grows with the text, and no faster.
    let claims = |n: usize| {
        read(Some("en"), &"the army said Baku had shelled Ganja and ".repeat(n))
            .claims
            .len()
    };
    let (once, twice) = (claims(200), claims(400));
    assert!(twice <= 3 * once.max(1), "{once} claims, then {twice}");
}

#[test]
fn mentions_alone_are_those_of_the_whole_reading() {
    for (language, text) in [
        (
            "en",
            "The army said on 4 October that 36 people were killed in Ganja by two Grad rockets.",
        ),
        (
            "vi",
            "Bộ Quốc phòng Armenia cho biết 36 dân thường thiệt mạng ở Ganja hôm 4/10.",
        ),
    ] {
        let input = Input {
            text: text.into(),
            language: Some(language.into()),
            mentions: true,
            ..Input::default()
        };
        let alone = Reader::embedded().mentions(&input);
        assert_eq!(alone.mentions, Reader::embedded().read(&input).mentions);
        assert!(alone.claims.is_empty());
    }
}
