//! How claims stand: what contradicts them, what bears them out, who repeats whom, and when.

use counterclaim_claims::Reading;
use counterclaim_ledger::{ClaimRef, Overview, Standing, TollScope, Why, label};
use serde_json::{Value, json};

/// A report whose claims lie on the sentences of its text, one after the other: party, stance, words, event.
fn report(uri: &str, published: &str, told: &[(&str, &str, &str, Value)]) -> Reading {
    let (mut text, mut claims) = (String::new(), Vec::new());
    for (n, (party, stance, words, event)) in told.iter().enumerate() {
        let start = text.chars().count();
        text += words;
        let end = text.chars().count();
        text += ". ";
        claims.push(
            json!({"id": format!("clm_{uri}{n}"), "start": start, "end": end, "voice": "source", "stance": stance,
            "source": [{"party": party, "sector": "GOV"}], "events": [event]}),
        );
    }
    let document = json!({"id": uri, "uri": uri, "published": published, "language": "en", "text": text});
    serde_json::from_value(json!({"document": document, "claims": claims})).unwrap()
}

fn at(reading: usize, claim: usize) -> ClaimRef {
    ClaimRef { reading, claim }
}

fn event(act: &str, actor: &str, target: &str) -> Value {
    let people = |code: &str| {
        if code.is_empty() {
            json!([])
        } else {
            json!([{"party": code}])
        }
    };
    json!({"act": act, "actor": people(actor), "target": people(target), "time": "2020-10-04",
        "place": [{"name": "Ganja", "lat": 40.68, "lon": 46.36, "kind": "city"}]})
}

fn with(mut event: Value, key: &str, value: Value) -> Value {
    event[key] = value;
    event
}

fn loss(class: &str, harm: &str, party: &str) -> Value {
    json!([{"class": class, "harm": harm, "party": party, "min": 1, "max": 1}])
}

fn kinds(readings: &[Reading]) -> Vec<&'static str> {
    Overview::of(readings)
        .disputes
        .iter()
        .map(|one| one.kind.code())
        .collect()
}

#[test]
fn one_happening_that_ends_in_two_ways_is_an_outcome_conflict() {
    let strike = event("missile-strike", "ARM", "AZE");
    let sunk = with(strike.clone(), "losses", loss("ship", "destroyed", "AZE"));
    let hit = with(strike, "losses", loss("ship", "damaged", "AZE"));
    let down = with(
        event("shoot-down", "ARM", "AZE"),
        "losses",
        loss("aircraft", "shot-down", "AZE"),
    );
    let back = with(event("other", "AZE", ""), "losses", json!([]));
    let taken = event("capture-territory", "ARM", "");
    let repulsed = event("ground-assault", "ARM", "AZE");
    let freed = event("prisoner-exchange", "ARM", "AZE");
    let killed = event("execution", "ARM", "AZE");
    for (a, b, words) in [
        (&sunk, &hit, "the frigate can still sail"),
        (&down, &back, "the pilot landed safely"),
        (&taken, &repulsed, "the attack was repulsed"),
        (&freed, &killed, "the captives were shot"),
    ] {
        let one = report(
            "a",
            "2020-10-04",
            &[("ARM", "asserts", "this is how it went", a.clone())],
        );
        let other = report("b", "2020-10-05", &[("AZE", "asserts", words, b.clone())]);
        assert_eq!(kinds(&[one, other]), ["outcome-conflict"], "{words}");
    }
    // The same end, and an attack of which nobody says how it ended.
    for (a, b, words) in [
        (&sunk, &sunk, "the ship went down"),
        (&taken, &repulsed, "the town was attacked"),
    ] {
        let one = report(
            "a",
            "2020-10-04",
            &[("ARM", "asserts", "this is how it went", a.clone())],
        );
        let other = report("b", "2020-10-05", &[("AZE", "asserts", words, b.clone())]);
        assert_eq!(kinds(&[one, other]), Vec::<&str>::new(), "{words}");
    }
}

