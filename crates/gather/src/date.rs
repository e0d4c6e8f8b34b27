use jiff::civil::Date;
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
