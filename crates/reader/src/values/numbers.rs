use super::{Covers, Time, at as value_at};
use crate::bits::{DASH, EXIST, HARM, INF, LOSS, NUMBER};
use crate::doc::Doc;
use counterclaim_lexicon::{Func, Kind, NumberKind, NumberSense, PosClass, Sense};
use counterclaim_text::TokenKind;
use std::ops::Range;

/// A number with its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its units, bound words ("at least", "hơn") included.
    pub(crate) units: Range<usize>,
    /// The least, inclusive.
    pub(crate) min: Option<u64>,
    /// The most, inclusive.
    pub(crate) max: Option<u64>,
    /// Vague or rounded.
    pub(crate) approx: bool,
}

impl Covers for Number {
    fn units(&self) -> &Range<usize> {
        &self.units
    }
}

/// All numbers of a document, in text order; those of time expressions are left to them.
pub(crate) fn numbers(doc: &Doc<'_>, times: &[Time]) -> Vec<Number> {
    let mut out = Vec::new();
    for sent in &doc.sents {
        let mut at = sent.units.start;
        while at < sent.units.end {
            if !opens(doc, at) {
                at += 1;
                continue;
            }
            match number_at(doc, times, at, sent.units.end) {
                Some(number) => {
                    at = number.units.end;
                    out.push(number);
                }
                None => at += 1,
            }
        }
    }
    out
}

/// Whether a number can begin with a unit: with digits, a number word, "between".
fn opens(doc: &Doc<'_>, unit: usize) -> bool {
    const WORDS: u128 = Kind::NUMBER.bit() | Kind::func(Func::ToBetween).bit();
    let first = doc.units[unit].tokens.start as usize;
    doc.kinds(unit) & WORDS != 0 || doc.tokens[first].kind == TokenKind::Number
}

fn sense(doc: &Doc<'_>, unit: usize) -> Option<NumberSense> {
    doc.of_kind(unit, Kind::NUMBER)
        .find_map(|s| if let Sense::Number(n) = s { Some(*n) } else { None })
}

/// The bounds that a core is read with.
#[derive(Default)]
struct Bounds {
    least: bool,
    more: bool,
    most: bool,
    fewer: bool,
    approx: bool,
    nearly: bool,
}

