use crate::Overview;
use counterclaim_claims::Reading;
use serde_json::{Value, json};

fn reading(uri: &str, published: &str, claims: &[Value]) -> Reading {
    let line = json!({"document": {"id": uri, "uri": uri, "published": published, "text": " ".repeat(1000)}, "claims": claims});
    serde_json::from_value(line).unwrap()
}

fn claim(number: usize, event: &Value) -> Value {
    json!({"id": format!("clm_{number}"), "start": number * 10, "end": number * 10 + 9, "events": [event]})
}

fn strike(place: &str, lat: f64, time: &str) -> Value {
    json!({"act": "airstrike", "actor": [{"party": "SYR"}], "target": [{"party": "SYROPP"}], "time": time,
        "place": [{"name": place, "lat": lat, "lon": 37.0, "kind": "city"}]})
}

/// The incidents with several mentions, as `report.claim` lists.
fn joined(readings: &[Reading]) -> Vec<String> {
    let overview = Overview::of(readings);
    let name = |mention: &crate::EventRef| {
        let (reading, claim) = mention.at.of(readings);
        format!("{}.{}", reading.document.uri, &claim.id[4..])
    };
    let incidents = overview.incidents.iter().filter(|incident| incident.mentions.len() > 1);
    incidents
        .map(|i| i.mentions.iter().map(name).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn one_strike_in_two_reports_is_one_incident_in_any_order() {
    let a = reading(
        "a",
        "2016-05-02",
        &[
            claim(0, &strike("Aleppo", 36.2, "2016-05-01")),
            claim(1, &strike("Idlib", 35.9, "2016-04-28")),
        ],
    );
    let b = reading("b", "2016-05-03", &[claim(0, &strike("Aleppo", 36.2, "2016-05-01"))]);
    assert_eq!(joined(&[a.clone(), b.clone()]), ["a.0 b.0"]);
    assert_eq!(joined(&[b, a]), ["a.0 b.0"]);
}

#[test]
fn a_later_day_or_another_town_is_another_incident() {
    let on = |uri, place, lat, time| reading(uri, "2016-05-09", &[claim(0, &strike(place, lat, time))]);
    assert!(
        joined(&[
            on("a", "Aleppo", 36.2, "2016-05-01"),
            on("b", "Aleppo", 36.2, "2016-05-04")
        ])
        .is_empty()
    );
    assert!(
        joined(&[
            on("a", "Aleppo", 36.2, "2016-05-01"),
            on("b", "Hama", 33.1, "2016-05-01")
        ])
        .is_empty()
    );
}

#[test]
fn a_toll_told_on_belongs_to_what_was_told_before() {
    let toll =
        json!({"act": "clash", "target": [{"party": "SYROPP"}], "toll": [{"harm": "killed", "min": 12, "max": 12}]});
    let both = json!({"act": "clash", "actor": [{"party": "SYR"}, {"party": "SYROPP"}],
        "place": [{"name": "Aleppo", "lat": 36.2, "lon": 37.0, "kind": "city"}]});
    assert_eq!(
        joined(&[reading("a", "2016-05-02", &[claim(0, &both), claim(1, &toll)])]),
        ["a.0 a.1"]
    );
}

#[test]
fn a_threat_is_no_mention_of_what_happened() {
    let mut threat = claim(1, &strike("Aleppo", 36.2, "2016-05-01"));
    threat["stance"] = json!("threatens");
    assert!(
        joined(&[reading(
            "a",
            "2016-05-02",
            &[claim(0, &strike("Aleppo", 36.2, "2016-05-01")), threat]
        )])
        .is_empty()
    );
}

#[test]
fn an_incident_says_what_it_is_and_why() {
    let on = |uri| reading(uri, "2016-05-02", &[claim(0, &strike("Aleppo", 36.2, "2016-05-01"))]);
    let overview = Overview::of(&[on("a"), on("b")]);
    let incident = &overview.incidents[0];
    assert_eq!(incident.label, "airstrike SYR > SYROPP, Aleppo, 2016-05-01");
    assert_eq!(
        incident.reasons,
        ["told first", "same act, same place, same time, same sides"]
    );
    assert!(incident.id.starts_with("inc_"));
}

#[test]
fn on_a_day_of_many_places_another_town_is_another_incident() {
    // Towns a third of a degree apart: near enough to be named for one another where there are few.
    let on = |n: u32| {
        let town = strike(&format!("Town {n}"), 33.0 + f64::from(n) / 3.0, "2016-05-01");
        reading(&format!("r{n}"), "2016-05-02", &[claim(0, &town)])
    };
    let few: Vec<Reading> = (0..2).map(on).collect();
    assert_eq!(joined(&few), ["r0.0 r1.0"]);
    let many: Vec<Reading> = (0..6).map(on).collect();
    assert!(joined(&many).is_empty(), "{:?}", joined(&many));
}
