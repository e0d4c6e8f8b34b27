//! The rules of other people's formats, a test a rule. Where each rule is from stands beside it.

use crate::common::{by, export, ganja, one_row, report, rows, shelling, two_sides};
use counterclaim_export::{Format, Why};
use serde_json::{Value, json};

// ACLED

/// FAQ on fatalities: one whole number an event; where sources differ, the most conservative; the difference goes into the notes.
#[test]
fn acled_fatalities_are_the_least_figure_and_notes_say_that_sources_differ() {
    let (out, sidecar) = export(Format::Acled, two_sides());
    let rows = rows(&out);
    assert_eq!(rows.len(), 1, "{out}");
    assert_eq!(rows[0]["fatalities"], "1");
    assert!(
        rows[0]["notes"].contains("Sources differ on the number killed."),
        "{}",
        rows[0]["notes"]
    );
    assert!(rows[0]["notes"].contains("≥3") && sidecar.made[0].why.contains(&Why::FiguresDiffer));
    let alone = one_row(
        Format::Acled,
        "one died",
        shelling(json!({"toll": [{"harm": "killed", "min": 2, "max": 2}]})),
    );
    assert_eq!(alone["fatalities"], "2");
    assert!(!alone["notes"].contains("Sources differ"));
    // What nobody tells is not 0.
    assert_eq!(
        one_row(Format::Acled, "shells fell", shelling(json!({})))["fatalities"],
        ""
    );
}

/// FAQ on fatalities: "tens" is 10, "dozens" 12, "hundreds" 100 and so on, in every language.
#[test]
fn acled_vague_words_count_as_its_values() {
    for (words, min, max, counts) in [
        ("dozens were killed", 20, 99, "12"),
        ("tens of people were killed", 20, 99, "10"),
        ("hundreds were killed", 200, 999, "100"),
        ("thousands were killed", 2000, 9999, "1000"),
        ("tens of thousands were killed", 20000, 99999, "10000"),
        ("hàng chục người thiệt mạng", 20, 99, "10"),
        ("hàng trăm người thiệt mạng", 200, 999, "100"),
        ("hàng nghìn người thiệt mạng", 2000, 9999, "1000"),
        // What is told in no such word stays as it is.
        ("20 to 99 people were killed", 20, 99, "20"),
        ("twelve were killed, hundreds fled", 12, 12, "12"),
    ] {
        let row = one_row(
            Format::Acled,
            words,
            shelling(json!({"toll": [{"harm": "killed", "min": min, "max": max}]})),
        );
        assert_eq!(row["fatalities"], counts, "{words}");
    }
}

