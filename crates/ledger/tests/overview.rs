//! Small readings and what a ledger makes of them.

use counterclaim_claims::Reading;
use counterclaim_ledger::{DisputeKind, Overview, Reason, Who, label};
use serde_json::{Value, json};

/// A claim over code points `at..at + 1`.
fn claim(at: usize, party: &str, stance: &str, event: Value) -> Value {
    json!({"id": format!("clm_{at}"), "start": at, "end": at + 1, "voice": "source", "stance": stance,
        "source": [{"party": party}], "events": [event]})
}

fn report(uri: &str, published: &str, claims: &[Value]) -> Reading {
    serde_json::from_value(
        json!({"document": {"uri": uri, "published": published, "text": "0123456789"}, "claims": claims}),
    )
    .unwrap()
}

fn event(act: &str, actor: &str, place: &str) -> Value {
    let place = if place.is_empty() {
        json!([])
    } else {
        json!([{"name": place}])
    };
    json!({"act": act, "actor": [{"party": actor}], "place": place})
}

fn toll(place: &str, min: Option<u64>, max: Option<u64>) -> Value {
    json!({"act": "missile-strike", "place": [{"name": place}],
        "toll": [{"harm": "killed", "who": "civilian", "min": min, "max": max}]})
}

fn kinds(overview: &Overview) -> Vec<(&'static str, usize, usize)> {
    overview
        .disputes
        .iter()
        .map(|d| (d.kind.code(), d.a.claim, d.b.claim))
        .collect()
}

#[test]
fn a_denial_meets_the_accusation_it_answers_also_in_another_report() {
    let accused = report(
        "a",
        "2020-10-04",
        &[claim(0, "AZE", "accuses", event("shelling", "ARM", "Ganja"))],
    );
    let denied = report(
        "b",
        "2020-10-05",
        &[claim(1, "ARM", "denies", event("shelling", "ARM", "Ganja"))],
    );
    let elsewhere = report(
        "c",
        "2020-10-05",
        &[claim(2, "ARM", "denies", event("shelling", "ARM", "Barda"))],
    );
    let overview = Overview::of(&[accused, denied, elsewhere]);
    assert_eq!(overview.disputes.len(), 1);
    let dispute = &overview.disputes[0];
    assert_eq!(
        (dispute.kind, dispute.a.reading, dispute.b.reading),
        (DisputeKind::Denial, 1, 0)
    );
    assert!(dispute.reasons.contains(&Reason::Accused("ARM".into())));
    assert!(dispute.reasons.contains(&Reason::SamePlace("Ganja".into())));
}

#[test]
fn an_old_accusation_and_another_doer_are_not_denied() {
    let old = report(
        "a",
        "2020-07-14",
        &[claim(0, "AZE", "accuses", event("shelling", "ARM", "Ganja"))],
    );
    let other = report(
        "b",
        "2020-10-05",
        &[claim(1, "AZE", "asserts", event("shelling", "IRN", "Ganja"))],
    );
    let denial = report(
        "c",
        "2020-10-05",
        &[claim(2, "ARM", "denies", event("shelling", "ARM", "Ganja"))],
    );
    assert_eq!(Overview::of(&[old, other, denial]).disputes, []);
}

#[test]
fn a_denial_that_names_no_deed_answers_what_was_last_laid_to_the_denier() {
    let claims = [
        claim(0, "AZE", "accuses", event("shelling", "ARM", "Ganja")),
        claim(1, "AZE", "asserts", event("capture-territory", "AZE", "Hadrut")),
        claim(2, "ARM", "denies", json!({})),
        claim(3, "AZE", "accuses", event("shelling", "ARM", "Barda")),
    ];
    let overview = Overview::of(&[report("a", "2020-10-04", &claims)]);
    assert_eq!(kinds(&overview), [("denial", 2, 0)]);
    assert_eq!(
        overview.disputes[0].reasons,
        [Reason::Accused("ARM".into()), Reason::Answers]
    );
}

#[test]
fn a_denial_of_a_means_or_of_a_loss_answers_only_what_tells_of_it() {
    let with = |mut event: Value, field: &str, value: Value| {
        event[field] = value;
        event
    };
    let lost = |class: &str| json!([{"class": class, "harm": "destroyed", "party": "AZE"}]);
    let bombs = json!(["cluster-munition"]);
    let claims = [
        claim(0, "ARM", "accuses", event("shelling", "AZE", "Hadrut")),
        claim(
            1,
            "ARM",
            "accuses",
            with(event("shelling", "AZE", "Hadrut"), "weapon", bombs.clone()),
        ),
        claim(
            2,
            "AZE",
            "denies",
            with(event("shelling", "AZE", "Hadrut"), "weapon", bombs),
        ),
        claim(
            3,
            "ARM",
            "asserts",
            with(event("destroy-equipment", "ARM", ""), "losses", lost("tank")),
        ),
        claim(
            4,
            "ARM",
            "asserts",
            with(event("destroy-equipment", "ARM", ""), "losses", lost("aircraft")),
        ),
        claim(
            5,
            "AZE",
            "denies",
            with(event("destroy-equipment", "ARM", ""), "losses", lost("aircraft")),
        ),
    ];
    let overview = Overview::of(&[report("a", "2020-10-04", &claims)]);
    assert_eq!(kinds(&overview), [("denial", 2, 1), ("denial", 5, 4)]);
}