fn number_at(doc: &Doc<'_>, times: &[Time], start: usize, end: usize) -> Option<Number> {
    let free = |i: usize| i < end && value_at(times, i).is_none();
    let mut bounds = Bounds::default();
    let mut at = start;
    while free(at) && doc.units[at].bits & NUMBER != 0 {
        match sense(doc, at)?.kind {
            NumberKind::AtLeast => bounds.least = true,
            NumberKind::MoreThan => bounds.more = true,
            NumberKind::AtMost => bounds.most = true,
            NumberKind::LessThan => bounds.fewer = true,
            NumberKind::Approx => bounds.approx = true,
            NumberKind::Nearly => bounds.nearly = true,
            NumberKind::None => {
                return Some(Number {
                    units: start..at + 1,
                    min: Some(0),
                    max: Some(0),
                    approx: false,
                });
            }
            _ => break,
        }
        at += 1;
    }
    // "Khiến tới 40 người": as many as.
    let goes = |u: usize| {
        [Func::ToGoal, Func::ToPlace, Func::ToTarget]
            .iter()
            .any(|f| doc.is(u, *f))
    };
    let leads = |u: usize| goes(u) && doc.units[u].tokens.len() == 1;
    let told = |u: usize| doc.units[u].bits & (HARM | LOSS | EXIST) != 0 || doc.is(u, Func::Cause);
    bounds.most |= doc.pack.head_first && start > 1 && leads(start - 1) && told(start - 2);
    // "between three and nine", "từ 3 đến 9"
    let between = free(at) && doc.is(at, Func::ToBetween);
    at += usize::from(between);
    let (low, mut high, mut approx, mut stop) = core(doc, &free, at)?;
    let ranged = free(stop) && between && doc.is(stop, Func::Cc);
    if between && !ranged {
        return None;
    }
    // A range: "20-30", "20 to 30", "20 đến 30".
    if free(stop)
        && (ranged
            || doc.units[stop].bits & DASH != 0
            || doc.is(stop, Func::ToGoal) && doc.units[stop].span.len() <= 6
            || doc.units[stop].bits & INF != 0 && doc.units[stop].span.len() <= 6)
        && let Some((to, to_high, vague, after)) = core(doc, &free, stop + 1)
        && to > low
    {
        (high, approx, stop) = (to_high.or(Some(to)), approx || vague, after);
    }
    // "12 trong tổng số 30": how many of how many counts the first.
    let of_all = |u: usize| doc.is(u, Func::Total) || doc.is(u, Func::Tally);
    if free(stop + 2)
        && doc.units[stop].class == PosClass::Adp
        && of_all(stop + 1)
        && let Some((_, _, _, after)) = core(doc, &free, stop + 2)
    {
        stop = after;
    }
    let open = approx && high.is_none();
    let top = high.unwrap_or(low);
    let (min, max) = match bounds {
        // "many", "nhiều": no upper bound, however led up to.
        _ if open => (Some(low), None),
        Bounds { more: true, .. } => (Some(low.saturating_add(1)), None),
        Bounds { least: true, .. } => (Some(low), None),
        Bounds { most: true, .. } => (Some(0), Some(top)),
        Bounds { fewer: true, .. } => (Some(0), Some(top.saturating_sub(1))),
        Bounds { nearly: true, .. } => {
            approx = true;
            (None, Some(top.saturating_sub(1)))
        }
        _ => (Some(low), Some(top)),
    };
    Some(Number {
        units: start..stop,
        min,
        max,
        approx: approx || bounds.approx,
    })
}

