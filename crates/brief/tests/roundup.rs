//! A round-up of two small reports, and of a hostile one.

use counterclaim_brief::{Language, Roundup, roundup};
use counterclaim_claims::Reading;
use counterclaim_ledger::{Decision, Overview, Ref, Ruling, Selection};
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

fn of(readings: &[Reading], tag: &str) -> Roundup {
    roundup(readings, &Overview::of(readings), Language::of_tag(tag).unwrap())
}

#[test]
fn a_round_up_in_english() {
    let expected = "\
# Round-up of claims, 2020-10-04 – 2020-10-05

2 reports, 3 claims

◦ marks a line that nobody has checked against its report.

## What is claimed

### Azerbaijan, armed forces (AZE MIL)

- Ministry of Defence of Azerbaijan (AZE MIL) accuses: “shells hit Ganja, killing two” (offered: video; denied; report: a.txt). ◦ [clm_a]
  - Yerevan (ARM GOV) denies: “firing at Ganja” (report: b.txt). ◦ [clm_b]

## What is denied or disputed

- **Denial:** Yerevan (ARM GOV) denies: “firing at Ganja”; Ministry of Defence of Azerbaijan (AZE MIL) accuses: “shells hit Ganja, killing two” (Armenia is accused; the same act: shelling; one incident; the same place: Ganja; report: b.txt; report: a.txt). ◦ [clm_b] [clm_a]

## What nobody has shown or verified

Nothing.

## Tolls by source

### Civilians, killed, Ganja

- 2 according to Ministry of Defence of Azerbaijan (AZE MIL): “shells hit Ganja, killing two” (Ganja; of 2020-10-04; report: a.txt). ◦ [clm_a]

## Exhibits

- Video put forward by Azerbaijan, armed forces: “a video” (report: a.txt). ◦ [clm_a]

## Background

- a.txt in its own voice asserts: “a truce was signed” (report: a.txt). ◦ [clm_h]
";
    assert_eq!(of(&readings(), "en").markdown(), expected);
}

#[test]
fn every_sentence_carries_its_claims_in_every_language_and_form() {
    for language in Language::all() {
        let made = of(&readings(), language.tag);
        let text = made.markdown();
        let sentences: Vec<_> = text
            .lines()
            .filter(|line| line.trim_start().starts_with("- "))
            .collect();
        assert_eq!(sentences.len(), 6, "{text}");
        for line in sentences {
            assert!(line.ends_with(']') && line.contains("[clm_"), "{line}");
            assert!(!line.contains('{'), "{line}");
        }
        let page = made.html();
        assert_eq!(page.matches("<li").count(), 6, "{page}");
        assert!(page.matches("<code>clm_").count() >= 6 && page.contains(&format!("lang=\"{}\"", language.tag)));
        let json: serde_json::Value = serde_json::from_str(&made.json()).unwrap();
        let lines = json["sections"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|one| one["parts"].as_array().unwrap());
        for line in lines.flat_map(|part| part["lines"].as_array().unwrap()) {
            assert!(!line["claims"].as_array().unwrap().is_empty(), "{line}");
        }
    }
}

#[test]
fn hostile_words_make_no_markup() {
    let hostile = json!({"document": {"uri": "[x](javascript:1)", "text": "<script>*a*\n# b `{who}`"},
        "claims": [{"id": "clm_<b>", "start": 0, "end": 23}]});
    let made = of(&[serde_json::from_value(hostile).unwrap()], "en");
    let text = made.markdown();
    assert!(text.contains("“&lt;script&gt;\\*a\\* \\# b \\`{who}\\`”"), "{text}");
    assert!(!text.contains("<b>") && !text.contains("[x]("), "{text}");
    let page = made.html();
    assert!(
        !page.contains("<script") && !page.contains("<b>") && page.contains("&lt;script&gt;*a* # b `{who}`"),
        "{page}"
    );
}

#[test]
fn a_checked_line_is_not_marked_and_says_what_was_found() {
    let decide = |what| Decision {
        at: "2020-10-06T08:00:00Z".into(),
        reviewer: "desk 1".into(),
        reason: String::new(),
        about: Ref::claim("", "clm_a"),
        what,
    };
    let decisions = [decide(Ruling::Accept), decide(Ruling::Verify)];
    let (readings, overview) = Overview::of_decided(readings(), &decisions);
    let text = roundup(&readings, &overview, Language::of_tag("en").unwrap()).markdown();
    let line = "killing two” (offered: video; found true by desk 1; report: a.txt). [clm_a]";
    assert!(text.contains(line), "{text}");
}

#[test]
fn a_part_of_a_ledger_is_told_alone() {
    let readings = readings();
    let told = |part: &Selection| {
        let overview = Overview::of(&readings).only(&readings, part);
        roundup(&readings, &overview, Language::of_tag("en").unwrap()).markdown()
    };
    let ganja = Selection {
        place: Some("ganja".into()),
        ..Selection::default()
    };
    let text = told(&ganja);
    assert!(
        text.contains("[clm_a]") && text.contains("[clm_b]") && !text.contains("[clm_h]"),
        "{text}"
    );
    let later = Selection {
        period: Some("2021".into()),
        ..Selection::default()
    };
    assert!(!told(&later).contains("[clm_"));
    let iran = Selection {
        parties: vec!["IRN".into()],
        ..Selection::default()
    };
    assert!(!told(&iran).contains("[clm_"));
}
