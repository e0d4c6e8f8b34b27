//! What people decided, and what a ledger makes of it.

use counterclaim_claims::Reading;
use counterclaim_ledger::{Checked, ClaimRef, Decision, Finding, Overview, Ref, Ruling};
use serde_json::{Value, json};

/// A report of one strike on a town.
fn report(name: &str, town: &str) -> Reading {
    let lat = if town == "Aleppo" { 36.2 } else { 33.1 };
    let event = json!({"act": "airstrike", "actor": [{"party": "SYR"}], "time": "2016-05-01",
        "place": [{"name": town, "lat": lat, "lon": 37.0, "kind": "city"}]});
    read(
        name,
        &[json!({"id": format!("clm_{name}"), "start": 0, "end": 9, "events": [event]})],
    )
}

fn read(name: &str, claims: &[Value]) -> Reading {
    let document = json!({"id": name, "uri": name, "published": "2016-05-02", "text": "0123456789"});
    serde_json::from_value(json!({"document": document, "claims": claims})).unwrap()
}

fn about(name: &str) -> Ref {
    Ref::claim(name, format!("clm_{name}"))
}

fn decide(day: u8, reviewer: &str, about: Ref, what: Ruling) -> Decision {
    Decision {
        at: format!("2016-06-{day:02}T12:00:00Z"),
        reviewer: reviewer.into(),
        reason: String::new(),
        about,
        what,
    }
}

/// The incidents by the reports that tell of them.
fn incidents(readings: Vec<Reading>, decisions: &[Decision]) -> Vec<String> {
    let (readings, overview) = Overview::of_decided(readings, decisions);
    let name = |mention: &counterclaim_ledger::EventRef| readings[mention.at.reading].document.uri.clone();
    let mut all: Vec<String> = overview
        .incidents
        .iter()
        .map(|i| i.mentions.iter().map(name).collect::<Vec<_>>().join(" "))
        .collect();
    all.sort();
    all
}

fn abc() -> Vec<Reading> {
    vec![report("a", "Aleppo"), report("b", "Aleppo"), report("c", "Hama")]
}

#[test]
fn split_and_join_stay_in_any_order_of_reports_and_decisions() {
    let mut decisions = vec![
        decide(1, "x", about("b"), Ruling::Split(vec![about("a")])),
        decide(2, "x", about("c"), Ruling::Join(about("a"))),
    ];
    for _ in 0..2 {
        let mut readings = abc();
        for _ in 0..3 {
            assert_eq!(incidents(readings.clone(), &decisions), ["a c", "b"]);
            readings.rotate_left(1);
        }
        decisions.reverse();
    }
    // A fourth report that would fit both cannot bring them together again.
    let mut later = abc();
    later.push(report("d", "Aleppo"));
    let told = incidents(later, &decisions);
    assert!(
        told.iter().all(|one| !(one.contains('a') && one.contains('b'))),
        "{told:?}"
    );
}

#[test]
fn of_split_and_join_the_later_holds_and_reopening_takes_back() {
    let split = |day| decide(day, "x", about("b"), Ruling::Split(vec![about("a")]));
    let join = |day| decide(day, "x", about("a"), Ruling::Join(about("b")));
    assert_eq!(incidents(abc(), &[split(1), join(2)]), ["a b", "c"]);
    assert_eq!(incidents(abc(), &[split(2), join(1)]), ["a", "b", "c"]);
    let reopened = decide(3, "x", about("b"), Ruling::Reopen);
    assert_eq!(incidents(abc(), &[split(1), reopened]), ["a b", "c"]);
}

#[test]
fn a_happening_of_its_own_stays_apart_from_all_that_comes() {
    let alone = decide(1, "x", about("b"), Ruling::Split(Vec::new()));
    let mut readings = abc();
    readings.push(report("d", "Aleppo"));
    assert_eq!(
        incidents(readings.clone(), std::slice::from_ref(&alone)),
        ["a d", "b", "c"]
    );
    let (_, overview) = Overview::of_decided(readings, &[alone]);
    assert!(
        overview
            .incidents
            .iter()
            .any(|i| i.reasons == ["told first, split by x"])
    );
}

