//! Sets of a few: lists in order, each member once. A tree has ten times their room, and a large ledger has a million of them.

/// Puts one in its place, unless it is there.
pub(crate) fn put<T: Ord>(set: &mut Vec<T>, one: T) {
    if let Err(at) = set.binary_search(&one) {
        set.reserve_exact(1);
        set.insert(at, one);
    }
}

/// The same of many.
pub(crate) fn put_all<T: Ord>(set: &mut Vec<T>, many: impl IntoIterator<Item = T>) {
    many.into_iter().for_each(|one| put(set, one));
}

#[cfg(test)]
mod tests {
    use super::put_all;

    #[test]
    fn members_stand_once_and_in_order() {
        let mut set = vec![2, 5];
        put_all(&mut set, [5, 1, 3, 1]);
        assert_eq!(set, [1, 2, 3, 5]);
    }
}
