//! A round-up of two small reports, and of a hostile one.

use counterclaim_brief::{Language, markdown};
use counterclaim_claims::Reading;
use counterclaim_ledger::Overview;
use serde_json::json;

fn readings() -> Vec<Reading> {
    let at = |text: &str, words: &str| {
        let start = text.find(words).map(|byte| text[..byte].chars().count()).unwrap();
        (start, start + words.chars().count())
    };
    let a = "The ministry said shells hit Ganja, killing two. It showed a video. In 1994 a truce was signed.";
    let b = "Yerevan denied firing at Ganja.";
    let shelling = json!({"act": "shelling", "actor": [{"party": "ARM"}], "place": [{"name": "Ganja"}],
        "toll": [{"harm": "killed", "who": "civilian", "min": 2, "max": 2}]});
    let denied = json!({"act": "shelling", "actor": [{"party": "ARM"}], "place": [{"name": "Ganja"}]});
    let (s, e) = at(a, "shells hit Ganja, killing two");
    let (x, y) = at(a, "a video");
    let (h, k) = at(a, "a truce was signed");
    let (d, f) = at(b, "firing at Ganja");
    [
        json!({"document": {"uri": "a.txt", "published": "2020-10-04", "language": "en", "text": a},
            "claims": [
                {"id": "clm_a", "start": s, "end": e, "voice": "source", "stance": "accuses", "evidence": ["video"],
                    "source": [{"party": "AZE", "sector": "MIL", "name": "Ministry of Defence of Azerbaijan"}], "events": [shelling]},
                {"id": "clm_h", "start": h, "end": k, "background": true}],
            "exhibits": [{"kind": "video", "publisher": {"party": "AZE", "sector": "MIL"}, "start": x, "end": y, "shows": ["clm_a"]}]}),
        json!({"document": {"uri": "b.txt", "published": "2020-10-05", "language": "en", "text": b},
            "claims": [{"id": "clm_b", "start": d, "end": f, "voice": "source", "stance": "denies",
                "source": [{"party": "ARM", "sector": "GOV", "text": "Yerevan"}], "events": [denied]}]}),
    ]
    .into_iter()
    .map(|reading| serde_json::from_value(reading).unwrap())
    .collect()
}

fn roundup(readings: &[Reading], tag: &str) -> String {
    markdown(readings, &Overview::of(readings), Language::of_tag(tag).unwrap())
}

#[test]
fn a_round_up_in_english() {
    let expected = "\
# Round-up of claims, 2020-10-04 – 2020-10-05

2 reports, 3 claims

## What is claimed

### ARM GOV

- Yerevan (ARM GOV) denies: “firing at Ganja” (report: b.txt). [clm_b]

### Ministry of Defence of Azerbaijan (AZE MIL)

- Ministry of Defence of Azerbaijan (AZE MIL) accuses: “shells hit Ganja, killing two” (offered: video; report: a.txt). [clm_a]

## What is denied or disputed

- **Denial:** Yerevan (ARM GOV) denies: “firing at Ganja”; Ministry of Defence of Azerbaijan (AZE MIL) accuses: “shells hit Ganja, killing two” (ARM is accused; the same act: shelling; one incident; the same place: Ganja; report: b.txt; report: a.txt). [clm_b] [clm_a]

## What nobody has shown or verified

Nothing.

## Tolls by source

### Civilians, killed

- 2 according to Ministry of Defence of Azerbaijan (AZE MIL) (Ganja; of 2020-10-04; “shells hit Ganja, killing two”). [clm_a]

## Exhibits

- Video put forward by AZE MIL: “a video” (report: a.txt). [clm_a]

## Background

- a.txt in its own voice asserts: “a truce was signed” (report: a.txt). [clm_h]
";
    assert_eq!(roundup(&readings(), "en"), expected);
}

#[test]
fn every_sentence_ends_with_its_claims_in_every_language() {
    for language in Language::all() {
        let text = roundup(&readings(), language.tag);
        let sentences: Vec<_> = text.lines().filter(|line| line.starts_with("- ")).collect();
        assert_eq!(sentences.len(), 6, "{text}");
        for line in sentences {
            assert!(line.ends_with(']') && line.contains("[clm_"), "{line}");
            assert!(!line.contains('{'), "{line}");
        }
    }
}

#[test]
fn hostile_words_make_no_markup() {
    let hostile = json!({"document": {"uri": "[x](javascript:1)", "text": "<script>*a*\n# b `{who}`"},
        "claims": [{"id": "clm_<b>", "start": 0, "end": 23}]});
    let text = roundup(&[serde_json::from_value(hostile).unwrap()], "en");
    assert!(text.contains("“&lt;script&gt;\\*a\\* \\# b \\`{who}\\`”"), "{text}");
    assert!(!text.contains("<b>") && !text.contains("[x]("), "{text}");
}
