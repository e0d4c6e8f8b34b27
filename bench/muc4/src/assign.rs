//! The assignment problem: the pairing of two lists that gains most.

/// Pairs of rows and columns whose gains have the greatest sum; pairs that gain nothing are left out. The Hungarian method
/// in its form with potentials, O(n³).
pub(crate) fn assign(gains: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let columns = gains.first().map_or(0, Vec::len);
    let n = gains.len().max(columns);
    let cost = |row: usize, column: usize| -> i64 {
        -(gains.get(row).and_then(|g| g.get(column)).copied().unwrap_or_default() as i64)
    };
    // One-based; row 0 and column 0 are where a search starts.
    let (mut u, mut v) = (vec![0i64; n + 1], vec![0i64; n + 1]);
    let mut row_of = vec![0usize; n + 1];
    let mut way = vec![0usize; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let mut at = 0;
        let mut least = vec![i64::MAX; n + 1];
        let mut used = vec![false; n + 1];
        while row_of[at] != 0 {
            used[at] = true;
            let from = row_of[at];
            let (mut delta, mut next) = (i64::MAX, 0);
            for column in 1..=n {
                if used[column] {
                    continue;
                }
                let reduced = cost(from - 1, column - 1) - u[from] - v[column];
                if reduced < least[column] {
                    (least[column], way[column]) = (reduced, at);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            for column in 0..=n {
                if used[column] {
                    u[row_of[column]] += delta;
                    v[column] -= delta;
                } else {
                    least[column] = least[column].saturating_sub(delta);
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    (1..=n)
        .map(|column| (row_of[column] - 1, column - 1))
        .filter(|&(row, column)| cost(row, column) < 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::assign;

    #[test]
    fn the_greatest_sum_is_found() {
        // Greedily 9 + 1; the best is 8 + 7.
        let mut pairs = assign(&[vec![9, 8], vec![7, 1]]);
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (1, 0)]);
        assert_eq!(assign(&[vec![0, 2, 5]]), [(0, 2)]);
        assert_eq!(assign(&[]), []);
        assert_eq!(assign(&[vec![], vec![]]), []);
    }
}
