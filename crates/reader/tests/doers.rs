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
    assert_eq!(told, "SDN > RSF");
    let told = roles("en", "The target of the raid was a Hezbollah depot.");
    assert_eq!(told, " > HEZBOLLAH");
}

#[test]
fn what_stands_between_a_subject_and_its_verb_does_nothing() {
    let told = roles(
        "en",
        "The M23, backed by the Rwanda Defence Force, took control of Bukavu airport.",
    );
    assert_eq!(told, "M23 > ");
    let told = roles("en", "The Syrian civil war has killed thousands.");
    assert_eq!(told, " > ");
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

#[test]
fn who_strikes_by_mistake_strikes_his_own() {
    let told = roles(
        "vi",
        "Trực thăng Kenya yểm trợ bộ binh ở Lamu. Chiếc trực thăng Kenya thứ hai không kích nhầm.",
    );
    assert_eq!(told, "KEN > KEN");
    let told = roles("vi", "Không quân Nigeria ném bom nhầm vào phiến quân Boko Haram.");
    assert_eq!(told, "NGA > BOKOHARAM");
}

#[test]
fn who_asks_for_help_is_helped() {
    let told = roles("vi", "Armenia đề nghị Iran hỗ trợ quân sự.");
    assert_eq!(told, "IRN > ARM");
}

#[test]
fn who_holds_what_is_struck_or_taken_is_whom_it_is_done_to() {
    let told = roles("vi", "Máy bay Ethiopia không kích các khu vực do TPLF kiểm soát.");
    assert_eq!(told, "ETH > TPLF");
    let told = roles("vi", "Thị trấn Kassala do RSF kiểm soát từ tháng 12/2021.");
    assert_eq!(told, "RSF > ");
}

#[test]
fn who_agrees_on_a_truce_and_who_stands_behind_it() {
    let text = "Lệnh ngừng bắn ở Tigray được Ai Cập, Sudan và Kenya thống nhất hồi tháng 3.";
    assert_eq!(roles("vi", text), "EGY,KEN,SDN > ");
    let told = roles("vi", "Niger và Chad đạt lệnh ngừng bắn do Liên minh châu Phi bảo trợ.");
    assert_eq!(told, "NER,TCD > ");
}

#[test]
fn both_sides_are_those_who_fight_and_not_whom_else_the_text_names() {
    let text = "Thổ Nhĩ Kỳ theo dõi tình hình. Thổ Nhĩ Kỳ lo ngại, Thổ Nhĩ Kỳ kêu gọi kiềm chế. \
        Quân đội Ethiopia pháo kích quân Eritrea. Quân Eritrea không kích vị trí của Ethiopia. Hai bên nã pháo vào nhau suốt đêm.";
    assert_eq!(roles("vi", text), "ERI,ETH > ");
}

#[test]
fn a_denial_of_what_was_said_is_of_the_deed_told_last() {
    let text =
        "Bộ Quốc phòng Iran nói lực lượng nước này đã chiếm thị trấn Zahedan. Quân đội Pakistan bác bỏ thông tin trên.";
    assert_eq!(roles("vi", text).split(' ').next(), Some("IRN"));
}

#[test]
fn who_stands_behind_what_others_do_helps_them() {
    let told = roles("vi", "Chad cáo buộc Sudan đứng sau các cuộc pháo kích của Boko Haram.");
    assert_eq!(told, "BOKOHARAM,SDN > BOKOHARAM");
}

#[test]
fn what_blows_up_after_a_strike_was_struck() {
    let told = roles("vi", "Căn cứ Houthi nổ tung sau các cuộc không kích của Ai Cập.");
    assert_eq!(told, "EGY > HOUTHI");
}

#[test]
fn a_group_that_stands_by_another_acts_itself() {
    let told = roles(
        "vi",
        "Nhóm Boko Haram có liên hệ với al-Qaeda đã tấn công đồn cảnh sát Chad.",
    );
    assert_eq!(told, "BOKOHARAM > TCD");
}

#[test]
fn things_without_an_owner_are_theirs_who_were_struck_before() {
    let told = roles(
        "vi",
        "Theo quân đội Ethiopia, 40 binh sĩ Eritrea bị loại khỏi vòng chiến, ba xe tăng bị phá hủy.",
    );
    assert_eq!(told.split(" > ").nth(1), Some("ERI"));
}

#[test]
fn a_group_without_a_code_is_one_of_the_two_sides() {
    let told = roles(
        "en",
        "The Sri Lankan army said the LTTE had attacked a camp. India watched. The LTTE denied it. The two sides exchanged fire for hours.",
    );
    assert_eq!(told, "LKA > ");
}

#[test]
fn our_forces_are_those_of_whoever_speaks() {
    let told = roles(
        "en",
        "Communique of the Ministry of Defence of Chad\n\nOur forces destroyed two tanks near Faya.",
    );
    assert!(told.starts_with("TCD"), "{told}");
}

#[test]
fn a_happening_that_points_to_somebody_is_his_deed() {
    let told = roles(
        "en",
        "A bomb killed six people in Mogadishu on Monday. Officials said it bears the hallmarks of Al Shabaab.",
    );
    assert_eq!(told.split(" > ").next(), Some("ALSHABAAB"));
}

#[test]
fn who_loses_a_thing_suffers_it() {
    for told in [
        roles("en", "Sudan's army denied losing any aircraft."),
        roles("en", "Sudan's army confirmed the loss of one helicopter."),
        roles("en", "The mission said Sudan had lost two helicopters."),
        roles("vi", "Quân đội Sudan phủ nhận việc mất trực thăng."),
        roles("vi", "Quân đội Sudan cho biết họ đã mất hai trực thăng."),
    ] {
        assert_eq!(told, " > SDN");
    }
}

#[test]
fn a_deed_that_is_somebodys_is_not_done_by_whom_it_harms() {
    let told = roles(
        "vi",
        "Azerbaijan cho biết 19 dân thường thiệt mạng do pháo kích của Armenia.",
    );
    assert_eq!(told, "ARM > ");
}
