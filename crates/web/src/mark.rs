//! Where a report's text is cut so that every stretch lies wholly inside or outside each claim.

use counterclaim_claims::Mark;
use std::ops::Range;

/// A stretch of text, in code points, and the claims that have to do with it (numbers of the list they were given in).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) range: Range<usize>,
    /// The shortest claim that holds it: what a reader who points at it means.
    pub(crate) inner: Option<usize>,
    /// Whether other claims hold it, too.
    pub(crate) shared: bool,
    /// Claims that begin here.
    pub(crate) begins: Vec<usize>,
    /// Claims that end here for good.
    pub(crate) ends: Vec<usize>,
}

/// Cuts `within` at the ends of all spans. A claim may have several spans; spans may overlap in any way and reach beyond.
pub(crate) fn stretches(within: Range<usize>, claims: &[Vec<Mark>]) -> Vec<Stretch> {
    let clip = |span: &Mark| {
        let (start, end) = (span.start.max(within.start), span.end.min(within.end));
        (start < end).then_some(start..end)
    };
    let spans: Vec<(usize, Range<usize>)> = claims
        .iter()
        .enumerate()
        .flat_map(|(n, spans)| spans.iter().filter_map(move |span| Some((n, clip(span)?))))
        .collect();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(_, span)| [span.start, span.end]).collect();
    cuts.extend([within.start, within.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let length = |n: usize| claims[n].iter().map(|span| span.end - span.start).sum::<usize>();
    let stretch = |pair: &[usize]| {
        let range = pair[0]..pair[1];
        let mut inside: Vec<usize> = spans
            .iter()
            .filter(|(_, s)| s.start <= range.start && range.end <= s.end)
            .map(|(n, _)| *n)
            .collect();
        inside.sort_by_key(|&n| (length(n), n));
        inside.dedup();
        let is = |n: &usize, at: Option<usize>, edge: usize| (at == Some(edge)).then_some(*n);
        let first = |n: &usize| is(n, claims[*n].iter().map(|s| s.start).min(), range.start);
        let last = |n: &usize| is(n, claims[*n].iter().map(|s| s.end).max(), range.end);
        let mut begins: Vec<usize> = inside.iter().filter_map(first).collect();
        let mut ends: Vec<usize> = inside.iter().filter_map(last).collect();
        begins.sort_unstable();
        ends.sort_unstable();
        Stretch {
            range,
            inner: inside.first().copied(),
            shared: inside.len() > 1,
            begins,
            ends,
        }
    };
    cuts.windows(2).map(stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Mark {
        Mark { start, end }
    }

    fn drawn(within: Range<usize>, claims: &[Vec<Mark>]) -> Vec<String> {
        stretches(within, claims)
            .into_iter()
            .map(|s| {
                format!(
                    "{:?} {:?}{} +{:?} -{:?}",
                    s.range,
                    s.inner,
                    if s.shared { "*" } else { "" },
                    s.begins,
                    s.ends
                )
            })
            .collect()
    }

    #[test]
    fn overlapping_claims_are_cut_where_they_meet() {
        assert_eq!(
            drawn(0..10, &[vec![span(2, 8)], vec![span(5, 9)]]),
            [
                "0..2 None +[] -[]",
                "2..5 Some(0) +[0] -[]",
                "5..8 Some(1)* +[1] -[0]",
                "8..9 Some(1) +[] -[1]",
                "9..10 None +[] -[]",
            ]
        );
    }

    #[test]
    fn the_inner_claim_is_meant_and_two_on_one_span_are_both_ended() {
        assert_eq!(
            drawn(0..4, &[vec![span(0, 4)], vec![span(1, 2)]])[1],
            "1..2 Some(1)* +[1] -[1]"
        );
        assert_eq!(
            drawn(0..4, &[vec![span(0, 4)], vec![span(0, 4)]]),
            ["0..4 Some(0)* +[0, 1] -[0, 1]"]
        );
    }

    #[test]
    fn a_claim_in_pieces_begins_and_ends_once_and_what_reaches_out_is_cut() {
        assert_eq!(
            drawn(0..6, &[vec![span(0, 2), span(4, 9)]]),
            ["0..2 Some(0) +[0] -[]", "2..4 None +[] -[]", "4..6 Some(0) +[] -[]"]
        );
        assert_eq!(drawn(3..3, &[vec![span(0, 9)]]), Vec::<String>::new());
    }
}
