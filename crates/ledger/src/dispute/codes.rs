/// Codes of parties, each once, in order. There are one or two nearly always, and a million of these lists in a large ledger: no tree
/// is worth its room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Codes<'a>(Box<[&'a str]>);

impl<'a> FromIterator<&'a str> for Codes<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(codes: I) -> Self {
        let mut all: Vec<&str> = codes.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Codes(all.into())
    }
}

impl<'a> Codes<'a> {
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, code: &str) -> bool {
        self.0.contains(&code)
    }

    /// Those that the other has, too.
    pub(super) fn shared(&self, other: &Codes<'_>) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |code| other.has(code))
    }

    /// Those of both, each once.
    pub(super) fn with(&self, other: &Codes<'a>) -> Codes<'a> {
        self.iter().chain(other.iter()).collect()
    }

    pub(super) fn is_apart(&self, other: &Codes<'_>) -> bool {
        self.shared(other).next().is_none()
    }

    pub(super) fn is_within(&self, other: &Codes<'_>) -> bool {
        self.iter().all(|code| other.has(code))
    }

    /// `A, B`.
    pub(super) fn list(&self) -> String {
        self.0.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::Codes;

    #[test]
    fn codes_stand_once_and_in_order() {
        let all: Codes<'_> = ["TUR", "ARM", "TUR"].into_iter().collect();
        let one: Codes<'_> = ["TUR"].into_iter().collect();
        let none = Codes::default();
        assert_eq!(
            (all.list(), all.shared(&one).collect::<Vec<_>>()),
            ("ARM, TUR".into(), vec!["TUR"])
        );
        assert!(one.is_within(&all) && !all.is_within(&one) && none.is_within(&one));
        assert!(all.is_apart(&none) && !all.is_apart(&one) && none.is_empty());
        assert_eq!(one.with(&all), all);
    }
}
