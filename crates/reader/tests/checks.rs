//! Where a report does not agree with itself, and where it does.

use counterclaim_reader::{Input, Reader};

/// Kind, what the report says and what follows, of each check.
fn checks(language: &str, text: &str) -> Vec<(String, String, String)> {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        published: Some("2023-05-05".into()),
        ..Input::default()
    });
    let found = reading.checks.into_iter();
    found.map(|c| (c.kind, c.says, c.computed)).collect()
}

fn one(kind: &str, says: &str, computed: &str) -> Vec<(String, String, String)> {
    vec![(kind.into(), says.into(), computed.into())]
}

#[test]
fn a_total_is_the_sum_of_its_parts() {
    let en = |total: u32| format!("The shelling killed 12 soldiers and 7 civilians, {total} in all.");
    assert_eq!(checks("en", &en(20)), one("sum", "20", "19"));
    assert_eq!(checks("en", &en(19)), []);
    let vi = |total: u32| format!("Vụ pháo kích làm 12 binh sĩ và 7 dân thường thiệt mạng, tổng cộng {total} người.");
    assert_eq!(checks("vi", &vi(20)), one("sum", "20", "19"));
    assert_eq!(checks("vi", &vi(19)), []);
}

#[test]
fn a_part_is_no_more_than_its_whole() {
    assert_eq!(
        checks("en", "The blast left 9 dead, among them 12 children."),
        one("sum", "12 of 9", "at most 9")
    );
    assert_eq!(checks("en", "The blast left 19 dead, among them 12 children."), []);
    assert_eq!(
        checks("en", "At least 9 people were killed, including 12 children."),
        []
    );
    assert_eq!(
        checks(
            "vi",
            "Vụ nổ làm 11 công nhân một nhà máy, trong đó có 4 phụ nữ, thiệt mạng."
        ),
        []
    );
}

#[test]
fn what_is_reported_has_happened() {
    assert_eq!(
        checks(
            "en",
            "Armenian forces shelled Ganja on 12 June 2023, killing 12 civilians."
        ),
        one("date-order", "2023-06-12", "published 2023-05-05")
    );
    assert_eq!(
        checks(
            "en",
            "Armenian forces shelled Ganja on 2 May 2023, killing 12 civilians."
        ),
        []
    );
    assert_eq!(
        checks("en", "The two sides will hold talks in Geneva on 12 June 2023."),
        []
    );
}

#[test]
fn a_source_that_takes_back_some_of_its_toll_is_marked() {
    let text = |later: u32| {
        format!(
            "The Ukrainian defence ministry said 12 civilians were killed in a missile strike on Kharkiv. The Ukrainian \
             defence ministry said {later} civilians were killed in the missile strike on Kharkiv."
        )
    };
    assert_eq!(checks("en", &text(9)), one("toll-shrinks", "at most 9", "at least 12"));
    assert_eq!(checks("en", &text(15)), []);
}