#[test]
fn what_is_rejected_or_redacted_counts_no_more() {
    for ruling in [Ruling::Reject, Ruling::Redact] {
        let (_, overview) = Overview::of_decided(abc(), &[decide(1, "x", about("a"), ruling.clone())]);
        assert_eq!(overview.incidents.len(), 2, "{ruling:?}");
        assert_eq!(overview.claimants.iter().map(|one| one.claims.len()).sum::<usize>(), 2);
        let (_, overview) = Overview::of_decided(abc(), &[decide(1, "x", Ref::report("a"), ruling)]);
        assert_eq!(overview.incidents.len(), 2);
    }
}

#[test]
fn a_correction_stands_in_the_claims_place_and_outlives_re_reading() {
    let mut corrected = report("a", "Homs").claims[0].clone();
    corrected.id = "other".into();
    let decision = decide(1, "x", about("a"), Ruling::Correct(Box::new(corrected)));
    let (readings, overview) = Overview::of_decided(abc(), std::slice::from_ref(&decision));
    let claim = &readings[0].claims[0];
    assert_eq!(
        (claim.id.as_str(), claim.events[0].place[0].name.as_str()),
        ("clm_a", "Homs")
    );
    assert_eq!(
        overview.review(ClaimRef { reading: 0, claim: 0 }).reading,
        Checked::Corrected
    );
    // A later program reads nothing there.
    let (readings, overview) = Overview::of_decided(vec![read("a", &[])], &[decision]);
    assert_eq!((readings[0].claims[0].id.as_str(), overview.adrift.len()), ("clm_a", 0));
}

#[test]
fn two_people_release_or_one_who_overrides_and_a_correction_takes_it_back() {
    let release = |day, who, overriding| decide(day, who, about("a"), Ruling::Release { overriding });
    let released = |decisions: &[Decision]| {
        let (_, overview) = Overview::of_decided(abc(), decisions);
        overview.review(ClaimRef { reading: 0, claim: 0 }).is_released()
    };
    assert!(!released(&[release(1, "x", false), release(2, "x", false)]));
    assert!(released(&[release(1, "x", false), release(2, "y", false)]));
    assert!(released(&[release(1, "x", true)]));
    let correction = decide(
        3,
        "z",
        about("a"),
        Ruling::Correct(Box::new(report("a", "Homs").claims[0].clone())),
    );
    assert!(!released(&[release(1, "x", false), release(2, "y", false), correction]));
}

#[test]
fn the_last_finding_holds_and_what_is_about_nothing_is_told() {
    let decisions = [
        decide(2, "x", about("a"), Ruling::Refute),
        decide(1, "x", about("a"), Ruling::Verify),
        decide(1, "x", Ref::claim("a", "clm_gone"), Ruling::Accept),
        decide(1, "x", Ref::report("b"), Ruling::Accept),
        decide(1, "x", Ref::report("b"), Ruling::Note),
    ];
    let (_, overview) = Overview::of_decided(abc(), &decisions);
    let review = overview.review(ClaimRef { reading: 0, claim: 0 });
    assert_eq!((review.finding, review.decisions), (Some(Finding::Refuted), vec![1, 0]));
    assert_eq!(overview.adrift, [2, 3]);
}

#[test]
fn decisions_have_a_plain_json_form() {
    let all = [
        (Ruling::Accept, json!("accept")),
        (Ruling::Split(Vec::new()), json!({"split": []})),
        (
            Ruling::Join(Ref::event("a", "b", 1)),
            json!({"join": {"document": "a", "claim": "b", "event": 1}}),
        ),
        (
            Ruling::Release { overriding: true },
            json!({"release": {"overriding": true}}),
        ),
        (
            Ruling::Embargo("2016-07-01T00:00:00Z".into()),
            json!({"embargo": "2016-07-01T00:00:00Z"}),
        ),
    ];
    for (ruling, form) in all {
        assert_eq!(serde_json::to_value(&ruling).unwrap(), form);
        let code = form
            .as_str()
            .map(str::to_owned)
            .or_else(|| form.as_object()?.keys().next().cloned());
        assert_eq!(code.as_deref(), Some(ruling.code()));
        assert_eq!(serde_json::from_value::<Ruling>(form).unwrap(), ruling);
    }
}
