//! Who does what to whom: reports of our own for each way in which a text tells it.

use counterclaim_claims::{Event, Participant};
use counterclaim_reader::{Input, Reader};

/// The doers and the sufferers that a text's last claim tells: "RUS > UKR".
fn roles(language: &str, text: &str) -> String {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: Some("2022-03-10".into()),
        ..Input::default()
    });
    let claim = reading.claims.last().expect("a claim is read");
    let codes = |of: fn(&Event) -> &Vec<Participant>| {
        let mut codes: Vec<String> = claim
            .events
            .iter()
            .flat_map(of)
            .filter_map(|p| p.party.clone())
            .collect();
        codes.sort();
        codes.dedup();
        codes.join(",")
    };
    format!("{} > {}", codes(|e| &e.actor), codes(|e| &e.target))
}

#[test]
fn where_somebody_is_stands_between_him_and_his_verb() {
    let told = roles("vi", "Quân đội Nga tại Syria đã tấn công thị trấn Maskana.");
    assert_eq!(told, "RUS > SYR");
    let told = roles("vi", "Lực lượng Nga đến nay đã kiểm soát được thị trấn Volnovakha.");
    assert_eq!(told, "RUS > UKR");
}

#[test]
fn a_speaker_does_not_do_what_others_are_named_for() {
    let told = roles("en", "Iran said 1,200 Iraqis were killed in fighting near Fish Lake.");
    assert_eq!(told, " > IRQ");
    let told = roles("en", "Russia denied bombing a hospital in Idlib.");
    assert_eq!(told, "RUS > SYR");
}

#[test]
fn initials_of_a_group_are_no_verb() {
    let told = roles("en", "Iraqi troops came under fire from IS fighters in Mosul.");
    assert_eq!(told, "ISIS > IRQ");
}

#[test]
fn rebels_of_a_land_are_its_opposition_and_not_the_land() {
    let told = roles("en", "Russian warplanes attacked Syrian rebel positions in Aleppo.");
    assert_eq!(told, "RUS > SYROPP");
    let told = roles("en", "Chadian rebels attacked a convoy of the Chadian army.");
    assert_eq!(told, " > TCD");
}

#[test]
fn who_surrenders_is_taken_by_whom_he_surrenders_to() {
    let told = roles("vi", "20 binh sĩ Ukraine đã đầu hàng quân đội Nga.");
    assert_eq!(told, "RUS > UKR");
}

#[test]
fn who_is_helped_and_who_flees() {
    let told = roles("en", "The United States supplied Ukraine with anti-tank missiles.");
    assert_eq!(told, "USA > UKR");
    let told = roles("vi", "Gần 30.000 người đã rời Syria sang Jordan.");
    assert_eq!(told, " > SYR");
    let told = roles("vi", "Quân Nga bao vây thành phố Mariupol.");
    assert_eq!(told, "RUS > UKR");
}

#[test]
fn all_sides_of_talks_take_part() {
    let told = roles(
        "vi",
        "Đại diện chính phủ Afghanistan và phiến quân Taliban đã nhất trí về lệnh ngừng bắn.",
    );
    assert_eq!(told, "AFG,TALIBAN > ");
    let told = roles("en", "The Yemeni government and the Houthis agreed to a truce.");
    assert_eq!(told, "HOUTHI,YEM > ");
}

#[test]
fn ground_is_taken_from_whom_the_clause_fights() {
    let told = roles("en", "Sudanese forces seized the town in their battle with the RSF.");
    assert_eq!(told, "RSF,SDN > RSF");
    let told = roles("en", "The target of the raid was a Hezbollah depot.");
    assert_eq!(told, " > HEZBOLLAH");
}
