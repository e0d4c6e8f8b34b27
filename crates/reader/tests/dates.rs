//! When the events of a claim were: reports of our own for each way in which a text tells it.

use counterclaim_reader::{Input, Reader};

/// The times of the events of a text's last claim, read on a day.
fn times(language: &str, published: Option<&str>, text: &str) -> Vec<String> {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: published.map(str::to_owned),
        ..Input::default()
    });
    let claim = reading.claims.last().expect("a claim is read");
    let mut out: Vec<String> = claim.events.iter().filter_map(|e| e.time.clone()).collect();
    out.dedup();
    out
}

#[test]
fn a_month_of_an_unknown_year_is_a_month() {
    let text = "Last November the rebels attacked the port of Aden.";
    assert_eq!(times("en", None, text), ["XXXX-11"]);
    assert_eq!(times("en", Some("2020-10-05"), text), ["2019-11"]);
    let text = "Hồi tháng 11 vừa qua, phiến quân tấn công cảng Aden.";
    assert_eq!(times("vi", None, text), ["XXXX-11"]);
}

#[test]
fn the_first_months_of_a_year() {
    let text = "Landmines killed 70 farmers in the first eight months of this year.";
    assert_eq!(times("en", Some("2020-10-05"), text), ["2020-01/2020-08"]);
    let text = "Các vụ không kích khiến 90 dân thường thiệt mạng trong 9 tháng đầu năm 2020.";
    assert_eq!(times("vi", None, text), ["2020-01/2020-09"]);
}

#[test]
fn the_next_day_is_counted_from_the_day_told() {
    let text = "Troops seized Zumar on December 6. They fought off several attacks the following day before they left.";
    assert_eq!(times("en", None, text), ["XXXX-12-07"]);
    let text = "Quân đội tập trận ở Crimea từ hôm qua.";
    assert_eq!(times("vi", Some("2020-10-05"), text), ["2020-10-04/.."]);
}

#[test]
fn since_the_war_began_is_since_its_first_day() {
    let day = Some("2022-03-04");
    let text = "Russian shelling has killed 40 civilians in Ukraine since the invasion began.";
    assert_eq!(times("en", day, text), ["2022-02-24/.."]);
    let text = "Nga cho biết 20 binh sĩ Ukraine thiệt mạng kể từ khi chiến sự nổ ra.";
    assert_eq!(times("vi", day, text), ["2022-02-24/.."]);
    // No war of theirs is known at the time.
    let text = "Danish shelling has killed 40 civilians in Sweden since the invasion began.";
    assert_eq!(times("en", day, text), Vec::<String>::new());
}

#[test]
fn a_date_behind_the_cue_is_that_of_what_is_said() {
    let text = "Bộ Quốc phòng nói rằng hôm 3/10, quân đội đã bắn rơi ba máy bay.";
    assert_eq!(times("vi", Some("2020-10-05"), text), ["2020-10-03"]);
    let text = "Bộ Quốc phòng hôm 3/10 nói rằng quân đội đã bắn rơi ba máy bay.";
    assert_eq!(times("vi", Some("2020-10-05"), text), Vec::<String>::new());
}

#[test]
fn a_deed_told_before_the_speaker_tells_when() {
    let text = "After Sunday's battle for Kidal, the army said 20 rebels had been killed.";
    assert_eq!(times("en", Some("2020-10-05"), text), ["2020-10-04"]);
}
