//! Each format as its user meets it, over a few small readings.

use crate::common::{by, export, export_for, ganja, report, rows, shelling, two_sides};
use counterclaim_claims::Reading;
use counterclaim_export::{Format, Material, Profile, Why, csv_lines, write};
use counterclaim_ledger::{Decision, Ref, Ruling};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};

/// The same with nothing but ASCII between lines, as a person reads it.
fn shown(format: Format) -> String {
    let (out, sidecar) = export(format, two_sides());
    let sidecar = serde_json::to_value(&sidecar).unwrap();
    let part = json!({"rows": sidecar["rows"], "made": sidecar["made"], "left_out": sidecar["left_out"], "reasons": sidecar["reasons"]});
    format!(
        "{}\n\n{}",
        out.replace('\r', ""),
        serde_json::to_string_pretty(&part).unwrap()
    )
}

#[test]
fn formats_are_as_they_were() {
    for format in Format::ALL.iter().filter(|format| !format.is_binary()) {
        insta::assert_snapshot!(format.code(), shown(*format));
    }
}

#[test]
fn parquet_has_a_row_a_claim_and_says_where_its_geometry_is() {
    let mut out = Vec::new();
    let material = Material::new(two_sides(), &[], Profile::Full, jiff::Timestamp::UNIX_EPOCH);
    let sidecar = write(Format::Parquet, &material, &mut out).unwrap();
    let file = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
    let meta = file.metadata().file_metadata();
    assert_eq!((meta.num_rows(), sidecar.rows), (3, 3));
    let names: Vec<_> = meta
        .schema_descr()
        .columns()
        .iter()
        .map(|column| column.name().to_owned())
        .collect();
    assert_eq!(names, Format::Parquet.columns());
    let geo = meta
        .key_value_metadata()
        .unwrap()
        .iter()
        .find(|pair| pair.key == "geo")
        .unwrap();
    let geo: Value = serde_json::from_str(geo.value.as_ref().unwrap()).unwrap();
    assert_eq!(
        (&geo["version"], &geo["columns"]["geometry"]["encoding"]),
        (&json!("1.1.0"), &json!("WKB"))
    );
    let first = file.get_row_iter(None).unwrap().next().unwrap().unwrap();
    let cells: std::collections::BTreeMap<_, _> = first
        .get_column_iter()
        .map(|(name, cell)| (name.as_str(), cell))
        .collect();
    assert_eq!(*cells["claim_id"], Field::Str("clm_a_0".into()));
    assert_eq!(
        (cells["start"], cells["latitude"]),
        (&Field::Long(0), &Field::Double(40.68278))
    );
    assert_eq!((cells["background"], cells["via"]), (&Field::Bool(false), &Field::Null));
    let Field::Bytes(point) = cells["geometry"] else {
        panic!("{:?}", cells["geometry"])
    };
    assert_eq!(point.data()[..5], [1, 1, 0, 0, 0]);
    assert_eq!(point.data()[5..13], 46.36056_f64.to_le_bytes());
}

#[test]
fn the_same_readings_give_the_same_bytes() {
    for format in Format::ALL {
        let once = || {
            let mut out = Vec::new();
            let material = Material::new(two_sides(), &[], Profile::Full, jiff::Timestamp::UNIX_EPOCH);
            let sidecar = write(*format, &material, &mut out).unwrap();
            (out, serde_json::to_string(&sidecar).unwrap())
        };
        assert_eq!(once(), once(), "{}", format.code());
    }
}

#[test]
fn our_own_table_and_lines_come_back_as_they_were() {
    let mut readings = two_sides();
    readings.push(report("no claims", "2020-10-06", &[]));
    let hard =
        json!({"words": "=HYPERLINK(\"x\"), \"quoted\"\r\nand, cut", "events": [shelling(json!({}))], "rule": "=1+1"});
    readings.push(report("=hard", "2020-10-06", &[hard]));
    let (table, sidecar) = export(Format::Csv, readings.clone());
    let back: Vec<Reading> = csv_lines(table.as_bytes())
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect();
    assert_eq!(back, readings);
    assert_eq!(sidecar.rows, 5);
    let (lines, _) = export(Format::Jsonl, readings.clone());
    let back: Vec<Reading> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, readings);
    for row in rows(&table) {
        for (column, cell) in row {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{column}: {cell}");
        }
    }
}

