//! Damage done to sentences made up for this, and undone; clean sentences that must stay as they are.

use counterclaim_text::repair::{Mended, Options, before, mend, mend_with, undo};
use encoding_rs::Encoding;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const VI: &str = "Bộ Quốc phòng đã bác bỏ cáo buộc rằng lực lượng của họ pháo kích vào thị trấn, đồng thời nói phía bên kia vi phạm lệnh ngừng bắn trước. \
                  Người phát ngôn cho biết tình hình ở biên giới hiện đã yên, và hai bên đang tìm cách đàm phán hòa bình.";
const FR: &str = "Le ministère a démenti être à l’origine des tirs et réclamé une enquête.";
const RU: &str = "Министерство обороны заявило, что не наносило ударов по городу и что потерь нет.";
const UK: &str = "Міністерство заявило, що обстрілу не було і що ніхто не постраждав у місті.";
const PL: &str =
    "Rzecznik powiedział, że żołnierze nie strzelali i że nie ma żadnych dowodów na to, o czym mówią władze miasta.";
const TR: &str =
    "Bakanlık, saldırının kendilerine ait olmadığını ve bir soruşturmanın başlatıldığını açıkladı; iki kişi yaralandı.";
const AR: &str = "قالت الوزارة إن الجيش لم يقصف المدينة وإن ما نشر في الصحف لا أساس له من الصحة على الإطلاق";
const PT: &str = "O porta-voz disse que não há provas e que as acusações são uma invenção da oposição.";

/// The text's bytes in one coding, read in another: what a code page leaves open is passed through.
fn misread(text: &str, written: &'static Encoding, read: &'static Encoding) -> String {
    let (bytes, _, unmappable) = written.encode(text);
    assert!(!unmappable, "{text}");
    read_as(&bytes, read)
}

fn read_as(bytes: &[u8], read: &'static Encoding) -> String {
    bytes
        .iter()
        .map(|byte| {
            let one = std::slice::from_ref(byte);
            let decoded = read.decode_without_bom_handling_and_without_replacement(one);
            decoded.and_then(|s| s.chars().next()).unwrap_or(char::from(*byte))
        })
        .collect()
}

/// Letters that a page has are read as another, all others stay, as on a page with character references.
fn partly_misread(text: &str, written: &'static Encoding, read: &'static Encoding) -> String {
    let one = |c: char| {
        let mut buffer = [0; 4];
        let (bytes, _, unmappable) = written.encode(c.encode_utf8(&mut buffer));
        if unmappable {
            c.to_string()
        } else {
            read_as(&bytes, read)
        }
    };
    text.chars().map(one).collect::<String>().nfc().collect()
}

#[track_caller]
fn mended(damaged: &str, expected: &str, kind: &str) {
    assert_ne!(damaged, expected, "not damaged");
    let mended = mend(damaged);
    assert_eq!(mended.text, expected);
    assert!(mended.edits.iter().any(|edit| edit.kind == kind), "{:?}", mended.edits);
    assert_eq!(undo(&mended), damaged);
    for edit in &mended.edits {
        let now: String = mended
            .text
            .chars()
            .skip(edit.start)
            .take(edit.end - edit.start)
            .collect();
        assert_eq!(now, edit.now);
    }
    assert_eq!(mend(expected).text, expected, "clean text is left alone");
}

#[test]
fn utf8_read_as_a_code_page_once_or_twice() {
    use encoding_rs::{UTF_8, WINDOWS_1251, WINDOWS_1252, WINDOWS_1258};
    for text in [VI, FR, AR, RU] {
        mended(&misread(text, UTF_8, WINDOWS_1252), text, "utf8-as-cp1252");
    }
    mended(&misread(VI, UTF_8, WINDOWS_1258), VI, "utf8-as-cp1258");
    mended(&misread(RU, UTF_8, WINDOWS_1251), RU, "utf8-as-cp1251");
    mended(&misread(UK, UTF_8, WINDOWS_1251), UK, "utf8-as-cp1251");
    let twice = misread(&misread(VI, UTF_8, WINDOWS_1252), UTF_8, WINDOWS_1252);
    mended(&twice, VI, "utf8-as-cp1252");
    let latin1: String = VI.bytes().map(char::from).collect();
    mended(&latin1, VI, "utf8-as-latin1");
}

#[test]
fn one_code_page_read_as_another() {
    use encoding_rs::{KOI8_R, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254, WINDOWS_1256, WINDOWS_1258};
    mended(&misread(RU, WINDOWS_1251, WINDOWS_1252), RU, "cp1251-as-cp1252");
    mended(&misread(RU, KOI8_R, WINDOWS_1251), RU, "koi8-r-as-cp1251");
    mended(&misread(PL, WINDOWS_1250, WINDOWS_1252), PL, "cp1250-as-cp1252");
    mended(&misread(TR, WINDOWS_1254, WINDOWS_1252), TR, "cp1254-as-cp1252");
    mended(&misread(AR, WINDOWS_1256, WINDOWS_1252), AR, "cp1256-as-cp1252");
    mended(&partly_misread(PT, WINDOWS_1252, WINDOWS_1258), PT, "cp1252-as-cp1258");
}

