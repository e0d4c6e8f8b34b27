//! Reports and decisions in any order of arrival, one by one or many at once, come to what they come to from nothing.

use counterclaim_claims::Reading;
use counterclaim_ledger::{Contract, Decision, Ledger, Overview, Ref, Ruling};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const TOWNS: [(&str, f64, &str); 7] = [
    ("Aleppo", 36.2, "city"),
    ("Anadan", 36.3, "town"),
    ("Idlib", 35.9, "city"),
    ("Hama", 35.1, "city"),
    ("Homs", 34.7, "city"),
    ("Palmyra", 34.5, "city"),
    ("Syria", 35.0, "country"),
];
const WORDS: [&str; 12] = [
    "shells", "fell", "on", "the", "market", "bridge", "at", "dawn", "children", "killed", "depot", "burned",
];

fn event() -> impl Strategy<Value = Value> {
    let act = select(&["airstrike", "shelling", "attack", "clash", "capture-territory", "other"][..]);
    let party = || select(&["SYR", "SYROPP", "RUS", ""][..]);
    let people = |code: &str| {
        if code.is_empty() {
            json!([])
        } else {
            json!([{"party": code}])
        }
    };
    let day = prop_oneof![3 => (1..4u8).prop_map(|day| json!(format!("2016-05-0{day}"))), 1 => Just(Value::Null)];
    let place = subsequence(TOWNS.to_vec(), 0..=2);
    let toll = prop_oneof![2 => Just(json!([])), 1 => (3..6u8).prop_map(|n| json!([{"harm": "killed", "who": "civilian", "min": n, "max": n}]))];
    (act, party(), party(), day, place, toll).prop_map(move |(act, actor, target, time, place, toll)| {
        let place: Vec<Value> = place
            .into_iter()
            .map(|(name, lat, kind)| json!({"name": name, "lat": lat, "lon": 37.0, "kind": kind}))
            .collect();
        json!({"act": act, "actor": people(actor), "target": people(target), "time": time, "place": place, "toll": toll})
    })
}

/// A claim's words, stance, source and events.
type Told = (Vec<&'static str>, &'static str, &'static str, Vec<Value>);

fn claim() -> impl Strategy<Value = Told> {
    (
        subsequence(WORDS.to_vec(), 3..8),
        select(&["asserts", "accuses", "denies", "warns"][..]),
        select(&["SYR", "SYROPP", "RUS"][..]),
        proptest::collection::vec(event(), 0..3),
    )
}

fn report(number: usize, day: u8, told: Vec<Told>) -> Reading {
    let (mut text, mut claims) = (String::new(), Vec::new());
    for (n, (words, stance, party, events)) in told.into_iter().enumerate() {
        let start = text.len();
        text += &words.join(" ");
        claims.push(
            json!({"id": format!("clm_{number}_{n}"), "start": start, "end": text.len(), "voice": "source",
            "stance": stance, "source": [{"party": party}], "events": events}),
        );
        text += ". ";
    }
    let document = json!({"id": format!("sha256:{number}"), "uri": format!("report {number}"),
        "published": format!("2016-05-{:02}", 3 + day), "language": "en", "text": text});
    serde_json::from_value(json!({"document": document, "claims": claims})).unwrap()
}

fn reports(most: usize) -> impl Strategy<Value = Vec<Reading>> {
    let one = (0..6u8, proptest::collection::vec(claim(), 1..5));
    proptest::collection::vec(one, 1..most).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered.map(|(n, (day, told))| report(n, day, told)).collect()
    })
}

fn about(reports: usize) -> impl Strategy<Value = Ref> {
    (0..reports, 0..3u8, 0..2usize).prop_map(|(report, claim, event)| {
        Ref::event(format!("sha256:{report}"), format!("clm_{report}_{claim}"), event)
    })
}

fn decision(reports: usize) -> impl Strategy<Value = Decision> {
    let ruling = prop_oneof![
        3 => about(reports).prop_map(Ruling::Join),
        2 => about(reports).prop_map(|from| Ruling::Split(vec![from])),
        1 => Just(Ruling::Split(Vec::new())),
        1 => Just(Ruling::Reject),
        1 => Just(Ruling::Reopen),
        1 => Just(Ruling::Correct(Box::default())),
    ];
    (about(reports), ruling, 0..60u8).prop_map(|(about, what, minute)| Decision {
        at: format!("2016-06-01T08:{minute:02}:00Z"),
        reviewer: "desk".into(),
        reason: String::new(),
        about,
        what,
    })
}

