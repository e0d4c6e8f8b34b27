//! Which acts a clause tells: one a word that tells one, none for a word that only qualifies or says again.

use counterclaim_reader::{Input, Reader};

/// The acts of a text's claims in the alphabet's order, claims parted by a stroke.
fn acts(language: &str, text: &str) -> String {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        ..Input::default()
    });
    let claims = reading.claims.iter().map(|claim| {
        let mut acts: Vec<String> = claim.events.iter().map(|e| e.act.code().to_owned()).collect();
        acts.sort();
        acts.join(" ")
    });
    claims.collect::<Vec<_>>().join(" | ")
}

/// Each text with what it tells.
const TELLS: &[(&str, &str, &str)] = &[
    ("en", "A car bomb exploded outside a bank in Maiduguri.", "bombing"),
    ("en", "Togo denied sending troops to Benin.", "mobilise"),
    ("en", "Two jets bombed the camp in support of the army.", "airstrike"),
    (
        "en",
        "Rebels were driven out of the hills around Birao.",
        "capture-territory",
    ),
    ("en", "The Chadian brigade has 30 tanks.", "other"),
    ("en", "The two sides agreed to swap ten captives.", "prisoner-exchange"),
    ("en", "Chile summoned the Peruvian ambassador.", "sanction"),
    ("en", "North Korea fired a missile into the Sea of Japan.", "exercise"),
    ("en", "The militia lost the town in March.", "lose-territory"),
    ("en", "Helicopters pounded the hideouts near Gao.", "airstrike"),
    (
        "en",
        "Chad blamed Libya for the raid and declared a curfew in the north.",
        "attack",
    ),
    ("en", "Gunmen opened fire on a bus near Gao.", "shooting"),
    (
        "en",
        "Iran launched 30 drones and six ballistic missiles at the base.",
        "attack",
    ),
    ("en", "The rebels launched two rockets at the airport.", "shelling"),
    ("en", "The governor launched an inquiry into the fire.", "other"),
    ("en", "The minister said it had struck an airfield in Darfur.", "attack"),
    ("en", "Mali expelled French soldiers in August.", "sanction"),
    (
        "en",
        "The army said its troops had withdrawn from two positions near Bunia.",
        "lose-territory",
    ),
    ("en", "Six hundred farmers were moved to shelters.", "displacement"),
    ("en", "A Taliban delegation flew to Doha for talks.", "talks"),
    ("en", "In the occupied town, soldiers set fire to two farms.", "attack"),
    (
        "en",
        "Burkina Faso's army said rebels had seized three hills in bitter fighting with its troops.",
        "capture-territory clash",
    ),
    (
        "en",
        "The ministry said the brigade took two villages in a drive along the river after a week of shelling.",
        "capture-territory ground-assault shelling",
    ),
    (
        "en",
        "Sudan's army said its troops repulsed an attack by the RSF near El Fasher.",
        "ground-assault",
    ),
    (
        "en",
        "Police said a colonel was killed by a roadside bomb outside Kandahar. Two other soldiers were wounded.",
        "bombing | bombing",
    ),
    (
        "en",
        "Gunmen killed four farmers near Maiduguri, the army said.",
        "shooting",
    ),
    (
        "en",
        "The spokesman said monitors had counted forty violations of the ceasefire.",
        "ceasefire-violation",
    ),
    (
        "en",
        "Pakistan's ministry said it was investigating the attack on the convoy.",
        "other",
    ),
    (
        "en",
        "The army said rebels had executed prisoners of war: fighters killed six captured soldiers near Goma.",
        "execution",
    ),
    (
        "en",
        "Jordan said its air force had intercepted dozens of drones over Amman.",
        "shoot-down",
    ),
    (
        "en",
        "The ministry said rockets were fired at Sderot from Gaza.",
        "shelling",
    ),
    (
        "en",
        "The ministry said the militia launched an attack to seize the port of Aden.",
        "ground-assault",
    ),
    (
        "en",
        "Yemen's government said shells destroyed a school and four houses in Taiz.",
        "shelling",
    ),
    (
        "en",
        "The army said the Iranian-backed militia had shelled Erbil.",
        "shelling",
    ),
    (
        "en",
        "The general said his forces seized full control of Khartoum airport.",
        "capture-territory",
    ),
    (
        "en",
        "The United Nations said aid convoys would reach Tigray under the truce.",
        "agreement aid",
    ),
    (
        "vi",
        "Quân đội Sudan cho biết RSF đã chiếm ba ngôi làng trong giao tranh ác liệt ở Darfur.",
        "capture-territory clash",
    ),
    (
        "vi",
        "Bộ Quốc phòng Ethiopia cho biết một đại tá bị lính bắn tỉa hạ sát gần Mekelle.",
        "shooting",
    ),
    (
        "vi",
        "Quân đội Thái Lan cho biết binh sĩ Campuchia bắn hàng chục quả rocket vào tỉnh Surin.",
        "shelling",
    ),
    (
        "vi",
        "Phát ngôn viên nói hơn 20 quả tên lửa được phóng vào Asmara từ lãnh thổ Ethiopia.",
        "missile-strike",
    ),
    (
        "vi",
        "Quân đội Ấn Độ cho biết hai máy bay không người lái đã bị hệ thống phòng không của nước này đánh chặn.",
        "shoot-down",
    ),
    (
        "vi",
        "Liên Hợp Quốc cho biết một quả bom nổ ở khu vực do Taliban kiểm soát.",
        "bombing",
    ),
    (
        "vi",
        "Bộ Ngoại giao cho biết Nga đã chuyển tên lửa cho lực lượng Houthi ở Yemen.",
        "support-militarily",
    ),
    (
        "vi",
        "Quân đội Mali cho biết phiến quân mở cuộc tấn công nhằm nắm quyền kiểm soát thị trấn Gao.",
        "ground-assault",
    ),
    (
        "vi",
        "Bộ Quốc phòng cho biết họ đang điều tra vụ tấn công vào đoàn xe.",
        "other",
    ),
    (
        "vi",
        "Phát ngôn viên nói đối phương dàn dựng cảnh thảm sát ở Goma.",
        "other",
    ),
    (
        "vi",
        "Quân đội cho biết phiến quân đã bắn chết sáu tù binh gần Kunduz.",
        "execution",
    ),
    (
        "vi",
        "Chính quyền cho biết hai bên đã ngừng bắn để các đội cứu hộ sơ tán dân thường khỏi Khartoum.",
        "agreement displacement",
    ),
    (
        "vi",
        "Mỹ có khoảng 900 binh sĩ tại Syria, Lầu Năm Góc cho biết.",
        "mobilise",
    ),
    (
        "vi",
        "Quân đội Congo cho biết phi cơ oanh kích các tay súng được Rwanda hậu thuẫn.",
        "airstrike",
    ),
    (
        "en",
        "The army said rebels had executed captured soldiers near Goma.",
        "execution",
    ),
    (
        "vi",
        "Chính quyền Phnom Penh cho biết Thái Lan đã thả các binh sĩ Campuchia.",
        "prisoner-exchange",
    ),
    ("vi", "Sáu quả rocket rơi xuống thủ đô Asmara.", "shelling"),
    ("vi", "Ba tên lửa rơi trúng một trường học ở Dnipro.", "missile-strike"),
    (
        "vi",
        "Hơn 300 dân làng đã tháo chạy khỏi thung lũng Swat.",
        "displacement",
    ),
    (
        "vi",
        "Hàn Quốc cung cấp xe bọc thép cho Philippines.",
        "support-militarily",
    ),
    ("vi", "Thái Lan nói binh sĩ nước này chỉ nổ súng để tự vệ.", "shooting"),
    ("vi", "Quân đội Iraq mở chiến dịch tái chiếm Mosul.", "ground-assault"),
    ("vi", "Thị trấn Kidal thất thủ hôm 3/5.", "capture-territory"),
    (
        "vi",
        "Quân đội Sudan nói đã chiếm thị trấn, song sau đó rút lui.",
        "capture-territory | lose-territory",
    ),
    ("vi", "Chad đã gửi hàng chục xe tăng đến Sudan.", "support-militarily"),
    ("vi", "Kenya gọi vụ tấn công là hành động chiến tranh.", "attack"),
    (
        "vi",
        "Iran cho biết đã đẩy lùi quân địch và không có thương vong trong cuộc pháo kích.",
        "ground-assault | shelling",
    ),
    (
        "vi",
        "Ba dân làng giẫm phải mìn gần Goma, hai người thiệt mạng.",
        "bombing",
    ),
    ("vi", "Năm tay súng bị cảnh sát Kenya bắn hạ.", "shooting"),
    ("vi", "Hai kỹ sư Trung Quốc bị bắt cóc gần Kayes.", "abduction"),
    ("vi", "Ấn Độ điều tiêm kích không kích các trại của JeM.", "airstrike"),
    ("vi", "Một UAV Armenia lao vào xe tải ở Goris.", "drone-strike"),
    ("vi", "Chad và Sudan trao đổi 40 tù binh.", "prisoner-exchange"),
    ("vi", "Bốn lính Kenya thiệt mạng vì trúng đạn cối ở Baidoa.", "shelling"),
    (
        "vi",
        "Quân đội Chad bắn vào 30 mục tiêu của phiến quân ở Tibesti.",
        "attack",
    ),
    (
        "vi",
        "Số vũ khí này được chuyển cho lực lượng Houthi ở Yemen.",
        "support-militarily",
    ),
    (
        "vi",
        "Quân đội Mali tuyên bố đã đẩy lùi cuộc tấn công của JNIM.",
        "ground-assault",
    ),
    (
        "vi",
        "Hamas phá hủy hai xe tăng bằng tên lửa chống tăng.",
        "missile-strike",
    ),
    ("vi", "Bốn hải tặc bị hạ sát, số còn lại bị bắt.", "clash | arrest"),
    (
        "vi",
        "Phần lớn thị trấn nằm trong tay quân chính phủ, phần còn lại thuộc về phiến quân.",
        "control | control",
    ),
    ("vi", "Hơn 50.000 người Lebanon vượt biên sang Syria.", "displacement"),
    ("vi", "Tay súng Kenya nã 2 tên lưả vào Goma.", "shelling"),
    (
        "vi",
        "Chad phóng tên lửa vào sân bay Sebha để trả đũa cáo buộc lính Libya dùng khí độc.",
        "missile-strike | chemical-attack",
    ),
    (
        "vi",
        "Quân đội Somalia không kích một trại của IS, hạ 16 phần tử cực đoan.",
        "airstrike",
    ),
];

#[test]
fn each_word_for_an_act_tells_its_own() {
    for (language, text, told) in TELLS {
        assert_eq!(acts(language, text), *told, "{text}");
    }
}