#[test]
fn latin_1_read_as_windows_1258() {
    let damaged = partly_misread(VI, encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1258);
    assert!(
        damaged.contains("đă bác bỏ") && damaged.contains("t́nh h́nh"),
        "{damaged}"
    );
    mended(&damaged, VI, "cp1252-as-cp1258");
    let edit = mend(&damaged).edits.remove(0);
    assert_eq!((edit.was.as_str(), edit.now.as_str()), ("pḥng", "phòng"));
}

#[test]
fn codings_from_before_unicode() {
    let tcvn3 = "Bé Quèc phßng ®· b¸c bá c¸o buéc, vµ nãi r»ng kh«ng cã th\u{ad}¬ng vong.";
    let plain = "Bộ Quốc phòng đã bác bỏ cáo buộc, và nói rằng không có thương vong.";
    mended(tcvn3, plain, "tcvn3");
    mended(
        "Boä Quoác phoøng ñaõ baùc boû caùo buoäc, vaø noùi raèng khoâng coù thöông vong.",
        plain,
        "vni",
    );
    mended(
        "Bo^. Quo^'c pho`ng dda~ ba'c bo? ca'o buo^.c, va` no'i ra(`ng kho^ng co' thu+o+ng vong.",
        plain,
        "viqr",
    );
    mended(
        "Bôò Quôìc phoÌng ðaÞ baìc boÒ caìo buôòc, vaÌ noìi rãÌng không coì thýõng vong.",
        plain,
        "cp1258-as-cp1252",
    );
    mended(&plain.nfd().collect::<String>(), plain, "decomposed");
}

#[test]
fn only_the_damaged_span_of_a_page() {
    let half = format!("{VI}\nPh¸t ng«n viªn kh«ng b×nh luËn vÒ cuéc tÊn c«ng nµy.\n{FR}");
    let mended = mend(&half);
    assert_eq!(
        mended.text,
        format!("{VI}\nPhát ngôn viên không bình luận về cuộc tấn công này.\n{FR}")
    );
    assert_eq!(undo(&mended), half);
}

#[test]
fn references_controls_and_ligatures() {
    mended(
        "L&#7921;c l&#x1b0;&#7907;ng &amp;amp; &quot;d&acirc;n qu&acirc;n&quot;",
        "Lực lượng & \"dân quân\"",
        "html-entity",
    );
    mended(
        "The of\u{fb01}cial con\u{ad}firmed\u{1a} it.",
        "The official confirmed it.",
        "ligature",
    );
    mended("He said \u{93}no\u{94}.", "He said “no”.", "cp1252-as-latin1");
}

#[test]
fn what_is_clean_stays() {
    for text in [
        VI,
        FR,
        RU,
        UK,
        PL,
        TR,
        AR,
        PT,
        "Fish & chips; AT&T; a+b^2 = c~d; \"U.S.\" No. 5 at 10 a.m. (e.g.) I'm to. It's O.K.?",
        "SUR LA PORTE DU HANGAR ON LIT FERMÉ… MERCÊ… É”",
        "Ministerul Apărării a spus că nu există dovezi în sprijinul acuzaţiilor și că ancheta continuă să fie făcută.",
        "Varnarmálaráðuneytið sagði að ekkert væri hæft í því og að það hefði ekki gert árás á þorpið.",
        "Ministerstvo obrany uvedlo, že útok nepodniklo a že žádné důkazy nejsou; tvrzení označilo za lživé.",
        "Die Behörde erklärte, für die Äußerungen gebe es „keine Beweise“ – die Lage sei unübersichtlich.",
        "Ayun Păh, Đăk Lăk và Chư Păh là tên địa phương; theo dõi thêm ở Ngõ 5, đèn lư hương vẫn cháy.",
        "The valley, 12 m² by 30 m³ at 45°C ±2, costs £5 or 7€ — “cheap”, said José Núñez’s ex-wife Zoë.",
        "משרד הביטחון מסר כי אין לכך כל שחר ולא נורה דבר לעבר הכפר",
        "国防部否认了这一指控。",
        "Քանի որ ապացույցներ չկան, նախարարությունը հերքել է մեղադրանքը։",
    ] {
        assert_eq!(mend(text).text, text);
        assert!(mend(text).edits.is_empty());
    }
}

#[test]
fn taste_is_a_matter_of_asking() {
    let mended = mend_with("L’Union dit « non » — “ok” \u{ff01}", Options { aggressive: true });
    assert_eq!(mended.text, "L'Union dit « non » — \"ok\" !");
    assert_eq!(undo(&mended), "L’Union dit « non » — “ok” \u{ff01}");
}