#[test]
fn a_table_that_is_not_ours_or_was_cut_is_told_by_line() {
    let told = |table: &str| {
        csv_lines(table.as_bytes())
            .map(|line| line.map_or_else(|e| e.to_string(), |_| "read".into()))
            .collect::<Vec<_>>()
    };
    assert!(told("a,b\n1,2\n")[0].starts_with("row 1: the first row does not name the columns"));
    let (table, _) = export(Format::Csv, two_sides());
    let cut = table.replacen("{\"\"id\"\":\"\"clm_a_1", "{\"\"id\"\":clm_a_1", 1);
    let lines = told(&cut);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].starts_with("row 3: the column claim holds no JSON"),
        "{lines:?}"
    );
    assert_eq!(lines[1], "read");
    // The first claim of the second report is broken: the first report is whole all the same.
    let cut = table.replacen("{\"\"id\"\":\"\"clm_b_0", "{\"\"id\"\":clm_b_0", 1);
    assert_eq!((told(&cut)[0].as_str(), told(&cut).len()), ("read", 2));
    let head_and_second: Vec<&str> = table
        .split("\r\n")
        .enumerate()
        .filter(|(n, _)| *n != 1)
        .map(|(_, line)| line)
        .collect();
    assert!(
        told(&head_and_second.join("\r\n"))[0].starts_with("row 2: the report of this claim does not stand above it")
    );
}

#[test]
fn geojson_is_as_the_rfc_wants_it() {
    let mut readings = two_sides();
    let nowhere = json!({"words": "the town was taken", "events": [{"act": "capture-territory", "actor": [{"party": "AZE", "sector": "MIL"}]}]});
    readings.push(report("c", "2020-10-06", &[nowhere]));
    let (out, _) = export(Format::GeoJson, readings);
    let collection: geojson::FeatureCollection = out.parse::<geojson::GeoJson>().unwrap().try_into().unwrap();
    assert_eq!(collection.features.len(), 2);
    let whole: Value = serde_json::from_str(&out).unwrap();
    // Longitude first; null where there is no place, and the member is there.
    assert_eq!(
        whole["features"][0]["geometry"]["coordinates"],
        json!([46.36056, 40.68278])
    );
    let second = whole["features"][1].as_object().unwrap();
    assert!(second.contains_key("geometry") && second["geometry"].is_null());
    assert!(whole.get("crs").is_none());
}

#[test]
fn annotations_find_their_words_again() {
    let readings = two_sides();
    let (out, _) = export(Format::WebAnnotation, readings.clone());
    let whole: Value = serde_json::from_str(&out).unwrap();
    let items = whole["first"]["items"].as_array().unwrap();
    assert_eq!((whole["total"].as_u64(), items.len()), (Some(3), 3));
    for item in items {
        let number = usize::from(item["target"]["source"]["cc:uri"] == "b");
        let text: Vec<char> = readings[number].document.text.chars().collect();
        let [position, quote] = [&item["target"]["selector"][0], &item["target"]["selector"][1]];
        let at = |key: &str| position[key].as_u64().unwrap() as usize;
        assert_eq!(quote["exact"], text[at("start")..at("end")].iter().collect::<String>());
        let around = format!(
            "{}{}{}",
            quote["prefix"].as_str().unwrap(),
            quote["exact"].as_str().unwrap(),
            quote["suffix"].as_str().unwrap()
        );
        assert!(readings[number].document.text.contains(&around));
        assert_eq!(item["target"]["state"]["cc:sha256"].as_str().unwrap().len(), 64);
    }
}

