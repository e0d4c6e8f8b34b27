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
    let told = roles("vi", "Quân đội Nga tại Syria đã tấn công thành phố Homs.");
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

#[test]
fn a_group_that_a_text_points_back_to_is_the_armed_group_told_of_last() {
    let told = roles(
        "vi",
        "Hezbollah đã bắn rocket vào Israel. Nhóm này tấn công một chốt gác của quân đội Israel.",
    );
    assert_eq!(told, "HEZBOLLAH > ISR");
    let told = roles(
        "vi",
        "Giao tranh nổ ra giữa quân đội Sudan và Lực lượng Hỗ trợ Nhanh. Lực lượng này tấn công một sở chỉ huy của quân đội Sudan.",
    );
    assert_eq!(told, "RSF > SDN");
}

#[test]
fn who_uses_a_weapon_does_what_it_is_used_for() {
    let told = roles(
        "vi",
        "Houthi nói đã dùng mười máy bay không người lái tấn công một kho dầu của Saudi Arabia.",
    );
    assert_eq!(told, "HOUTHI > SAU");
    let told = roles("vi", "Quân đội Nga dùng xe tăng tấn công thị trấn Orikhiv của Ukraine.");
    assert_eq!(told, "RUS > UKR");
}

#[test]
fn who_backs_others_does_so_himself() {
    let told = roles("vi", "Iran hậu thuẫn Hezbollah.");
    assert_eq!(told, "IRN > HEZBOLLAH");
    let told = roles("vi", "SDF, do Mỹ hậu thuẫn, tấn công các vị trí của IS.");
    assert_eq!(told, "SDF,USA > ISIS,SDF");
}

#[test]
fn a_verb_that_stands_as_a_noun_has_its_doer_behind_it() {
    let told = roles(
        "vi",
        "Thị trưởng Kherson nói pháo kích từ phía Nga đã làm chết hai dân thường.",
    );
    assert_eq!(told, "RUS > ");
    let told = roles("vi", "Hezbollah nói đã đụng độ với biệt kích Israel.");
    assert_eq!(told, "HEZBOLLAH,ISR > ");
}

#[test]
fn who_calls_on_both_sides_is_none_of_them() {
    let told = roles(
        "vi",
        "Quân đội Azerbaijan pháo kích quân đội Armenia. Nga kêu gọi hai bên ngừng bắn.",
    );
    assert_eq!(told, "ARM,AZE > ");
}

#[test]
fn whom_a_claim_charges_does_what_it_tells() {
    let told = roles("en", "Kenya blamed the raid on the village on Al-Shabaab.");
    assert!(told.starts_with("ALSHABAAB > "), "{told}");
    let told = roles("en", "Chad blamed Boko Haram for the deaths of nine farmers.");
    assert!(told.starts_with("BOKOHARAM > "), "{told}");
    let told = roles(
        "en",
        "The Houthis claimed responsibility for a missile attack on a tanker.",
    );
    assert!(told.starts_with("HOUTHI > "), "{told}");
}

#[test]
fn a_description_of_rebels_is_of_the_group_told_of_and_not_of_who_speaks() {
    let told = roles(
        "en",
        "M23 fighters marched on Sake. The United Nations said the rebels looted a clinic.",
    );
    assert!(told.starts_with("M23 > "), "{told}");
    let told = roles("en", "The RSF shelled Nyala. The group denied attacking the hospital.");
    assert!(told.starts_with("RSF > "), "{told}");
}

#[test]
fn what_is_sent_to_a_party_helps_it() {
    let told = roles("en", "Denmark will send Ukraine 40 howitzers.");
    assert_eq!(told, "DNK > UKR");
    let told = roles("en", "Kinshasa accused Kigali of sending drones to the M23.");
    assert_eq!(told, "RWA > M23");
}

#[test]
fn a_shell_or_a_ship_is_not_the_speakers() {
    let told = roles("en", "The Sudanese army said a shell hit a market in Nyala.");
    assert!(told.starts_with(" > "), "{told}");
    let told = roles("en", "The British navy said a freighter was hit by a rocket off Aden.");
    assert!(told.starts_with(" > "), "{told}");
}
