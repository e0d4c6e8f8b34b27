//! The code lists of `lists/`, read into the program when it is built. `lists/ATTRIBUTION.md` tells where each is from.

use counterclaim_claims::{Act, Place, Sector, party_rows};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Rows of a table after its head, cut at tabs. Each has as many cells as the head.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let width = table.lines().next().map_or(0, |head| head.split('\t').count());
    table.lines().skip(1).map(move |line| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        cells.resize(width.max(cells.len()), "");
        cells
    })
}

/// What a state or territory is to others.
pub(crate) struct Country {
    /// ISO 3166-1, without leading zeros; empty where there is none.
    pub(crate) numeric: &'static str,
    /// The gazetteer's name.
    pub(crate) name: &'static str,
    /// Number of the state in the system of Gleditsch and Ward.
    pub(crate) gw: Option<u16>,
    /// ACLED's region; empty where it is not known.
    pub(crate) region: &'static str,
}

static COUNTRIES: LazyLock<HashMap<&str, Country>> = LazyLock::new(|| {
    rows(include_str!("../lists/countries.tsv"))
        .map(|row| {
            let country = Country {
                numeric: row[1],
                name: row[2],
                gw: row[3].parse().ok(),
                region: row[4],
            };
            (row[0], country)
        })
        .collect()
});

/// The state of an ISO 3166-1 alpha-3 code.
pub(crate) fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.get(code)
}

impl Country {
    /// UCDP's region, which follows from the number of the state.
    pub(crate) fn ucdp_region(&self) -> Option<&'static str> {
        Some(match self.gw? {
            2..200 => "Americas",
            200..400 => "Europe",
            400..630 => "Africa",
            630..700 => "Middle East",
            _ => "Asia",
        })
    }
}

/// Kind and name of the parties that are no states.
static PARTIES: LazyLock<HashMap<&str, (&str, &str)>> =
    LazyLock::new(|| party_rows().map(|row| (row[0], (row[1], row[2]))).collect());

/// What a party is called: the state's name, that of `codes/parties.tsv`, or its code.
pub(crate) fn party_name(code: &str) -> &str {
    country(code)
        .map(|country| country.name)
        .or_else(|| PARTIES.get(code).map(|(_, name)| *name))
        .unwrap_or(code)
}

/// Whether a party is an armed group or a de facto authority.
pub(crate) fn is_group(code: &str) -> bool {
    PARTIES
        .get(code)
        .is_some_and(|(kind, _)| matches!(*kind, "group" | "defacto"))
}

/// Whether a party is a body of states or a coalition of them.
pub(crate) fn is_body(code: &str) -> bool {
    PARTIES
        .get(code)
        .is_some_and(|(kind, _)| matches!(*kind, "igo" | "coalition"))
}

/// What an act of ours is to others; a cell is empty where they have nothing for it.
pub(crate) struct Crossing {
    /// ACLED's sub-event type.
    pub(crate) acled: &'static str,
    /// The same where all targets are civilians.
    pub(crate) acled_civilians: &'static str,
    /// The same where the state whose land it is does it.
    pub(crate) acled_own_state: &'static str,
    /// PLOVER's event.
    pub(crate) plover: &'static str,
    /// PLOVER's mode of it.
    pub(crate) mode: &'static str,
    /// PLOVER's context.
    pub(crate) context: &'static str,
    /// PLOVER's mode of REQUEST when it is asked for, or asked to end.
    pub(crate) request: &'static str,
    /// PLOVER's mode of THREATEN when it is threatened.
    pub(crate) threat: &'static str,
}

static CROSSWALK: LazyLock<HashMap<Act, Crossing>> = LazyLock::new(|| {
    rows(include_str!("../lists/crosswalk.tsv"))
        .filter_map(|row| {
            let crossing = Crossing {
                acled: row[1],
                acled_civilians: row[2],
                acled_own_state: row[3],
                plover: row[4],
                mode: row[5],
                context: row[6],
                request: row[7],
                threat: row[8],
            };
            Some((Act::from_code(row[0])?, crossing))
        })
        .collect()
});

static NOTHING: Crossing = Crossing {
    acled: "",
    acled_civilians: "",
    acled_own_state: "",
    plover: "",
    mode: "",
    context: "",
    request: "",
    threat: "",
};

/// What an act is to others.
pub(crate) fn crossing(act: Act) -> &'static Crossing {
    CROSSWALK.get(&act).unwrap_or(&NOTHING)
}

/// How fine a kind of place is, and what precision others give it.
#[derive(Clone, Copy)]
pub(crate) struct Fineness {
    /// 1 is a spot, 8 a continent.
    pub(crate) rank: u8,
    /// ACLED's `geo_precision`.
    pub(crate) acled: &'static str,
    /// UCDP's `where_prec`.
    pub(crate) ucdp: &'static str,
    /// PLOVER's `resolution`.
    pub(crate) plover: &'static str,
}