proptest! {
    #[test]
    fn any_text_comes_back_when_undone(text in "(\\PC|[àáãìòăơưđÃÂ©±µ¸«»\u{300}\u{301}\u{323}\u{80}-\u{9f} \n&;#+^`~'?.]){0,80}") {
        let mended = mend(&text);
        prop_assert_eq!(undo(&mended), text.as_str());
        let points: Vec<char> = mended.text.chars().collect();
        let mut last = 0;
        for edit in &mended.edits {
            prop_assert!(last <= edit.start && edit.start <= edit.end && edit.end <= points.len());
            prop_assert_eq!(points[edit.start..edit.end].iter().collect::<String>(), edit.now.clone());
            last = edit.end;
        }
        // Every character leads back: to what its edit changed, else to itself.
        let was: Vec<char> = text.chars().collect();
        for (at, point) in points.iter().enumerate() {
            let back = before(&mended, at..at + 1);
            let edit = mended.edits.iter().find(|edit| edit.start <= at && at < edit.end);
            let expected = edit.map_or(point.to_string(), |edit| edit.was.clone());
            prop_assert_eq!(was[back].iter().collect::<String>(), expected);
        }
        prop_assert!(points.is_empty() || before(&mended, 0..points.len()).end + lost_at_the_end(&mended) == was.len());
    }
}

/// How many characters were taken out behind the last one.
fn lost_at_the_end(mended: &Mended) -> usize {
    let end = mended.text.chars().count();
    mended
        .edits
        .iter()
        .filter(|edit| edit.start == end)
        .map(|edit| edit.was.chars().count())
        .sum()
}

#[test]
fn clean_text_of_every_script_stays() {
    for text in [
        "国防部发言人表示，军队没有炮击该市。记者José报道·政府“回应”说：局势平静……",
        "国防省は、軍が市を攻撃しておらず、兵士に負傷者はいないと発表した。「ドローン」が１機。",
        "국방부는 군이 도시를 공격하지 않았으며 다친 군인도 없다고 밝혔다.",
        "กระทรวงกลาโหมระบุว่ากองทัพไม่ได้โจมตีเมือง",
        "რუსეთის არმიას ქალაქზე იერიში არ მიუტანია.",
        "रक्षा मंत्रालय ने कहा कि सेना ने शहर पर हमला नहीं किया।",
        "Қорғаныс министрлігі әскер қалаға шабуыл жасамағанын мәлімдеді.",
        "Wezareta Parastinê ragihand ku artêşê êrîş nebir ser bajêr.",
        "وزارت دفاع نے کہا کہ فوج نے شہر پر حملہ نہیں کیا۔",
    ] {
        assert!(mend(text).edits.is_empty(), "{text}: {:?}", mend(text).edits);
    }
}

#[test]
fn a_trail_byte_that_became_a_space_is_found_inside_syllables_and_words() {
    // "làm", "vào", "hài": the byte A0 of the à shows as a space.
    let damaged = "Há»\u{8d} nÃ³i quÃ¢n Ä‘á»™i Ä‘Ã£ lÃ m nhÆ° váº\u{ad}y vÃ  rÃºt vÃ o trong.";
    assert_eq!(mend(damaged).text, "Họ nói quân đội đã làm như vậy và rút vào trong.");
    let damaged = "As acusaÃ§Ãµes sÃ£o iguais Ã quelas de ontem, e chegaram Ã cidade.";
    assert_eq!(
        mend(damaged).text,
        "As acusações são iguais àquelas de ontem, e chegaram à cidade."
    );
}

#[test]
fn what_is_lost_in_the_middle_of_a_character_is_marked_as_lost() {
    assert_eq!(
        mend("Regras ðŸ“\u{fffd} sÃ£o vÃ¡lidas").text,
        "Regras \u{fffd} são válidas"
    );
    assert_eq!(
        mend("sÃ£o vÃ¡lidas ðŸ\u{fffd}° atÃ© hoje").text,
        "são válidas \u{fffd} até hoje"
    );
    assert_eq!(
        mend("The armyâ?¬â?¢s wordâ€™s").text,
        "The army\u{fffd}\u{fffd}s word’s"
    );
}

#[test]
fn controls_in_words_are_letters_of_macroman_where_the_language_has_them() {
    let mended = mend("Los vecinos de la capital conf\u{92}an en la polic\u{92}a y en el alto el fuego");
    assert_eq!(
        mended.text,
        "Los vecinos de la capital confían en la policía y en el alto el fuego"
    );
    assert_eq!(mended.edits[0].kind, "macroman-as-latin1");
    assert_eq!(
        mend("The army doesn\u{92}t know what the others\u{92} losses are").text,
        "The army doesn’t know what the others’ losses are"
    );
    assert_eq!(
        mend("l\u{92}armée et la population n\u{92}ont rien dit de l\u{92}attaque").text,
        "l’armée et la population n’ont rien dit de l’attaque"
    );
}
