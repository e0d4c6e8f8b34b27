//! Where the events of a claim were: reports of our own for each way in which a text tells it.

use counterclaim_reader::{Input, Reader};

/// The places of a text's events, claim by claim.
fn places(language: &str, text: &str) -> Vec<Vec<String>> {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: Some("2020-10-05".into()),
        ..Input::default()
    });
    let of = |claim: &counterclaim_claims::Claim| {
        let mut names: Vec<String> = Vec::new();
        for place in claim.events.iter().flat_map(|e| &e.place) {
            if !names.contains(&place.name) {
                names.push(place.name.clone());
            }
        }
        names.sort();
        names
    };
    reading.claims.iter().map(of).collect()
}

/// The places of the last claim.
fn last(language: &str, text: &str) -> Vec<String> {
    places(language, text).pop().expect("a claim is read")
}

#[test]
fn a_part_by_compass_is_finer_than_its_land() {
    assert_eq!(
        last("en", "Rebels shelled a market in northern Chad on Friday."),
        ["Northern Chad"]
    );
    assert_eq!(
        last(
            "en",
            "The rebels shelled villages across the dunes of northeastern Mali on Friday."
        ),
        ["Northeastern Mali"]
    );
    assert_eq!(
        last("vi", "Giao tranh dữ dội tiếp diễn ở miền đông Ukraine."),
        ["Eastern Ukraine"]
    );
    assert_eq!(
        last("vi", "Quân đội Yemen tiến hành tập trận ở miền bắc từ đêm qua."),
        ["Northern Yemen"]
    );
}

#[test]
fn all_lands_of_a_list_are_told() {
    assert_eq!(
        last("en", "Militants carried out attacks across Iraq and Syria last week."),
        ["Iraq", "Syria"]
    );
    assert_eq!(
        last("vi", "Các tay súng tiến hành nhiều cuộc tấn công tại Mali và Niger."),
        ["Mali", "Niger"]
    );
}

#[test]
fn words_that_point_back_name_the_place_told_before() {
    let text = "Troops entered Kunduz on Monday. A bomb exploded inside the house and killed three soldiers.";
    assert_eq!(places("en", text), [["Kunduz"], ["Kunduz"], ["Kunduz"]]);
    let text = "Quân đội tiến vào thành phố Mosul. Binh sĩ đã đóng tại đó trong hai ngày.";
    assert_eq!(last("vi", text), ["Mosul"]);
    let text = "Quân đội Yemen phản công. Giao tranh ác liệt diễn ra ở miền bắc nước này.";
    assert_eq!(last("vi", text), ["Northern Yemen"]);
    let text = "Sudan's army shelled the market. Heavy clashes continued in the south of the country.";
    assert_eq!(last("en", text), ["Southern Sudan"]);
}

#[test]
fn the_part_of_a_disputed_land_that_a_side_holds() {
    let text = "Giao tranh nổ ra ở Kashmir. Một trực thăng rơi xuống vùng do Pakistan kiểm soát.";
    assert_eq!(last("vi", text), ["Azad Kashmir"]);
    assert_eq!(
        last("vi", "Pháo kích nổ ra ở khu vực Kashmir do Ấn Độ kiểm soát."),
        ["Jammu and Kashmir"]
    );
}

#[test]
fn where_a_place_lies_is_not_where_it_was() {
    assert_eq!(
        last(
            "en",
            "The rebels attacked a post in Kidal, 300 km north of Gao, on Friday."
        ),
        ["Kidal"]
    );
    assert_eq!(
        last("vi", "Hai bên giao tranh ở Kobani, gần biên giới Thổ Nhĩ Kỳ."),
        ["Kobani"]
    );
}

#[test]
fn whose_a_thing_is_does_not_tell_where() {
    assert!(
        places("en", "The air force bombed Tripoli's main ally in a raid on Friday.")
            .iter()
            .all(Vec::is_empty)
    );
    assert_eq!(
        last("en", "The troops were killed in Iran's offensive in northern Iraq."),
        ["Northern Iraq"]
    );
    assert!(
        places("vi", "Nga tạo cớ cho Washington mở chiến dịch mới.")
            .iter()
            .all(Vec::is_empty)
    );
}

#[test]
fn lands_that_are_entered_left_or_hit() {
    assert_eq!(
        last("vi", "Gần 30.000 người đã rời Syria sang hai nước láng giềng."),
        ["Syria"]
    );
    assert_eq!(last("en", "More than 40,000 civilians have fled Sudan."), ["Sudan"]);
    assert_eq!(
        last("en", "Kenya has suffered a series of bombings this year."),
        ["Kenya"]
    );
    assert_eq!(
        last("vi", "Máy bay bị bắn rơi trong không phận Pakistan."),
        ["Pakistan"]
    );
}

/// Whom the last event of a text of a day hits.
fn hit(language: &str, published: &str, text: &str) -> Vec<String> {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: Some(published.into()),
        ..Input::default()
    });
    let events = reading.claims.last().map(|c| &c.events).expect("a claim is read");
    let called = |p: &counterclaim_claims::Participant| p.party.clone().or_else(|| p.name.clone()).unwrap_or_default();
    events
        .last()
        .expect("an event is told")
        .target
        .iter()
        .map(called)
        .collect()
}

#[test]
fn a_strike_on_a_place_hits_those_who_held_it_then() {
    let text = "Azerbaijani forces shelled Stepanakert overnight.";
    assert_eq!(hit("en", "2020-10-04", text), ["NKR"]);
    let text = "Iraqi warplanes bombed Mosul on Friday.";
    assert_eq!(hit("en", "2016-11-05", text), ["ISIS"]);
    let text = "Không quân Sri Lanka ném bom thị trấn Kilinochchi.";
    assert_eq!(hit("vi", "2008-10-14", text), ["Liberation Tigers of Tamil Eelam"]);
    // Whoever governs Gaza, its people are Palestine's.
    let text = "Israeli jets struck Gaza City on Monday.";
    assert_eq!(hit("en", "2021-05-14", text), ["PSE"]);
}

#[test]
fn holders_are_known_parties() {
    let codes = include_str!("../../claims/codes/parties.tsv");
    let known = |code: &str| codes.lines().any(|l| l.split('\t').next() == Some(code));
    for side in counterclaim_packs::sides().rows() {
        let state = counterclaim_packs::gazetteer().country(side.party).is_some();
        assert!(side.party.is_empty() || state || known(side.party), "{side:?}");
    }
}
