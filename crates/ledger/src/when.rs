use jiff::ToSpan;
use jiff::civil::Date;

/// The days an EDTF date or interval covers, as far as it is of the shapes that readings use. A date without a year
/// (`XXXX-10-04`) gives none.
pub(crate) fn days(edtf: &str) -> Option<(Date, Date)> {
    match edtf.split_once('/') {
        Some(("..", _) | (_, "..")) => None,
        Some((from, to)) => Some((days(from)?.0, days(to)?.1)),
        None => {
            let plain = edtf.trim_end_matches(['~', '?', '%']);
            let mut parts = plain.split('-').map(|part| part.parse::<i16>().ok());
            let (year, month, day) = (parts.next()??, parts.next(), parts.next());
            let small = |n: Option<Option<i16>>, or| n.map_or(Some(or), |n| i8::try_from(n?).ok());
            let from = Date::new(year, small(month, 1)?, small(day, 1)?).ok()?;
            let to = match (month, day) {
                (None, _) => Date::new(year, 12, 31).ok()?,
                (Some(_), None) => from.last_of_month(),
                _ => from,
            };
            Some((from, to))
        }
    }
}

/// Whether two times can be one. What is not told contradicts nothing.
pub(crate) fn overlap(a: Option<&str>, b: Option<&str>) -> bool {
    match (a.and_then(days), b.and_then(days)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => yearless(a, b),
    }
}

/// Whether they lie no more than that many days apart; never where either is not told.
pub(crate) fn within(a: Option<&str>, b: Option<&str>, apart: i64) -> bool {
    let (Some(a), Some(b)) = (a.and_then(days), b.and_then(days)) else {
        return false;
    };
    let reach = |date: Date| date.checked_add(apart.days()).unwrap_or(Date::MAX);
    a.0 <= reach(b.1) && b.0 <= reach(a.1)
}

/// Whether an answer came at the time of what it answers or shortly after: two weeks is the longest that we believe in.
/// A day's leeway is for reports of the day before.
pub(crate) fn soon_after(said: Option<&str>, answer: Option<&str>) -> bool {
    let (Some(said), Some(answer)) = (said.and_then(days), answer.and_then(days)) else {
        return false;
    };
    let later = |date: Date, by: i64| date.checked_add(by.days()).unwrap_or(Date::MAX);
    said.0 <= later(answer.1, 1) && answer.0 <= later(said.1, 14)
}

/// `XXXX-10-04` can be any fourth of October and nothing else.
fn yearless(a: Option<&str>, b: Option<&str>) -> bool {
    let rest = |edtf: &str| edtf.get(4..).map(str::to_owned);
    match (a, b) {
        (Some(a), Some(b)) if (a.starts_with("XXXX-") || b.starts_with("XXXX-")) && a.len() == b.len() => {
            rest(a) == rest(b)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_covers_days() {
        let told = |edtf| days(edtf).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(told("2020-10-04").unwrap(), "2020-10-04 2020-10-04");
        assert_eq!(told("2020-02").unwrap(), "2020-02-01 2020-02-29");
        assert_eq!(told("1992/1994").unwrap(), "1992-01-01 1994-12-31");
        assert_eq!(told("2020-10-04~").unwrap(), "2020-10-04 2020-10-04");
        assert_eq!((told("XXXX-10-04"), told("2020-13"), told("..")), (None, None, None));
    }

    #[test]
    fn times_overlap_unless_they_say_otherwise() {
        assert!(overlap(Some("2020-10"), Some("2020-10-04")));
        assert!(!overlap(Some("2020-10-03"), Some("2020-10-04")));
        assert!(overlap(None, Some("2020-10-04")));
        assert!(overlap(Some("XXXX-10-04"), Some("2020-10-04")));
        assert!(!overlap(Some("XXXX-10-05"), Some("2020-10-04")));
        assert!(
            within(Some("2020-10-04"), Some("2020-10-05"), 1) && !within(Some("2020-10-04"), Some("2020-10-06"), 1)
        );
    }
}