static KINDS: LazyLock<HashMap<&str, Fineness>> = LazyLock::new(|| {
    rows(include_str!("../lists/place_kinds.tsv"))
        .map(|row| {
            let fineness = Fineness {
                rank: row[1].parse().unwrap_or(u8::MAX),
                acled: row[2],
                ucdp: row[3],
                plover: row[4],
            };
            (row[0], fineness)
        })
        .collect()
});

/// How fine a place is; one of no known kind is the coarsest, and no precision is given for it.
pub(crate) fn fineness(place: &Place) -> Fineness {
    let unknown = Fineness {
        rank: u8::MAX,
        acled: "",
        ucdp: "",
        plover: "",
    };
    place
        .kind
        .as_deref()
        .and_then(|kind| KINDS.get(kind))
        .copied()
        .unwrap_or(unknown)
}

/// How ACLED would name and number an actor of a sector.
pub(crate) struct AcledActor {
    /// Its name around a state's; empty where there is none.
    pub(crate) form: &'static str,
    /// Its type in its own state, abroad, and where its party is no state.
    pub(crate) types: [&'static str; 3],
}

static ACLED_ACTORS: LazyLock<HashMap<Sector, AcledActor>> = LazyLock::new(|| {
    rows(include_str!("../lists/acled_actors.tsv"))
        .filter_map(|row| {
            let actor = AcledActor {
                form: row[1],
                types: [row[2], row[3], row[4]],
            };
            Some((Sector::from_code(row[0])?, actor))
        })
        .collect()
});

/// ACLED's naming of a sector; none where its type is not told.
pub(crate) fn acled_actor(sector: Sector) -> Option<&'static AcledActor> {
    ACLED_ACTORS.get(&sector)
}

/// Event type and disorder type of a sub-event type of ACLED's.
pub(crate) fn acled_types(sub_event: &str) -> Option<(&'static str, &'static str)> {
    rows(include_str!("../lists/acled_event_types.tsv"))
        .find(|row| row[0] == sub_event)
        .map(|row| (row[1], row[2]))
}

/// A name of UCDP's: `government`, `civilians`, `dyad`.
pub(crate) fn ucdp_name(what: &str) -> &'static str {
    rows(include_str!("../lists/names.tsv"))
        .find(|row| row[0] == what)
        .map_or("{}", |row| row[1])
}

/// Puts words into a form of a list, from left to right.
pub(crate) fn fill(form: &str, words: &[&str]) -> String {
    words
        .iter()
        .fold(form.to_owned(), |form, word| form.replacen("{}", word, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_crossing_and_every_code_of_it_is_in_its_list() {
        let cells = |table, at: usize| rows(table).map(move |row| row[at]).collect::<Vec<_>>();
        let events = cells(include_str!("../lists/plover_events.tsv"), 0);
        let contexts = cells(include_str!("../lists/plover_contexts.tsv"), 0);
        let modes: Vec<_> = rows(include_str!("../lists/plover_modes.tsv"))
            .map(|row| (row[0], row[1]))
            .collect();
        assert_eq!(CROSSWALK.len(), Act::ALL.len());
        for act in Act::ALL {
            let to = crossing(*act);
            for sub_event in [to.acled, to.acled_civilians, to.acled_own_state] {
                assert!(sub_event.is_empty() || acled_types(sub_event).is_some(), "{sub_event}");
            }
            assert!(to.plover.is_empty() || events.contains(&to.plover), "{}", to.plover);
            assert!(to.context.is_empty() || contexts.contains(&to.context));
            for (event, mode) in [(to.plover, to.mode), ("REQUEST", to.request), ("THREATEN", to.threat)] {
                assert!(mode.is_empty() || modes.contains(&(event, mode)), "{event} {mode}");
            }
        }
    }

    #[test]
    fn states_are_known_to_all() {
        let armenia = country("ARM").unwrap();
        assert_eq!(
            (armenia.numeric, armenia.name, armenia.gw),
            ("51", "Armenia", Some(371))
        );
        assert_eq!(
            (armenia.region, armenia.ucdp_region()),
            ("Caucasus and Central Asia", Some("Europe"))
        );
        assert_eq!(country("EGY").unwrap().ucdp_region(), Some("Middle East"));
        assert_eq!(
            (party_name("VNM"), party_name("HAMAS"), party_name("QQQ")),
            ("Vietnam", "Hamas", "QQQ")
        );
        assert!(is_group("NKR") && is_body("UN") && !is_group("ARM"));
    }

    #[test]
    fn kinds_of_place_that_the_gazetteer_has_are_ranked() {
        let tables = [
            (include_str!("../../../gazetteer/places.tsv"), 7),
            (include_str!("../../../gazetteer/regions.tsv"), 6),
        ];
        for (table, at) in tables {
            for row in rows(table).filter(|row| !row[0].starts_with('#') && row.len() > at && !row[at].is_empty()) {
                assert!(KINDS.contains_key(row[at]), "{}: {}", row[0], row[at]);
            }
        }
    }
}
