//! Which claims of a report speak of one happening.

use counterclaim_claims::{Act, Incident, Reading};
use counterclaim_reader::{Input, Reader};

fn read(language: &str, text: &str) -> Reading {
    Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: Some("2023-05-05".into()),
        ..Input::default()
    })
}

/// The numbers of the claims, from 1, that speak of a happening.
fn claims(reading: &Reading, incident: &Incident) -> Vec<usize> {
    let mut out: Vec<usize> = incident
        .mentions
        .iter()
        .filter_map(|m| reading.claims.iter().position(|c| c.id == m.claim))
        .map(|n| n + 1)
        .collect();
    out.dedup();
    out
}

fn all(reading: &Reading) -> Vec<(Act, Vec<&str>, Vec<usize>)> {
    let places = |i: &'_ Incident| -> Vec<String> { i.place.iter().map(|p| p.name.clone()).collect() };
    assert!(
        reading
            .incidents
            .iter()
            .all(|i| i.mentions.len() == i.reasons.len() && i.id.starts_with("inc_"))
    );
    assert!(
        reading
            .incidents
            .iter()
            .all(|i| places(i).iter().all(|p| !p.is_empty()))
    );
    reading
        .incidents
        .iter()
        .map(|i| {
            (
                i.act,
                i.place.iter().map(|p| p.name.as_str()).collect(),
                claims(reading, i),
            )
        })
        .collect()
}

#[test]
fn three_strikes_stay_three() {
    let reading = read(
        "en",
        "Russian forces shelled the city of Kherson on 3 May 2023, killing two civilians. A drone strike on Odesa on 4 May \
         wounded five people. On the same day, missiles hit the town of Kramatorsk, officials said. The shelling in Kherson \
         damaged a hospital.",
    );
    assert_eq!(
        all(&reading),
        [
            (Act::Shelling, vec!["Kherson"], vec![1, 4]),
            (Act::DroneStrike, vec!["Odesa"], vec![2]),
            (Act::MissileStrike, vec!["Kramatorsk"], vec![3]),
        ]
    );
    let reading = read(
        "vi",
        "Ngày 3/5/2023, quân đội Nga không kích thành phố Kharkiv. Ngày 4/5/2023, quân đội Nga không kích thành phố Odesa. \
         Cùng ngày, quân đội Nga không kích thành phố Dnipro.",
    );
    assert_eq!(reading.incidents.len(), 3, "{:?}", all(&reading));
}

#[test]
fn one_place_on_two_days_is_two() {
    let reading = read(
        "en",
        "Russian forces shelled Kherson on 2 May 2023. Russian forces shelled Kherson on 4 May 2023.",
    );
    assert_eq!(reading.incidents.len(), 2, "{:?}", all(&reading));
}

#[test]
fn headline_lead_and_body_tell_one_strike() {
    let reading = read(
        "en",
        "Russian missiles kill nine in Kharkiv\n\nA Russian missile strike on the city of Kharkiv killed nine people on Monday, \
         the governor said.\n\nThe missile strike destroyed a school, police said. Three children were among the dead.\n",
    );
    let told = all(&reading);
    assert_eq!(told, [(Act::MissileStrike, vec!["Kharkiv"], vec![1, 2, 3])]);
    let incident = &reading.incidents[0];
    assert_eq!(incident.time.as_deref(), Some("2023-05-01"));
    assert_eq!(incident.actor[0].party.as_deref(), Some("RUS"));
}

#[test]
fn a_denial_joins_what_it_denies() {
    let reading = read(
        "vi",
        "Bộ Quốc phòng Armenia cho biết lực lượng Azerbaijan đã pháo kích Stepanakert. Vụ pháo kích làm 3 dân thường thiệt mạng. \
         Azerbaijan bác bỏ cáo buộc này. Trong khi đó, Azerbaijan cáo buộc Armenia nã pháo vào thành phố Ganja.",
    );
    let told: Vec<_> = all(&reading).into_iter().map(|(_, _, claims)| claims).collect();
    assert_eq!(told, [vec![1, 2, 3], vec![4]]);
}

#[test]
fn what_may_happen_is_no_incident() {
    let reading = read(
        "en",
        "Armenia threatened to shell Ganja. Russia called on Armenia to stop the fighting.",
    );
    assert!(!reading.claims.is_empty());
    assert_eq!(all(&reading), []);
}