/// FAQ on fatalities: injuries are not coded, and deaths are not split by who died; both may stand in notes.
#[test]
fn acled_has_no_column_for_injuries_or_kinds_of_victims_and_the_sidecar_keeps_them() {
    let columns = Format::Acled.columns();
    assert_eq!(columns.len(), 31);
    assert!(
        !columns
            .iter()
            .any(|column| column.contains("injur") || column.contains("wound") || column.contains("civilians"))
    );
    let (out, sidecar) = export(Format::Acled, two_sides());
    assert!(rows(&out)[0]["notes"].contains("wounded civilian"));
    let tolls = serde_json::to_value(&sidecar.made[0].tolls).unwrap();
    assert_eq!(tolls.as_array().unwrap().len(), 3);
    assert!(tolls.to_string().contains(r#""harm":"wounded""#) && tolls.to_string().contains(r#""who":"civilian""#));
}

/// Codebook: actor1 and actor2 imply no direction. ACLED's tables are read by their notes alone, so that none is taken for one;
/// what we write says in its sidecar which column is made of whom.
#[test]
fn acled_actors_imply_no_direction() {
    let clash = |actors: Value| json!({"act": "clash", "actor": actors, "place": ganja(), "time": "2020-10-04"});
    let one = one_row(
        Format::Acled,
        "a",
        clash(json!([{"party": "ARM", "sector": "MIL"}, {"party": "AZE", "sector": "MIL"}])),
    );
    let two = one_row(
        Format::Acled,
        "a",
        clash(json!([{"party": "AZE", "sector": "MIL"}, {"party": "ARM", "sector": "MIL"}])),
    );
    assert_eq!((&one["actor1"], &one["actor2"]), (&two["actor2"], &two["actor1"]));
    assert_eq!((one["interaction"].as_str(), two["interaction"].as_str()), ("18", "18"));
}

/// `acled_old_dummy`: interaction ends in 0 where there is no second actor; then actor2 is empty.
#[test]
fn acled_interaction_ends_in_0_exactly_where_there_is_no_second_actor() {
    let sole = one_row(Format::Acled, "a", shelling(json!({"target": []})));
    let two = one_row(Format::Acled, "a", shelling(json!({})));
    // A target whose kind is not told stands beside the second actor.
    let untold = one_row(Format::Acled, "a", shelling(json!({"target": [{"party": "AZE"}]})));
    for row in [&sole, &two, &untold] {
        assert_eq!(row["inter2"] == "0", row["actor2"].is_empty());
        assert_eq!(row["interaction"].ends_with('0'), row["actor2"].is_empty());
    }
    assert_eq!((sole["interaction"].as_str(), sole["inter1"].as_str()), ("80", "8"));
    assert_eq!(
        (two["interaction"].as_str(), two["actor2"].as_str()),
        ("78", "Civilians (Azerbaijan)")
    );
    assert_eq!(untold["assoc_actor_2"], "Azerbaijan");
}

/// Since 2026: the country may be a body of water, which no list of states has.
#[test]
fn acled_country_may_be_a_body_of_water() {
    let sea = json!([{"name": "Red Sea", "lat": 20.0, "lon": 38.5, "kind": "sea"}]);
    let row = one_row(
        Format::Acled,
        "a",
        shelling(json!({"place": sea, "act": "missile-strike"})),
    );
    assert_eq!(
        (row["country"].as_str(), row["iso"].as_str(), row["region"].as_str()),
        ("Red Sea", "", "")
    );
    // A place that no state is commonly said to own has none.
    let row = one_row(
        Format::Acled,
        "a",
        shelling(json!({"place": [{"name": "Stepanakert", "kind": "city"}]})),
    );
    assert_eq!((row["country"].as_str(), row["location"].as_str()), ("", "Stepanakert"));
}

/// ACLED prints both labels of an event that is both, joined by "; ".
#[test]
fn acled_disorder_types_are_split_at_semicolons() {
    let list = include_str!("../../lists/acled_event_types.tsv");
    let both = list.lines().find(|line| line.starts_with("Excessive force")).unwrap();
    let labels: Vec<_> = both.split('\t').nth(2).unwrap().split("; ").collect();
    assert_eq!(labels, ["Political violence", "Demonstrations"]);
    let row = one_row(
        Format::Acled,
        "a",
        json!({"act": "protest", "place": ganja(), "time": "2020-10-04"}),
    );
    assert_eq!(
        (row["disorder_type"].as_str(), row["event_type"].as_str()),
        ("Demonstrations", "Protests")
    );
}

// UCDP GED

fn killed(parts: Value) -> Value {
    shelling(
        json!({"act": "clash", "actor": [{"party": "ARM", "sector": "MIL"}, {"party": "AZE", "sector": "MIL"}], "target": [], "toll": parts}),
    )
}

fn number(cell: &str) -> u64 {
    cell.parse().unwrap()
}

/// Measured over its tables: the four columns of deaths add up to the best figure.
#[test]
fn ucdp_deaths_add_up_to_best() {
    for parts in [
        json!([{"harm": "killed", "who": "military", "party": "AZE", "min": 4, "max": 4}, {"harm": "killed", "who": "civilian", "min": 3, "max": 3}]),
        json!([{"harm": "killed", "who": "unknown", "min": 9, "max": 9}, {"harm": "killed", "who": "military", "party": "ARM", "min": 2, "max": 2}]),
        json!([{"harm": "killed", "who": "unknown", "party": "ARM", "min": 50, "max": 50}, {"harm": "killed", "who": "unknown", "party": "AZE", "min": 30, "max": null}]),
        json!([{"harm": "killed", "who": "mixed", "min": 7, "max": 7}]),
    ] {
        let row = one_row(Format::Ucdp, "a", killed(parts));
        let sum: u64 = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
            .map(|column| number(&row[column]))
            .iter()
            .sum();
        assert_eq!(sum, number(&row["best"]), "{row:?}");
    }
    let row = one_row(
        Format::Ucdp,
        "a",
        killed(json!([{"harm": "killed", "who": "unknown", "min": 9, "max": 9},
        {"harm": "killed", "who": "military", "party": "ARM", "min": 2, "max": 2}])),
    );
    assert_eq!(
        (
            row["deaths_a"].as_str(),
            row["deaths_unknown"].as_str(),
            row["best"].as_str()
        ),
        ("2", "7", "9")
    );
}

/// Measured over its tables: low <= best <= high, in all but a few rows. Ours always.
#[test]
fn ucdp_low_best_and_high_are_in_order_and_each_is_one_sources_own() {
    let (out, _) = export(Format::Ucdp, two_sides());
    let row = &rows(&out)[0];
    assert_eq!(
        (row["low"].as_str(), row["best"].as_str(), row["high"].as_str()),
        ("1", "1", "3")
    );
    let row = one_row(
        Format::Ucdp,
        "a",
        killed(json!([{"harm": "killed", "min": 20, "max": 99}])),
    );
    assert_eq!(
        (row["low"].as_str(), row["best"].as_str(), row["high"].as_str()),
        ("20", "20", "99")
    );
}

/// Codebook: only events with at least one death.
#[test]
fn ucdp_has_no_row_without_a_death() {
    let events = [
        json!({}),
        json!({"toll": [{"harm": "killed", "min": 0, "max": 0}]}),
        json!({"toll": [{"harm": "wounded", "min": 5, "max": 5}]}),
    ];
    for event in events {
        let claim = json!({"words": "a", "events": [shelling(event)]});
        let (out, sidecar) = export(Format::Ucdp, vec![report("a", "2020-10-05", &[claim])]);
        assert_eq!((rows(&out).len(), sidecar.rows), (0, 0));
        assert_eq!(sidecar.left_out[0].why, Why::NoDeaths);
    }
    let upto = one_row(
        Format::Ucdp,
        "a",
        killed(json!([{"harm": "killed", "min": 0, "max": 50}])),
    );
    assert_eq!((upto["best"].as_str(), upto["high"].as_str()), ("0", "50"));
}

/// Codebook: date_start and date_end are the earliest and the latest possible day, and date_prec fits them.
#[test]
fn ucdp_dates_are_the_earliest_and_latest_possible() {
    for (time, from, to, prec) in [
        ("2020-10-04", "2020-10-04", "2020-10-04", "1"),
        ("2020-10-04/2020-10-07", "2020-10-04", "2020-10-07", "2"),
        ("2020-10-05/2020-10-11", "2020-10-05", "2020-10-11", "3"),
        ("2020-10", "2020-10-01", "2020-10-31", "4"),
        ("2020", "2020-01-01", "2020-12-31", "5"),
    ] {
        let mut event = killed(json!([{"harm": "killed", "min": 1, "max": 1}]));
        event["time"] = json!(time);
        let row = one_row(Format::Ucdp, "a", event);
        assert_eq!(row["date_start"], format!("{from} 00:00:00.000"));
        assert_eq!(row["date_end"], format!("{to} 00:00:00.000"));
        assert_eq!(row["date_prec"], prec, "{time}");
    }
}

/// What no source gives a day of stands under the day it was first told of, as coarsely as the formats have it, and the sidecar says so.
/// History has no such day.
#[test]
fn news_of_an_unknown_day_is_dated_by_its_telling() {
    let mut event = killed(json!([{"harm": "killed", "min": 1, "max": 1}]));
    event["time"] = json!(null);
    let claims = |background| json!({"words": "a", "events": [event], "background": background});
    let told = |day| report(day, day, &[claims(false)]);
    let export_rows = |format| {
        let (out, sidecar) = export(format, vec![told("2020-10-07"), told("2020-10-05")]);
        assert!(sidecar.made[0].why.contains(&Why::DateOfTelling) && sidecar.reasons.contains_key("date-of-telling"));
        rows(&out).remove(0)
    };
    let row = export_rows(Format::Acled);
    assert_eq!(
        [&row["event_date"], &row["year"], &row["time_precision"]],
        ["2020-10-05", "2020", "3"]
    );
    let row = export_rows(Format::Ucdp);
    assert_eq!(row["date_start"], "2020-09-05 00:00:00.000");
    assert_eq!(row["date_end"], "2020-10-05 00:00:00.000");
    assert_eq!([&row["date_prec"], &row["event_clarity"]], ["4", "2"]);
    let (_, sidecar) = export(Format::Acled, vec![report("a", "2020-10-05", &[claims(true)])]);
    assert_eq!(sidecar.left_out[0].why, Why::Background);
}

/// Its tables name in source_original where the information is from: our attributed speakers, joined.
#[test]
fn ucdp_source_original_names_the_speakers() {
    let (out, _) = export(Format::Ucdp, two_sides());
    let told = &rows(&out)[0]["source_original"];
    assert_eq!(
        told,
        "Ministry of Defence of Azerbaijan; Ministry of Defence of Armenia; Prosecutor General of Azerbaijan"
    );
}

/// Some releases came without a head. We always write it, in the order of the event schema.
#[test]
fn ucdp_tables_have_a_head() {
    let (out, _) = export(Format::Ucdp, Vec::new());
    let head: Vec<_> = out.trim_end().split(',').collect();
    assert_eq!((head.len(), head[0], head[48]), (49, "id", "gwnob"));
}

// PLOVER and POLECAT

fn records(claims: &[Value]) -> (Vec<Value>, counterclaim_export::Sidecar) {
    let (out, sidecar) = export(Format::Plover, vec![report("a", "2020-10-05", claims)]);
    (
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        sidecar,
    )
}

/// Manual: id, date, actor and event must be there; recipient, too, in COOPERATE, AID and SANCTION. No other fields than its own.
#[test]
fn plover_records_have_what_must_be_there_and_only_fields_of_the_manual() {
    let aid = |target: Value| json!({"act": "aid", "actor": [{"party": "TUR", "sector": "GOV"}], "target": target, "time": "2020-10-04"});
    let (all, sidecar) = records(&[
        json!({"words": "a", "events": [shelling(json!({"toll": [{"harm": "killed", "min": 2, "max": 2}]}))]}),
        json!({"words": "b", "events": [aid(json!([{"party": "AZE", "sector": "CVL"}])), aid(json!([]))]}),
        json!({"words": "c", "events": [{"act": "attack"}]}),
        json!({"words": "d", "voice": "source", "source": by("ARM", "MIL", "Ministry"), "stance": "denies", "events": [shelling(json!({}))]}),
    ]);
    let list: Vec<Vec<&str>> = include_str!("../../lists/plover_fields.tsv")
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let known = |object: &str, field: &str| list.iter().any(|row| row[0] == object && row[1] == field);
    assert_eq!(all.len(), 3, "{all:?}");
    for record in &all {
        for required in list.iter().filter(|row| row[0] == "record" && row[2] == "Y") {
            assert!(!record[required[1]].is_null(), "{record}");
        }
        for (field, value) in record.as_object().unwrap() {
            // The manual names the object that size is, and no field for it, among those of a record.
            assert!(known("record", field) || field == "size", "{field}");
            let object = match field.as_str() {
                "actor" | "recipient" => "entity",
                "event_loc" => "location",
                other => other,
            };
            let inner = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for name in inner.iter().filter_map(Value::as_object).flat_map(|inner| inner.keys()) {
                assert!(known(object, name), "{object}.{name}");
            }
        }
        let event = record["event"][0].as_str().unwrap();
        assert!(event != "AID" || !record["recipient"][0].is_null());
    }
    let why: Vec<_> = sidecar.left_out.iter().map(|left| left.why).collect();
    assert_eq!(why, [Why::NoRecipient, Why::NoDate]);
}

/// Manual: several actors stay one record with a list; they are not paired off.
#[test]
fn plover_compound_actors_stay_one_record() {
    let talks = json!({"act": "talks", "time": "2020-10-09", "actor": [{"party": "ARM", "sector": "GOV"}, {"party": "AZE", "sector": "GOV"}, {"party": "RUS", "sector": "GOV"}]});
    let (all, _) = records(&[json!({"words": "a", "events": [talks]})]);
    assert_eq!((all.len(), all[0]["actor"].as_array().unwrap().len()), (1, 3));
}

/// Manual: an entity that few states recognise is coded under its nominal sovereign, with sector PRE.
#[test]
fn plover_partially_recognised_entities_are_coded_under_the_sovereign_with_pre() {
    let event = shelling(json!({"actor": [{"party": "NKR", "sector": "MIL"}]}));
    let (all, sidecar) = records(&[json!({"words": "a", "events": [event]})]);
    assert_eq!(all[0]["actor"][0]["code"], "AZE");
    assert_eq!(all[0]["actor"][0]["sector"], "PREMIL");
    assert!(sidecar.made[0].why.contains(&Why::Sovereign));
    // Ours that the manual names are in its list.
    let list = include_str!("../../lists/plover_entities.tsv");
    for (party, sovereign) in [("NKR", "AZE"), ("DNR", "UKR"), ("LNR", "UKR")] {
        assert!(list.lines().any(|line| line == format!("{party}\t{sovereign}\tPRE")));
    }
}

/// Manual, note 6: text only where there is a right to it; offsets tell where it stands.
#[test]
fn plover_text_is_empty_and_offsets_are_given() {
    let (all, _) = records(&[json!({"words": "Rockets hit Ganja", "events": [shelling(json!({}))]})]);
    assert_eq!(
        (&all[0]["text"], &all[0]["text_info"]),
        (&json!(""), &json!({"start": 0, "end": 17}))
    );
    assert!(!all[0].to_string().contains("Rockets"));
}

/// The manual's table of scores prints ACCUSE as 3, almost surely for -3, and has none for a mode of PROTEST. They are given as
/// printed and flagged, not mended in silence.
#[test]
fn plover_scores_are_given_as_printed() {
    let events = include_str!("../../lists/plover_events.tsv");
    assert!(events.lines().any(|line| line == "ACCUSE\t3\tNo\t3"));
    let modes = include_str!("../../lists/plover_modes.tsv");
    assert!(modes.lines().any(|line| line == "PROTEST\tvandalize\t"));
    let accuse = json!({"words": "a", "voice": "source", "source": by("AZE", "GOV", "Government"), "stance": "accuses", "events": [shelling(json!({}))]});
    let (all, _) = records(&[accuse]);
    assert_eq!(
        (&all[0]["event"][0], &all[0]["mode"][0], &all[0]["event_scale"]),
        (&json!("ACCUSE"), &json!("allege"), &json!(-3.5))
    );
    let reasons = include_str!("../../lists/reasons.tsv");
    assert!(reasons.contains("score-as-printed\tPLOVER's table prints 3 for ACCUSE"));
}

/// POLECAT: forty columns between tabs, no text and no offsets.
#[test]
fn polecat_has_forty_columns_and_no_text() {
    let (out, _) = export(Format::Polecat, two_sides());
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert!(lines.len() == 4 && lines.iter().all(|cells| cells.len() == 40), "{out}");
    assert_eq!((lines[0][0], lines[0][39]), ("Event ID", "Version"));
    assert!(!out.contains("Rockets") && !out.contains("start"));
    assert_eq!(lines[1][2], "ASSAULT");
}
