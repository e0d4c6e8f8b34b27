//! Who held a place, and when: de facto authorities and forces, as reports of the time had it.

/// Who held a place for a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// The place's preferred name in the gazetteer.
    pub place: &'static str,
    /// Its state, ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// The division that the place is, so that its towns are held with it; else empty.
    pub admin1: &'static str,
    /// A code of `parties.tsv` or of a state; empty where the holder has none.
    pub party: &'static str,
    /// What a holder without a code is called.
    pub name: &'static str,
    /// The first year or month (`2014-06`); empty where it is open.
    pub from: &'static str,
    /// The last year or month; empty where it is open.
    pub to: &'static str,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// The kilometres around in which towns are held with the place; 0 for the place alone.
    pub km: f32,
    /// They govern the land and its people are the state's: a strike on the place is not one on them.
    pub authority: bool,
}

impl Side {
    /// What they are known by: their code, else their name.
    pub fn called(&self) -> &'static str {
        if self.party.is_empty() { self.name } else { self.party }
    }

    /// Whether a day, month or year (EDTF) lies in the time in which they held it.
    pub fn held_in(&self, when: &str) -> bool {
        let (first, last) = when.split_once('/').unwrap_or((when, when));
        let last = if last.starts_with(|c: char| c.is_ascii_digit()) {
            last
        } else {
            first
        };
        let shared = |a: &str, b: &str| a.len().min(b.len());
        let after = self.from.is_empty() || {
            let n = shared(last, self.from);
            last.get(..n) >= self.from.get(..n)
        };
        let before = self.to.is_empty() || {
            let n = shared(first, self.to);
            first.get(..n) <= self.to.get(..n)
        };
        after && before
    }
}

/// A place of which the holder is asked.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Held<'p> {
    pub name: &'p str,
    pub country: &'p str,
    pub admin1: &'p str,
    pub lat: f64,
    pub lon: f64,
    /// It is itself a division or a land, and lies in no other.
    pub wide: bool,
}

/// A table of holders, sorted by place.
#[derive(Debug, Clone, Copy)]
pub struct Sides(&'static [Side]);

impl Sides {
    /// A table of rows sorted by [`Side::place`].
    pub const fn new(rows: &'static [Side]) -> Sides {
        Sides(rows)
    }

    /// All rows.
    pub fn rows(&self) -> &'static [Side] {
        self.0
    }

    /// Who held a place: by the rows of its own name, else by those of a land or division that it lies in. With a date it is
    /// who held it then; without one, a holder whom the text speaks of, as `spoken` tells by what [`Side::called`] gives.
    pub fn holder(&self, place: &Held<'_>, when: Option<&str>, spoken: impl Fn(&str) -> bool) -> Option<&'static Side> {
        let when = when.filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        let fits = |side: &&Side| when.map_or_else(|| spoken(side.called()), |when| side.held_in(when));
        let from = self.0.partition_point(|s| s.place < place.name);
        let own = self.0[from..].iter().take_while(|s| s.place == place.name);
        let mut own = own.filter(|s| s.country == place.country).peekable();
        if own.peek().is_some() || place.wide {
            return own.find(fits);
        }
        let within = |side: &&Side| {
            side.country == place.country
                && (!side.admin1.is_empty() && side.admin1 == place.admin1
                    || side.km > 0.0 && apart(side, place) <= f64::from(side.km))
        };
        self.0.iter().filter(within).find(fits)
    }
}

/// Kilometres between two near places.
fn apart(side: &Side, place: &Held<'_>) -> f64 {
    let north = f64::from(side.lat) - place.lat;
    let east = (f64::from(side.lon) - place.lon) * place.lat.to_radians().cos();
    111.2 * north.hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Side = Side {
        place: "Vale",
        country: "SYR",
        admin1: "",
        party: "ISIS",
        name: "",
        from: "2014-06",
        to: "2017-07",
        lat: 36.0,
        lon: 40.0,
        km: 50.0,
        authority: false,
    };
    static ROWS: [Side; 2] = [
        ROW,
        Side {
            party: "SDF",
            from: "2017-08",
            to: "",
            ..ROW
        },
    ];

    fn held(name: &str, lat: f64, when: Option<&str>, spoken: &str) -> Option<&'static str> {
        let place = Held {
            name,
            country: "SYR",
            admin1: "07",
            lat,
            lon: 40.0,
            wide: false,
        };
        Sides::new(&ROWS)
            .holder(&place, when, |party| party == spoken)
            .map(|s| s.party)
    }

    #[test]
    fn a_date_tells_who_held_a_place() {
        assert_eq!(held("Vale", 36.0, Some("2015-03-02"), ""), Some("ISIS"));
        assert_eq!(held("Vale", 36.0, Some("2014-05"), ""), None);
        assert_eq!(held("Vale", 36.0, Some("2014"), ""), Some("ISIS"));
        assert_eq!(held("Vale", 36.0, Some("2019/.."), ""), Some("SDF"));
    }

    #[test]
    fn without_a_date_it_is_the_holder_that_the_text_speaks_of() {
        assert_eq!(held("Vale", 36.0, Some("XXXX-10-04"), "SDF"), Some("SDF"));
        assert_eq!(held("Vale", 36.0, None, "TUR"), None);
    }

    #[test]
    fn a_town_near_by_is_held_with_the_land() {
        assert_eq!(held("Dale", 36.2, Some("2016"), ""), Some("ISIS"));
        assert_eq!(held("Dale", 38.0, Some("2016"), ""), None);
    }
}
