use jiff::civil::Date;
use jiff::fmt::rfc2822;
use std::fmt;

/// Words that are no date this program reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDate(String);

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY", self.0)
    }
}

impl std::error::Error for BadDate {}

/// A date of publication as EDTF: a year, a month or a day of the calendar. The time of a timestamp is dropped, for
/// reports are dated by day.
///
/// ```
/// use counterclaim_gather::date;
///
/// assert_eq!(date("2020-10-05T08:30:00Z").unwrap(), "2020-10-05");
/// assert_eq!(date("2020-10").unwrap(), "2020-10");
/// assert!(date("2020-02-30").is_err());
/// ```
pub fn date(words: &str) -> Result<String, BadDate> {
    let bad = || BadDate(words.chars().take(40).collect());
    let day = words.trim();
    let day = day.split_once(['T', ' ']).map_or(day, |(day, _)| day);
    let fits = |whole: String| whole.parse::<Date>().is_ok().then(|| day.to_owned()).ok_or_else(bad);
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = day.split('-').collect();
    match parts[..] {
        [year] if digits(year, 4) => fits(format!("{year}-01-01")),
        [year, month] if digits(year, 4) && digits(month, 2) => fits(format!("{year}-{month}-01")),
        [year, month, d] if digits(year, 4) && digits(month, 2) && digits(d, 2) => fits(day.to_owned()),
        _ => Err(bad()),
    }
}

/// Formats of dates with the names of months, as programs write them.
const NAMED: [&str; 6] = [
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
];

/// The date in words that a program or a page wrote in one of the world's usual ways, where it is one. In numbers with strokes the day comes first unless that
/// cannot be, for of those who write the month first, all machines write it otherwise.
pub(crate) fn any(words: &str) -> Option<String> {
    let words = words.trim();
    if let Ok(date) = date(words) {
        return Some(date);
    }
    if let Ok(zoned) = rfc2822::parse(words) {
        return Some(zoned.date().to_string());
    }
    if words.len() == 8 && words.bytes().all(|b| b.is_ascii_digit()) {
        return date(&format!("{}-{}-{}", &words[..4], &words[4..6], &words[6..])).ok();
    }
    if let Some(day) = NAMED.iter().find_map(|format| named(format, words)) {
        return Some(day);
    }
    words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|'))
        .find_map(numbers)
}

fn named(format: &str, words: &str) -> Option<String> {
    let (day, _) = jiff::fmt::strtime::BrokenDownTime::parse_prefix(format, words).ok()?;
    Some(day.to_date().ok()?.to_string())
}

/// "5/10/2020", "05.10.2020", "2020/10/05".
fn numbers(words: &str) -> Option<String> {
    let parts: Vec<&str> = words.split(['/', '.', '-']).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    let (year, month, day) = match (a.len(), c.len()) {
        (4, _) => (first, second, third),
        (_, 4) if second > 12 => (third, first, second),
        (_, 4) => (third, second, first),
        _ => return None,
    };
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::any;

    #[test]
    fn dates_are_read_in_the_usual_ways() {
        for words in [
            "2020-10-05T00:30:00+07:00",
            "Mon, 05 Oct 2020 23:30:00 +0700",
            "5 October 2020",
            "October 5, 2020 at 8:30 am",
            "5/10/2020, 08:30 (GMT+7)",
            "08:30 05/10/2020",
            "05.10.2020",
            "20201005",
            "2020/10/05 10:00",
        ] {
            assert_eq!(any(words).as_deref(), Some("2020-10-05"), "{words}");
        }
        assert_eq!(any("10/25/2020").as_deref(), Some("2020-10-25"));
        for words in ["yesterday", "", "1.2.3", "31/31/2020", "12:30"] {
            assert_eq!(any(words), None, "{words}");
        }
    }
}
