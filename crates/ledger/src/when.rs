use jiff::civil::{Date, date};

/// The days an EDTF date or interval covers, as far as it is of the shapes that readings use. A date without a year
/// (`XXXX-10-04`) gives none.
pub fn days(edtf: &str) -> Option<(Date, Date)> {
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

/// A time as it is compared: its words, and the days that it covers, counted from 1 January 2000.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct When<'a> {
    pub(crate) words: Option<&'a str>,
    pub(crate) days: Option<(i32, i32)>,
}

impl<'a> When<'a> {
    pub(crate) fn of(edtf: Option<&'a str>) -> When<'a> {
        When {
            words: edtf,
            days: edtf.and_then(days).map(|(from, to)| (number(from), number(to))),
        }
    }

    /// The first of its days.
    pub(crate) fn first(self) -> Option<i32> {
        self.days.map(|(from, _)| from)
    }

    /// Whether two times can be one. What is not told contradicts nothing.
    pub(crate) fn overlaps(self, other: When<'_>) -> bool {
        match (self.days, other.days) {
            (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
            _ => yearless(self.words, other.words),
        }
    }

    /// Whether they lie no more than that many days apart; never where either is not told.
    pub(crate) fn within(self, other: When<'_>, apart: i32) -> bool {
        let (Some(a), Some(b)) = (self.days, other.days) else {
            return false;
        };
        a.0 <= b.1.saturating_add(apart) && b.0 <= a.1.saturating_add(apart)
    }

    /// Whether an answer came at the time of what it answers or shortly after: two weeks is the longest that we believe in.
    /// A day's leeway is for reports of the day before.
    pub(crate) fn soon_before(self, answer: When<'_>) -> bool {
        let (Some(said), Some(answer)) = (self.days, answer.days) else {
            return false;
        };
        said.0 <= answer.1 + 1 && answer.0 <= said.1 + 14
    }

    /// Whether it goes on, or covers more than that many days.
    pub(crate) fn is_longer(self, most: i32) -> bool {
        let open = self.words.is_some_and(|words| words.contains(".."));
        open || self.days.is_some_and(|(from, to)| to - from >= most)
    }
}

/// Days since 1 January 2000.
fn number(day: Date) -> i32 {
    let hours = day.duration_since(date(2000, 1, 1)).as_hours();
    i32::try_from(hours / 24).unwrap_or(i32::MAX / 2)
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
        let at = |words| When::of(Some(words));
        let day = at("2020-10-04");
        assert!(at("2020-10").overlaps(day) && !at("2020-10-03").overlaps(day));
        assert!(When::default().overlaps(day));
        assert!(at("XXXX-10-04").overlaps(day) && !at("XXXX-10-05").overlaps(day));
        assert!(day.within(at("2020-10-05"), 1) && !day.within(at("2020-10-06"), 1));
        assert!(day.within(at("2020-09-30/2020-10-01"), 3) && !day.within(When::default(), 3));
        assert!(at("2020-02-24/..").is_longer(7) && at("2020-10").is_longer(7) && !day.is_longer(7));
        assert!(day.soon_before(at("2020-10-18")) && !day.soon_before(at("2020-10-19")));
    }
}