/// What an overview says, by the documents' names: no number of a reading is in it.
fn said(overview: &Overview, readings: &[Reading]) -> Value {
    serde_json::to_value(Contract::of(overview, readings)).unwrap()
}

/// What comes in.
#[derive(Debug, Clone)]
enum Come {
    Reports(Vec<Reading>),
    Decisions(Vec<Decision>),
}

/// Reports and decisions, and the same in parts and in another order.
fn arrivals() -> impl Strategy<Value = (Vec<Reading>, Vec<Decision>, Vec<Come>)> {
    (reports(12), proptest::collection::vec(decision(12), 0..4)).prop_flat_map(|(readings, decisions)| {
        let shuffled = (
            Just(readings.clone()).prop_shuffle(),
            proptest::collection::vec(1..4usize, 12),
        );
        let parts = shuffled.prop_map(|(mut rest, sizes)| {
            let mut parts = Vec::new();
            for size in sizes {
                let part: Vec<Reading> = rest.drain(..size.min(rest.len())).collect();
                parts.push(Come::Reports(part));
            }
            parts.push(Come::Reports(rest));
            parts
        });
        let decided: Vec<Come> = decisions.iter().map(|one| Come::Decisions(vec![one.clone()])).collect();
        let all = parts.prop_map(move |mut parts| {
            parts.extend(decided.clone());
            parts
        });
        (Just(readings), Just(decisions), all.prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_and_in_any_parts_it_is_the_same((readings, decisions, arrivals) in arrivals()) {
        let (left, whole) = Overview::of_decided(readings, &decisions);
        let mut ledger = Ledger::default();
        for come in arrivals {
            match come {
                Come::Reports(some) => ledger.add(some),
                Come::Decisions(some) => ledger.decide(some),
            }
        }
        prop_assert_eq!(said(&ledger.overview(), ledger.readings()), said(&whole, &left));
    }

    #[test]
    fn what_is_read_again_is_as_if_it_had_been_read_so_from_the_beginning(
        readings in reports(10),
        others in reports(10),
    ) {
        let mut ledger = Ledger::default();
        ledger.add(readings.clone());
        let mut last = readings;
        for (n, other) in others.into_iter().enumerate().take(last.len()) {
            ledger.read_again(n, other.clone());
            last[n] = other;
        }
        prop_assert_eq!(said(&ledger.overview(), ledger.readings()), said(&Overview::of(&last), &last));
    }
}

/// A hundred reports of one place and day, told before, after and between those that are there: no mention is held against more than
/// some that follow it, and which they are changes with what comes between.
#[test]
fn what_comes_between_is_the_same_as_from_nothing() {
    let of = |number: usize| {
        let words = vec!["shells", "fell", WORDS[number % WORDS.len()]];
        let event = |act: &str, day: Value| json!({"act": act, "actor": [{"party": "SYR"}], "time": day, "place": [{"name": "Aleppo", "lat": 36.2, "lon": 37.1, "kind": "city"}]});
        let day = json!(format!("2016-05-0{}", 1 + number % 5));
        let acts = ["shelling", "airstrike", "attack", "clash"];
        let told = vec![
            (
                words.clone(),
                "asserts",
                "SYROPP",
                vec![event(acts[number % 4], day.clone())],
            ),
            (
                words,
                "asserts",
                "SYROPP",
                vec![event(
                    acts[number % 3],
                    if number.is_multiple_of(7) { Value::Null } else { day },
                )],
            ),
        ];
        report(number, (number % 9) as u8, told)
    };
    let readings: Vec<Reading> = (0..150).map(of).collect();
    let mut ledger = Ledger::default();
    for part in 0..7 {
        ledger.add(readings.iter().skip(part).step_by(7).cloned());
    }
    // And some go, and come back.
    for n in [3, 70, 149] {
        let back = ledger.readings()[n].clone();
        let mut gone = back.clone();
        gone.claims.clear();
        ledger.read_again(n, gone);
        ledger.read_again(n, back);
    }
    assert_eq!(
        said(&ledger.overview(), ledger.readings()),
        said(&Overview::of(&readings), &readings)
    );
}
