//! The forty reports of `corpus/ledger`, read by our own reader: what the ledger makes of them is all that is expected, and nothing else.

use counterclaim_claims::Reading;
use counterclaim_ledger::{ClaimRef, Overview, TollFigure, TollRow, Who, label};
use counterclaim_reader::{Input, Reader};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Deserialize)]
struct Expected {
    incidents: Vec<BTreeSet<String>>,
    disputes: Vec<Against>,
    repeats: Vec<Vec<String>>,
    tolls: Vec<Figures>,
    background: Vec<Figures>,
    statuses: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Against {
    kind: String,
    a: Vec<String>,
    b: Vec<String>,
}

#[derive(Deserialize)]
struct Figures {
    of: String,
    harm: String,
    who: String,
    /// A source's figures, the earliest first; the last is its word.
    by: BTreeMap<String, Vec<String>>,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/ledger")
}

fn readings() -> Vec<Reading> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    files.sort();
    let reader = Reader::embedded();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        reader.read(&Input {
            text: std::fs::read_to_string(path).unwrap(),
            published: Some(name[..10].to_owned()),
            uri: name,
            ..Input::default()
        })
    };
    files.iter().map(read).collect()
}

/// The claim of a report that holds some words.
fn find(readings: &[Reading], name: &str) -> ClaimRef {
    let (report, words) = name.split_once(": ").unwrap();
    let reading = readings
        .iter()
        .position(|one| one.document.uri == report)
        .unwrap_or_else(|| panic!("no report {report}"));
    let of = &readings[reading];
    let claim = of
        .claims
        .iter()
        .position(|claim| of.slice(claim.start, claim.end).contains(words));
    let claim = claim.unwrap_or_else(|| panic!("no claim '{words}' in {report}: the reader is wrong, not the ledger"));
    ClaimRef { reading, claim }
}

fn told(readings: &[Reading], at: ClaimRef) -> String {
    let (reading, claim) = at.of(readings);
    format!("{}: {}", reading.document.uri, reading.slice(claim.start, claim.end))
}

fn check(readings: &[Reading], expected: &Expected) {
    let overview = Overview::of(readings);
    let at = |name: &String| find(readings, name);
    let words = |all: &BTreeSet<ClaimRef>| all.iter().map(|one| told(readings, *one)).collect::<BTreeSet<_>>();

    let wanted: BTreeSet<_> = expected
        .incidents
        .iter()
        .map(|one| words(&one.iter().map(at).collect()))
        .collect();
    let joined = overview
        .incidents
        .iter()
        .map(|one| one.mentions.iter().map(|mention| mention.at).collect::<BTreeSet<_>>());
    let found: BTreeSet<_> = joined
        .filter(|claims| claims.len() > 1)
        .map(|claims| words(&claims))
        .collect();
    assert_eq!(found, wanted, "incidents");

    let mut missing: BTreeSet<usize> = (0..expected.disputes.len()).collect();
    for one in &overview.disputes {
        let side = |list: &[String], claim: ClaimRef| list.iter().any(|name| at(name) == claim);
        let fits = |(_, x): &(usize, &Against)| {
            x.kind == one.kind.code()
                && (side(&x.a, one.a) && side(&x.b, one.b) || side(&x.a, one.b) && side(&x.b, one.a))
        };
        let right = expected.disputes.iter().enumerate().find(fits);
        let (a, b) = (told(readings, one.a), told(readings, one.b));
        let (n, _) =
            right.unwrap_or_else(|| panic!("nobody expects {}: {a} / {b}: {:?}", one.kind.code(), one.reasons));
        missing.remove(&n);
    }
    let missing: Vec<_> = missing
        .iter()
        .map(|&n| (&expected.disputes[n].kind, &expected.disputes[n].a))
        .collect();
    assert!(missing.is_empty(), "disputes not found: {missing:?}");

    let repeats: BTreeSet<Vec<String>> = overview
        .statements
        .iter()
        .map(|one| {
            std::iter::once(&one.first)
                .chain(&one.repeats)
                .map(|at| told(readings, *at))
                .collect()
        })
        .collect();
    let wanted = expected
        .repeats
        .iter()
        .map(|one| one.iter().map(|name| told(readings, at(name))).collect());
    assert_eq!(repeats, wanted.collect::<BTreeSet<Vec<String>>>(), "repeats");

    let figures = |rows: &[TollRow]| -> BTreeSet<(String, BTreeMap<String, Vec<String>>)> {
        rows.iter()
            .map(|row| (format!("{:?} {:?}", row.harm, row.who).to_lowercase(), by_source(row)))
            .collect()
    };
    for (rows, wanted) in [
        (&overview.tolls, &expected.tolls),
        (&overview.background_tolls, &expected.background),
    ] {
        let told = wanted
            .iter()
            .map(|one| (format!("{} {}", one.harm, one.who), one.by.clone()))
            .collect();
        assert_eq!(figures(rows), told, "tolls");
        for one in wanted {
            let claim = at(&one.of);
            assert!(
                rows.iter()
                    .any(|row| row.by.iter().any(|figure| figure.claims.contains(&claim))),
                "{}",
                one.of
            );
        }
    }

    for (name, standing) in &expected.statuses {
        let status = overview.status(at(name));
        assert_eq!(status.standing.code(), standing, "{name}: {:?}", status.why);
    }
    let conflict = &overview.conflicts[0];
    assert_eq!(conflict.parties[..2], ["AZE", "ARM"]);
    let ganja = conflict
        .moments
        .iter()
        .find(|moment| moment.when.as_deref() == Some("2020-10-17"))
        .unwrap();
    let tellers: Vec<_> = ganja.tellers.iter().map(|one| one.who[0].party().unwrap()).collect();
    assert_eq!(tellers, ["AZE", "ARM"]);
    let days: Vec<_> = conflict.moments.iter().filter_map(|one| one.when.as_deref()).collect();
    assert!(days.is_sorted_by_key(|when| when.split('/').next()), "{days:?}");
}

fn by_source(row: &TollRow) -> BTreeMap<String, Vec<String>> {
    let range = |one: &TollFigure| label::range(one.min, one.max, one.approx);
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for figure in &row.by {
        let name = match &figure.source[0] {
            Who::Party { code, .. } => code.clone(),
            Who::Named(name) | Who::Outlet(name) => name.clone(),
            Who::Nobody => String::new(),
        };
        let list = all.entry(name).or_default();
        list.extend(figure.earlier.iter().map(range));
        list.push(range(figure));
    }
    all
}

#[test]
fn all_is_as_expected_in_any_order_of_the_reports() {
    let expected = std::fs::read_to_string(folder().with_extension("json")).unwrap();
    let expected: Expected = serde_json::from_str(&expected).unwrap();
    let mut readings = readings();
    let languages = |tag: &str| {
        readings
            .iter()
            .filter(|one| one.document.language.as_deref() == Some(tag))
            .count()
    };
    assert_eq!((languages("en"), languages("vi")), (20, 20));
    check(&readings, &expected);
    readings.reverse();
    check(&readings, &expected);
    readings.rotate_left(13);
    check(&readings, &expected);
}

#[test]
fn any_number_of_cores_gives_the_same() {
    let readings = readings();
    let on = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
        pool.install(|| Overview::of(&readings))
    };
    let one = on(1);
    assert!(one == on(2) && one == on(7));
}