#[test]
fn a_denial_does_not_answer_what_is_said_later_or_elsewhere() {
    let denial = report(
        "a",
        "2020-10-04",
        &[claim(0, "ARM", "denies", event("shelling", "ARM", ""))],
    );
    let later = report(
        "b",
        "2020-10-08",
        &[claim(1, "AZE", "accuses", event("shelling", "ARM", ""))],
    );
    let same_day = report(
        "c",
        "2020-10-04",
        &[claim(2, "AZE", "accuses", event("shelling", "ARM", "Ganja"))],
    );
    assert_eq!(Overview::of(&[denial, later, same_day]).disputes, []);
}

#[test]
fn who_accuse_each_other_do_not_deny() {
    let both = report(
        "a",
        "2020-10-04",
        &[
            claim(0, "ARM", "accuses", event("attack", "AZE", "Stepanakert")),
            claim(1, "AZE", "accuses", event("attack", "ARM", "Ganja")),
            claim(2, "AZE", "asserts", event("clash", "ARM", "")),
        ],
    );
    assert_eq!(kinds(&Overview::of(&[both])), [("mirrored-accusation", 0, 1)]);
}

#[test]
fn tolls_conflict_where_their_bounds_do_not_meet() {
    let day = "2020-10-12";
    let readings = |b: Value| {
        [
            report(
                "a",
                day,
                &[claim(0, "AZE", "asserts", toll("Ganja", Some(10), Some(10)))],
            ),
            report("b", day, &[claim(1, "NKR", "asserts", b)]),
        ]
    };
    let conflict = Overview::of(&readings(toll("Ganja", Some(2), Some(2))));
    assert_eq!(kinds(&conflict), [("toll-conflict", 0, 0)]);
    assert!(
        conflict.disputes[0]
            .reasons
            .contains(&Reason::Apart("10".into(), "2".into()))
    );
    assert_eq!(
        Overview::of(&readings(toll("Ganja", Some(5), None))).disputes,
        [],
        "at least 5 may be 10"
    );
    assert_eq!(
        Overview::of(&readings(toll("Barda", Some(2), Some(2)))).disputes,
        [],
        "elsewhere"
    );
}

#[test]
fn a_toll_that_grows_over_days_or_is_history_is_no_conflict() {
    let a = report(
        "a",
        "2020-10-04",
        &[claim(0, "AZE", "asserts", toll("Ganja", Some(1), Some(1)))],
    );
    let later = report(
        "b",
        "2020-10-12",
        &[claim(1, "RUS", "asserts", toll("Ganja", Some(10), Some(10)))],
    );
    assert_eq!(Overview::of(&[a.clone(), later]).disputes, []);
    let mut history = claim(1, "RUS", "asserts", toll("Ganja", Some(10), Some(10)));
    history["background"] = json!(true);
    let overview = Overview::of(&[a, report("b", "2020-10-04", &[history])]);
    assert_eq!(
        (
            overview.disputes.len(),
            overview.tolls[0].by.len(),
            overview.background_tolls[0].by.len()
        ),
        (0, 1, 1)
    );
}

#[test]
fn tolls_stand_by_source_and_are_never_added_up() {
    let on = |min, max| {
        let mut event = toll("Ganja", min, max);
        event["time"] = json!("2020-10-11");
        event
    };
    let claims = [
        claim(0, "AZE", "asserts", on(Some(7), Some(7))),
        claim(1, "AZE", "asserts", on(Some(7), Some(7))),
        claim(2, "ARM", "asserts", on(Some(3), None)),
    ];
    let overview = Overview::of(&[report("a", "2020-10-11", &claims)]);
    let row = &overview.tolls[0];
    let by: Vec<_> = row
        .by
        .iter()
        .map(|f| {
            (
                f.source[0].party().unwrap(),
                label::range(f.min, f.max, f.approx),
                f.claims.len(),
            )
        })
        .collect();
    assert_eq!(by, [("ARM", "≥3".to_owned(), 1), ("AZE", "7".to_owned(), 2)]);
    assert_eq!((overview.tolls.len(), row.range()), (1, (Some(3), None)));
}

#[test]
fn claims_are_put_together_by_claimant_and_the_outlet_is_one() {
    let mut own = claim(2, "ARM", "asserts", event("clash", "ARM", ""));
    own["voice"] = json!("report");
    own["source"] = json!([]);
    let mut unnamed = own.clone();
    unnamed["voice"] = json!("source");
    let claims = [
        claim(0, "AZE", "asserts", event("clash", "ARM", "")),
        claim(1, "ARM", "asserts", event("clash", "ARM", "")),
        own,
        unnamed,
    ];
    let overview = Overview::of(&[
        report("a.txt", "2020-10-04", &claims),
        report("b.txt", "2020-10-04", &claims[..1]),
    ]);
    let who: Vec<_> = overview
        .claimants
        .iter()
        .map(|c| (c.who.clone(), c.claims.len()))
        .collect();
    let party = |code: &str| Who::Party {
        code: code.into(),
        sector: counterclaim_claims::Sector::Unk,
    };
    assert_eq!(
        who,
        [
            (party("AZE"), 2),
            (party("ARM"), 1),
            (Who::Nobody, 1),
            (Who::Outlet("a.txt".into()), 1)
        ]
    );
}

#[test]
fn the_same_readings_give_the_same_ids() {
    let both = [
        report(
            "a",
            "2020-10-04",
            &[claim(0, "AZE", "accuses", event("shelling", "ARM", "Ganja"))],
        ),
        report(
            "b",
            "2020-10-05",
            &[claim(1, "ARM", "denies", event("shelling", "ARM", "Ganja"))],
        ),
    ];
    let (one, two) = (Overview::of(&both), Overview::of(&both));
    assert_eq!(one, two);
    assert_eq!(one.disputes[0].id, "dis_72939835a8ca9b02");
}