#[test]
fn sources_that_name_different_doers_leave_the_column_of_the_doer_empty() {
    let by_whom = |party: &str| shelling(json!({"actor": [{"party": party, "sector": "MIL"}]}));
    let readings = vec![report(
        "a",
        "2020-10-05",
        &[
            json!({"words": "Armenian guns shelled Ganja", "voice": "source", "stance": "accuses", "source": by("AZE", "MIL", "Ministry of Defence of Azerbaijan"), "events": [by_whom("ARM")]}),
            json!({"words": "Azerbaijani guns shelled Ganja", "voice": "source", "stance": "accuses", "source": by("ARM", "MIL", "Ministry of Defence of Armenia"), "events": [by_whom("AZE")]}),
        ],
    )];
    // That both mean one shelling is what a reviewer found.
    let joined = decided("clm_a_0", "one", Ruling::Join(Ref::claim("sha256:a", "clm_a_1")));
    let material = Material::new(readings, &[joined], Profile::Full, jiff::Timestamp::UNIX_EPOCH);
    let mut out = Vec::new();
    let sidecar = write(Format::Acled, &material, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let rows = rows(&out);
    assert_eq!(rows.len(), 1, "{out}");
    assert_eq!((rows[0]["actor1"].as_str(), rows[0]["interaction"].as_str()), ("", ""));
    assert!(rows[0]["notes"].contains("Sources differ on who did it."));
    assert!(sidecar.made[0].why.contains(&Why::DoerDisputed));
}

#[test]
fn what_is_only_denied_asked_for_or_history_has_no_row() {
    let claim = |stance: &str, background: bool| {
        json!({"words": format!("{stance} {background}"), "voice": "source", "stance": stance, "background": background,
            "source": by("ARM", "MIL", "Ministry of Defence of Armenia"), "events": [shelling(json!({}))]})
    };
    for (stance, background, why) in [
        ("denies", false, Why::DeniedOnly),
        ("calls-for", false, Why::ForeseenOnly),
        ("threatens", false, Why::ForeseenOnly),
        ("asserts", true, Why::Background),
    ] {
        let (out, sidecar) = export(
            Format::Acled,
            vec![report("a", "2020-10-05", &[claim(stance, background)])],
        );
        assert_eq!((rows(&out).len(), sidecar.left_out[0].why), (0, why), "{stance}");
        assert!(sidecar.reasons.len() == 1);
    }
}

fn with_a_witness() -> Vec<Reading> {
    let long = "w ".repeat(150);
    let witness = json!([{"person": "Leyla Example", "text": "Leyla Example", "sector": "CVL", "party": "AZE"}]);
    let official = json!([{"person": "Orkhan Sample", "name": "Ministry of Defence of Azerbaijan", "text": "Orkhan Sample", "sector": "MIL", "party": "AZE"}]);
    vec![report(
        "a",
        "2020-10-05",
        &[
            json!({"words": "Leyla Example saw a shell fall on the house of Leyla Example", "voice": "source", "source": witness, "events": [shelling(json!({}))]}),
            json!({"words": format!("Orkhan Sample said {long}"), "voice": "source", "source": official, "events": [{"act": "attack", "place": ganja()}]}),
        ],
    )]
}

#[test]
fn the_public_profile_masks_private_persons_and_rounds_and_cuts() {
    for format in Format::ALL
        .iter()
        .filter(|format| !format.is_binary() && **format != Format::Jsonl)
    {
        let (full, _) = export(*format, with_a_witness());
        let (public, sidecar) = export_for(*format, with_a_witness(), Profile::PUBLIC);
        let told = serde_json::to_string(&sidecar).unwrap();
        assert!(
            !public.contains("Leyla") && !public.contains("Example") && !told.contains("Leyla"),
            "{}",
            format.code()
        );
        assert!(
            !public.contains("40.68278") && !public.contains("46.36056"),
            "{}",
            format.code()
        );
        let placed = full.contains("40.68278");
        assert_eq!(
            placed,
            !matches!(format, Format::WebAnnotation | Format::Ucdp),
            "{}",
            format.code()
        );
        assert!(public.split("w w w").count() < 40, "{}", format.code());
        assert_eq!(
            (sidecar.profile.name, sidecar.profile.degrees, sidecar.profile.masked),
            ("public", Some(0.1), Some(1))
        );
    }
    let (table, _) = export_for(Format::Csv, with_a_witness(), Profile::PUBLIC);
    let rows = rows(&table);
    assert_eq!(
        (rows[0]["latitude"].as_str(), rows[0]["longitude"].as_str()),
        ("40.7", "46.4")
    );
    assert!(
        rows[0]["words"].starts_with("█████ ███████ saw a shell fall"),
        "{}",
        rows[0]["words"]
    );
    assert_eq!(rows[1]["claimants"], "Orkhan Sample, Ministry of Defence of Azerbaijan");
    assert!(
        (190..=200).contains(&rows[1]["words"].chars().count()),
        "{}",
        rows[1]["words"]
    );
    assert_eq!((rows[0]["claim"].as_str(), rows[0]["document"].as_str()), ("", ""));
    let (out, _) = export_for(Format::WebAnnotation, with_a_witness(), Profile::PUBLIC);
    let whole: Value = serde_json::from_str(&out).unwrap();
    let first = &whole["first"]["items"][0]["target"];
    assert_eq!(first["selector"].as_array().unwrap().len(), 1);
    let (full, _) = export(Format::WebAnnotation, with_a_witness());
    let full: Value = serde_json::from_str(&full).unwrap();
    assert_eq!(first["state"], full["first"]["items"][0]["target"]["state"]);
}

#[test]
fn whole_readings_are_not_for_the_public() {
    let material = Material::new(with_a_witness(), &[], Profile::PUBLIC, jiff::Timestamp::UNIX_EPOCH);
    let refused = write(Format::Jsonl, &material, &mut Vec::new()).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("jsonl carries whole reports, which are not for the public")
    );
}

