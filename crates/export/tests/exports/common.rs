//! Small readings made by hand, and exports of them.

use counterclaim_claims::Reading;
use counterclaim_export::{Format, Material, Profile, Sidecar, write};
use serde_json::{Value, json};

/// A report with claims. Each claim is an object with its words under `words`; they become its span in the text.
pub(crate) fn report(uri: &str, day: &str, claims: &[Value]) -> Reading {
    let mut text = String::new();
    let mut made = Vec::new();
    for (n, claim) in claims.iter().enumerate() {
        let mut claim = claim.clone();
        let words = claim["words"].as_str().unwrap().to_owned();
        let start = text.chars().count();
        claim["start"] = json!(start);
        claim["end"] = json!(start + words.chars().count());
        claim["id"] = json!(format!("clm_{uri}_{n}"));
        claim.as_object_mut().unwrap().remove("words");
        text += &words;
        text += ". ";
        made.push(claim);
    }
    let document = json!({"id": format!("sha256:{uri}"), "uri": uri, "outlet": format!("The {uri} Post"), "language": "en",
        "published": day, "title": format!("News of {uri}"), "text": text});
    serde_json::from_value(json!({"document": document, "claims": made})).unwrap()
}

/// A source of a claim.
pub(crate) fn by(party: &str, sector: &str, name: &str) -> Value {
    json!([{"party": party, "sector": sector, "name": name, "text": name}])
}

/// Ganja, where the day's events are.
pub(crate) fn ganja() -> Value {
    json!([{"name": "Ganja", "country": "AZE", "lat": 40.68278, "lon": 46.36056, "kind": "city"}])
}

/// Shelling of Ganja on a day, with what further fields say.
pub(crate) fn shelling(further: Value) -> Value {
    let mut event = json!({"act": "shelling", "actor": [{"party": "ARM", "sector": "MIL"}], "target": [{"party": "AZE", "sector": "CVL"}],
        "place": ganja(), "time": "2020-10-04"});
    for (key, value) in further.as_object().unwrap() {
        event[key] = value.clone();
    }
    event
}

/// Two sources who tell of one shelling with other figures, and one who denies it.
pub(crate) fn two_sides() -> Vec<Reading> {
    let killed = |min: u64, max: Option<u64>| json!([{"harm": "killed", "who": "civilian", "party": "AZE", "min": min, "max": max}]);
    vec![
        report(
            "a",
            "2020-10-04",
            &[
                json!({"words": "Rockets hit the centre of Ganja and one resident died", "voice": "source", "source": by("AZE", "MIL", "Ministry of Defence of Azerbaijan"),
                    "evidence": ["video"], "said": "2020-10-04", "events": [shelling(json!({"toll": killed(1, Some(1))}))]}),
                json!({"words": "no shell was fired at Ganja", "voice": "source", "stance": "denies", "source": by("ARM", "MIL", "Ministry of Defence of Armenia"),
                    "events": [shelling(json!({"negated": true}))]}),
            ],
        ),
        report(
            "b",
            "2020-10-05",
            &[
                json!({"words": "the shelling of Ganja killed at least three people and wounded eleven", "voice": "source",
                "source": by("AZE", "GOV", "Prosecutor General of Azerbaijan"), "certainty": "hedged",
                "events": [shelling(json!({"toll": [
                    {"harm": "killed", "who": "unknown", "min": 3, "max": null}, {"harm": "wounded", "who": "civilian", "min": 11, "max": 11}]}))]}),
            ],
        ),
    ]
}

/// An export and its sidecar.
pub(crate) fn export(format: Format, readings: Vec<Reading>) -> (String, Sidecar) {
    export_for(format, readings, Profile::Full)
}

/// An export for a profile, and its sidecar.
pub(crate) fn export_for(format: Format, readings: Vec<Reading>, profile: Profile) -> (String, Sidecar) {
    let mut out = Vec::new();
    let sidecar = write(
        format,
        &Material::new(readings, &[], profile, jiff::Timestamp::UNIX_EPOCH),
        &mut out,
    )
    .unwrap();
    (String::from_utf8(out).unwrap(), sidecar)
}

/// The rows of a table, by their columns.
pub(crate) fn rows(table: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_reader(table.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

/// The one row of an export of one report with one claim of these events.
pub(crate) fn one_row(format: Format, words: &str, event: Value) -> std::collections::BTreeMap<String, String> {
    let claim = json!({"words": words, "voice": "source", "source": by("AZE", "MIL", "Ministry of Defence of Azerbaijan"), "events": [event]});
    let (out, _) = export(format, vec![report("a", "2020-10-05", &[claim])]);
    let mut rows = rows(&out);
    assert_eq!(rows.len(), 1, "{out}");
    rows.remove(0)
}
