//! When wars began and ended, so that "since the war began" has a date.

/// A war.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct War {
    /// Its first day, as EDTF.
    pub from: &'static str,
    /// Its last day; empty where it goes on.
    pub to: &'static str,
    /// Codes of those who fight, joined by commas.
    pub parties: &'static str,
}

/// A table of wars.
#[derive(Debug, Clone, Copy)]
pub struct Wars(&'static [War]);

impl Wars {
    /// A table of rows in any order.
    pub const fn new(rows: &'static [War]) -> Wars {
        Wars(rows)
    }

    /// The war that goes on at a day (EDTF) and whose parties a text speaks of: two of them, or the only one. Of several it is
    /// the one of which most are spoken of, the latest first.
    pub fn at(&self, day: &str, spoken: impl Fn(&str) -> bool) -> Option<&'static War> {
        let goes_on = |war: &&War| war.from <= day && (war.to.is_empty() || day <= war.to);
        let named = |war: &War| war.parties.split(',').filter(|party| spoken(party)).count();
        let known = |war: &&War| named(war) >= war.parties.split(',').count().min(2);
        self.0
            .iter()
            .filter(goes_on)
            .filter(known)
            .max_by_key(|war| (named(war), war.from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ROWS: [War; 2] = [
        War {
            from: "2014-04-12",
            to: "2022-02-23",
            parties: "UKR,DNR,LNR",
        },
        War {
            from: "2022-02-24",
            to: "",
            parties: "RUS,UKR",
        },
    ];

    #[test]
    fn a_day_and_its_parties_tell_the_war() {
        let at = |day: &str, parties: &[&str]| Wars::new(&ROWS).at(day, |p| parties.contains(&p)).map(|w| w.from);
        assert_eq!(at("2022-03-04", &["RUS", "UKR"]), Some("2022-02-24"));
        assert_eq!(at("2018-03-04", &["UKR", "DNR"]), Some("2014-04-12"));
        assert_eq!(at("2022-03-04", &["UKR"]), None);
        assert_eq!(at("2001-03-04", &["RUS", "UKR"]), None);
    }
}