#[test]
fn a_source_takes_back_its_own_claim_and_nobody_elses() {
    let hit = event("missile-strike", "ARM", "AZE");
    let said = |party| {
        report(
            "a",
            "2020-10-04",
            &[(party, "asserts", "a missile hit the town", hit.clone())],
        )
    };
    let back = report(
        "b",
        "2020-10-06",
        &[(
            "AZE",
            "asserts",
            "it retracted that a missile hit the town",
            hit.clone(),
        )],
    );
    let overview = Overview::of(&[said("AZE"), back.clone()]);
    assert_eq!(
        overview.disputes.iter().map(|one| one.kind.code()).collect::<Vec<_>>(),
        ["withdrawn"]
    );
    assert_eq!(overview.status(at(0, 0)).standing, Standing::Withdrawn);
    assert_eq!(kinds(&[said("RUS"), back]), Vec::<&str>::new());
}

#[test]
fn an_answer_in_words_is_a_denial_of_the_one_it_speaks_of() {
    let gain = event("capture-territory", "ARM", "");
    let words = json!({"act": "other", "actor": [{"party": "ARM"}]});
    let claims = |said: &'static str| {
        [
            ("ARM", "asserts", "the army took the heights", gain.clone()),
            ("AZE", "asserts", said, words.clone()),
        ]
    };
    let report = |said| report("a", "2020-10-04", &claims(said));
    assert_eq!(kinds(&[report("the enemy lives on illusory gains")]), ["denial"]);
    assert_eq!(kinds(&[report("the enemy is not exaggerating")]), Vec::<&str>::new());
    assert_eq!(kinds(&[report("the enemy is stubborn")]), Vec::<&str>::new());
}

#[test]
fn that_no_foreigner_serves_is_denied_in_whatever_month() {
    let officers = json!({"act": "support-militarily", "actor": [{"party": "TUR"}], "target": [{"party": "AZE"}]});
    let none = json!({"act": "support-militarily", "negated": true, "target": [{"party": "AZE"}]});
    let said = report(
        "a",
        "2020-07-04",
        &[("ARM", "asserts", "officers command there", officers)],
    );
    let denied = report("b", "2020-10-05", &[("AZE", "denies", "no foreigner serves", none)]);
    assert_eq!(kinds(&[said, denied]), ["denial"]);
}