#[test]
fn the_tables_of_the_document_are_those_of_the_program() {
    let document = include_str!("../../../../docs/exports.md");
    for format in Format::ALL {
        let section = format!(
            "<!-- fields {0} -->\n{1}<!-- /fields {0} -->",
            format.code(),
            format.markdown()
        );
        assert!(
            document.contains(&section),
            "docs/exports.md: the table of {} is not as `cargo xtask docs` makes it",
            format.code()
        );
    }
}

fn decided(claim: &str, reviewer: &str, what: Ruling) -> Decision {
    Decision {
        at: format!("2020-10-06T08:30:{:02}Z", reviewer.len()),
        reviewer: reviewer.into(),
        reason: String::new(),
        about: Ref::claim("sha256:a", claim),
        what,
    }
}

/// Claims of our own table, and what was left out with why.
fn left(decisions: &[Decision], profile: Profile, now: &str) -> (Vec<String>, Vec<(String, Why)>) {
    let material = Material::new(two_sides(), decisions, profile, now.parse().unwrap());
    let mut out = Vec::new();
    let sidecar = write(Format::Csv, &material, &mut out).unwrap();
    let table = String::from_utf8(out).unwrap();
    let claims = rows(&table).into_iter().map(|row| row["claim_id"].clone()).collect();
    (
        claims,
        sidecar.left_out.into_iter().map(|left| (left.id, left.why)).collect(),
    )
}

#[test]
fn the_public_gets_what_was_released_and_is_under_no_embargo() {
    let release = |who: &str, overriding| decided("clm_a_0", who, Ruling::Release { overriding });
    let day = "2020-10-07T00:00:00Z";
    let all = ["clm_a_0", "clm_a_1", "clm_b_0"];
    // Nobody has decided anything: all of it.
    assert_eq!(left(&[], Profile::PUBLIC, day).0, all);
    assert_eq!(left(&[release("one", false)], Profile::PUBLIC, day).0, [""; 0]);
    let both = [release("one", false), release("another", false)];
    let (claims, why) = left(&both, Profile::PUBLIC, day);
    assert_eq!(claims, ["clm_a_0"]);
    assert_eq!(
        why,
        [
            ("clm_a_1".into(), Why::NotReleased),
            ("clm_b_0".into(), Why::NotReleased)
        ]
    );
    assert_eq!(left(&[release("one", true)], Profile::PUBLIC, day).0, ["clm_a_0"]);
    assert_eq!(left(&both, Profile::Full, day).0, all);
    let mut embargo = both.to_vec();
    embargo.push(decided(
        "clm_a_0",
        "desk",
        Ruling::Embargo("2020-10-08T12:00:00Z".into()),
    ));
    assert_eq!(
        left(&embargo, Profile::PUBLIC, day).1[0],
        ("clm_a_0".into(), Why::Embargo)
    );
    assert_eq!(left(&embargo, Profile::PUBLIC, "2020-10-08T12:00:00Z").0, ["clm_a_0"]);
}

#[test]
fn what_was_redacted_or_rejected_goes_nowhere_and_what_was_corrected_goes_as_corrected() {
    let mut corrected = two_sides()[0].claims[0].clone();
    corrected.events[0].toll[0].min = Some(2);
    let decisions = [
        decided("clm_a_1", "desk", Ruling::Redact),
        decided("clm_a_0", "desk", Ruling::Correct(Box::new(corrected))),
    ];
    let now = jiff::Timestamp::UNIX_EPOCH;
    for format in Format::ALL.iter().filter(|format| !format.is_binary()) {
        let mut out = Vec::new();
        let sidecar = write(
            *format,
            &Material::new(two_sides(), &decisions, Profile::Full, now),
            &mut out,
        )
        .unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(!out.contains("no shell was fired"), "{}", format.code());
        assert!(
            sidecar
                .left_out
                .iter()
                .any(|left| left.id == "clm_a_1" && left.why == Why::Redacted)
        );
    }
    let mut out = Vec::new();
    write(
        Format::Acled,
        &Material::new(two_sides(), &decisions, Profile::Full, now),
        &mut out,
    )
    .unwrap();
    assert_eq!(rows(std::str::from_utf8(&out).unwrap())[0]["fatalities"], "2");
    let (claims, why) = left(
        &[decided("clm_a_1", "desk", Ruling::Reject)],
        Profile::Full,
        "2020-10-07T00:00:00Z",
    );
    assert_eq!(
        (claims, why),
        (
            vec!["clm_a_0".into(), "clm_b_0".into()],
            vec![("clm_a_1".into(), Why::Rejected)]
        )
    );
}