/// The number proper: digits, number words, multipliers. Low, high where it is vague, whether vague, and where it ends.
fn core(doc: &Doc<'_>, free: &dyn Fn(usize) -> bool, start: usize) -> Option<(u64, Option<u64>, bool, usize)> {
    let (mut total, mut group, mut seen) = (0f64, None::<f64>, false);
    let (mut vague_max, mut vague, mut last_unit) = (None::<f64>, false, 0.0);
    let mut at = start;
    while free(at) {
        let unit = &doc.units[at];
        let token = doc.tokens[unit.tokens.start as usize];
        if token.kind == TokenKind::Number {
            if group.is_some() {
                break;
            }
            group = Some(digits(unit.span.of(doc.text))?);
        } else if let Some(number) = sense(doc, at) {
            let value = number.value as f64;
            match number.kind {
                NumberKind::Digit => match group {
                    // "ba mươi sáu", "thirty-six", "một trăm linh ba"
                    Some(g) if value < 10.0 && g % 10.0 == 0.0 && g >= 10.0 => group = Some(g + value),
                    Some(g) if value < 100.0 && g % 100.0 == 0.0 && g >= 100.0 => group = Some(g + value),
                    Some(_) => break,
                    None => group = Some(value),
                },
                NumberKind::Unit | NumberKind::Dozen => {
                    let by = if number.kind == NumberKind::Dozen && value <= 0.0 {
                        12.0
                    } else {
                        value
                    };
                    if by <= 0.0 {
                        at += 1;
                        continue;
                    }
                    if vague {
                        group = Some(group.unwrap_or(1.0) * by);
                        vague_max = vague_max.map(|m| (m + 1.0) * by - 1.0);
                    } else if by >= 1000.0 || group.is_some_and(|g| g < by) || group.is_none() {
                        let g = group.take().unwrap_or(if total == 0.0 { 1.0 } else { 0.0 });
                        if by >= 1000.0 && g > 0.0 {
                            total += g * by;
                            last_unit = by;
                        } else {
                            group = Some(g * by);
                        }
                    } else {
                        // "năm trăm ba mươi": tens after hundreds
                        let g = group.unwrap_or_default();
                        let last = g % 10.0;
                        group = Some(g - last + last * by);
                    }
                }
                NumberKind::Vague if !seen => {
                    group = Some(value);
                    vague_max = number.max.map(|m| m as f64);
                    vague = true;
                }
                // "một triệu rưỡi", "nửa triệu": a half of the multiplier beside it. Other halves are read over: no toll is
                // told by them.
                NumberKind::Half if seen => total += last_unit / 2.0,
                NumberKind::Half if !seen => {
                    let article = usize::from(sense(doc, at + 1).is_some_and(|n| n.value == 1));
                    let next = at + 1 + article;
                    if !free(next) || !sense(doc, next).is_some_and(|n| n.kind == NumberKind::Unit && n.value >= 1000) {
                        break;
                    }
                    (group, seen, at) = (Some(0.5), true, next);
                    continue;
                }
                _ => break,
            }
        } else if unit.class == PosClass::Num && !seen && unit.hits.is_empty() && token.kind == TokenKind::Word {
            return None;
        } else if seen
            && doc.is(at, Func::Cc)
            && group.is_some_and(|g| g % 100.0 == 0.0 && g > 0.0)
            && free(at + 1)
            && sense(doc, at + 1).is_some_and(|n| n.kind == NumberKind::Digit && n.value < 100)
        {
            // "two hundred and five"
            at += 1;
            continue;
        } else if seen
            && doc.units[at].bits & DASH != 0
            && free(at + 1)
            && sense(doc, at + 1).is_some_and(|n| n.kind == NumberKind::Digit)
            && group.is_some_and(|g| g % 10.0 == 0.0)
            && !doc.tokens[doc.units[at].tokens.start as usize].spaced
        {
            at += 1;
            continue;
        } else {
            break;
        }
        seen = true;
        at += 1;
    }
    if !seen {
        return None;
    }
    let value = total + group.unwrap_or(0.0);
    let high = vague_max.map(|m| m.max(value));
    (value.is_finite() && value < 1e15).then_some((value.round() as u64, high.map(|h| h.round() as u64), vague, at))
}

/// The whole number that one unit is, if it is one.
pub(crate) fn plain(doc: &Doc<'_>, unit: usize) -> Option<i64> {
    let unit_ref = doc.units.get(unit)?;
    let words = unit_ref.span.of(doc.text);
    match digits(words) {
        Some(value) if words.bytes().all(|b| b.is_ascii_digit()) => Some(value as i64),
        _ => sense(doc, unit)
            .filter(|n| n.kind == NumberKind::Digit)
            .map(|n| n.value as i64),
    }
}

/// Reads digits in either convention: `40.000`, `40,000`, `2,5`, `1.5`. Dates, times and odd forms are no numbers.
fn digits(text: &str) -> Option<f64> {
    if text.contains(['/', ':']) {
        return None;
    }
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    if parts.len() == 1 {
        return text.parse().ok();
    }
    let grouped = parts[1..].iter().all(|p| p.len() == 3) && (1..=3).contains(&parts[0].len()) && parts[0] != "0";
    if grouped {
        return parts.concat().parse().ok();
    }
    if parts.len() == 2 {
        return format!("{}.{}", parts[0], parts[1]).parse().ok();
    }
    // "1,234.5" or "1.234,5": the last part is the fraction.
    let (last, head) = parts.split_last()?;
    format!("{}.{last}", head.concat()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn digits_of_both_conventions() {
        for (text, value) in [
            ("40.000", 40_000.0),
            ("40,000", 40_000.0),
            ("2,5", 2.5),
            ("1.500.000", 1.5e6),
            ("1,234.5", 1234.5),
            ("7", 7.0),
        ] {
            assert_eq!(digits(text), Some(value), "{text}");
        }
        assert_eq!(digits("4/10"), None);
    }
}