#[test]
fn ten_papers_that_repeat_one_source_are_one_source() {
    let toll = json!([{"harm": "killed", "who": "civilian", "min": 7, "max": 7}]);
    let hit = with(event("missile-strike", "ARM", "AZE"), "toll", toll);
    let said = (
        "AZE",
        "accuses",
        "a missile of theirs killed seven people in the town",
        hit,
    );
    let own = "so many other things were told that day that a paper of its own was filled with them";
    let papers: Vec<Reading> = (0..10)
        .map(|n| {
            let day = format!("2020-10-{:02}", 5 + n);
            let mut paper = report(&format!("p{n}"), &day, std::slice::from_ref(&said));
            paper.document.text += &format!("{own} {n}");
            paper
        })
        .collect();
    let overview = Overview::of(&papers);
    assert_eq!(
        overview
            .claimants
            .iter()
            .map(|one| one.claims.len())
            .collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(
        (overview.statements.len(), overview.statements[0].repeats.len()),
        (1, 9)
    );
    let figure = &overview.tolls[0].by[0];
    assert_eq!(
        (overview.tolls[0].by.len(), figure.claims.len(), figure.said.as_deref()),
        (1, 10, Some("2020-10-05"))
    );
    assert!(overview.statuses.is_empty(), "nobody else bears it out");
}

#[test]
fn one_side_bears_its_own_out_no_more_than_its_friends_but_a_third_party_does() {
    let hit = event("shelling", "ARM", "AZE");
    let friend = event("shelling", "ARM", "TUR");
    let said =
        |uri, party, words, event: &Value| report(uri, "2020-10-04", &[(party, "asserts", words, event.clone())]);
    let first = said("a", "AZE", "shells hit the town", &hit);
    // Turkey is told to be shelled by the same: it is of one side.
    let friends = [
        first.clone(),
        said("b", "TUR", "shells fell on the town", &hit),
        said("c", "TUR", "our post was hit", &friend),
    ];
    assert_eq!(Overview::of(&friends).status(at(0, 0)).standing, Standing::Asserted);
    let others = [first, said("b", "ICRC", "shells fell on the town", &hit)];
    let overview = Overview::of(&others);
    let status = overview.status(at(0, 0));
    assert_eq!(status.standing, Standing::Corroborated);
    assert_eq!(status.why, [Why::Alike(at(1, 0))]);
}

#[test]
fn a_newer_figure_of_a_source_takes_the_place_of_its_older_one() {
    let toll = |n: u64| json!([{"harm": "killed", "who": "civilian", "min": n, "max": n}]);
    let hit = |n| with(event("missile-strike", "ARM", "AZE"), "toll", toll(n));
    let since = |n| {
        json!({"act": "clash", "target": [{"party": "AZE"}], "time": "2020-09-27/..",
        "toll": [{"harm": "killed", "who": "military", "party": "AZE", "min": n, "max": n}]})
    };
    let readings = [
        report("a", "2020-10-05", &[("AZE", "asserts", "seven died in it", hit(7))]),
        report(
            "b",
            "2020-10-06",
            &[
                ("AZE", "asserts", "nine people died there", hit(9)),
                ("AZE", "asserts", "so many fell", since(50)),
            ],
        ),
        report(
            "c",
            "2020-10-08",
            &[("AZE", "asserts", "more soldiers have fallen", since(60))],
        ),
    ];
    let overview = Overview::of(&readings);
    let told: Vec<_> = overview
        .tolls
        .iter()
        .map(|row| {
            let range = |one: &counterclaim_ledger::TollFigure| label::range(one.min, one.max, one.approx);
            let earlier: Vec<_> = row.by[0].earlier.iter().map(range).collect();
            (
                matches!(row.scope, TollScope::Incident(_)),
                range(&row.by[0]),
                earlier,
                row.by.len(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (true, "9".into(), vec!["7".to_owned()], 1),
            (false, "60".into(), vec!["50".to_owned()], 1)
        ]
    );
}

#[test]
fn a_timeline_says_what_is_told_of_when_and_who_told_it_first() {
    let on = |day: &str, place: &str| json!({"act": "shelling", "actor": [{"party": "ARM"}], "target": [{"party": "AZE"}], "time": day, "place": [{"name": place}]});
    let readings = [
        report(
            "b",
            "2020-10-07",
            &[("AZE", "asserts", "they shelled the village", on("2020-10-02", "Barda"))],
        ),
        report(
            "a",
            "2020-10-05",
            &[("AZE", "asserts", "they shelled the town", on("2020-10-04", "Ganja"))],
        ),
        report(
            "c",
            "2020-10-06",
            &[("ARM", "denies", "they shelled the town", on("2020-10-04", "Ganja"))],
        ),
    ];
    let overview = Overview::of(&readings);
    let conflict = &overview.conflicts[0];
    assert_eq!(
        (overview.conflicts.len(), &*conflict.parties),
        (1, &["ARM".to_owned(), "AZE".to_owned()][..])
    );
    let told: Vec<_> = conflict
        .moments
        .iter()
        .map(|one| {
            let who: Vec<_> = one.tellers.iter().filter_map(|teller| teller.who[0].party()).collect();
            (one.when.as_deref().unwrap(), who)
        })
        .collect();
    assert_eq!(told, [("2020-10-02", vec!["AZE"]), ("2020-10-04", vec!["AZE", "ARM"])]);
    assert_eq!(
        conflict.parts,
        [("Barda".to_owned(), vec![0]), ("Ganja".to_owned(), vec![1])]
    );
}

#[test]
fn only_what_is_told_of_the_same_town_and_days_bears_a_claim_out() {
    let strike = event("shelling", "ARM", "AZE");
    let other = |event: Value| {
        let ours = report(
            "a",
            "2020-10-05",
            &[("AZE", "asserts", "Ganja was shelled", strike.clone())],
        );
        let theirs = report("b", "2020-10-05", &[("TUR", "asserts", "It was shelled", event)]);
        Overview::of(&[ours, theirs]).status(at(0, 0)).standing
    };
    assert_eq!(other(strike.clone()), Standing::Corroborated);
    let elsewhere = json!([{"name": "Barda", "lat": 40.37, "lon": 47.13, "kind": "city"}]);
    assert_eq!(other(with(strike.clone(), "place", elsewhere)), Standing::Asserted);
    assert_eq!(other(with(strike.clone(), "place", json!([]))), Standing::Asserted);
    assert_eq!(
        other(with(strike.clone(), "time", json!("2020-10-03"))),
        Standing::Asserted
    );
}
