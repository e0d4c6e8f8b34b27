use crate::facets::{folded, millionths, number};
use crate::rows::code;
use crate::{Error, Store};
use counterclaim_claims::{Stance, Voice};
use counterclaim_ledger::days;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// Which claims are wanted; what is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Made by this party.
    pub party: Option<String>,
    /// Made in this stance.
    pub stance: Option<Stance>,
    /// Made in this voice.
    pub voice: Option<Voice>,
    /// Made in the report of this number.
    pub document: Option<i64>,
    /// With all these words in what is claimed or in the names of who claims it; `"words in a row"` in quotation marks,
    /// `begin*` for words that begin so. Marks on letters and capitals do not matter.
    pub words: Option<String>,
    /// The same, anywhere in the report or its headline.
    pub report_words: Option<String>,
    /// Of something at this place, by its neutral name, or in this country, by its code.
    pub place: Option<String>,
    /// Of something within this area.
    pub area: Option<Area>,
    /// Of something on this day or later (EDTF: a day, a month or a year).
    pub since: Option<String>,
    /// Of something on this day or earlier.
    pub until: Option<String>,
}

/// A box on the globe, in degrees. Where `west` is greater than `east`, it lies across the date line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Area {
    pub south: f64,
    pub west: f64,
    pub north: f64,
    pub east: f64,
}

/// More than so many claims are not gathered by one condition alone: the others are then tested claim by claim, which
/// ends as soon as enough are found.
const MANY: i64 = 20_000;

/// One condition: as rows to start from, and as a test of a claim `f`. Both take the same values.
struct Condition {
    from: &'static str,
    /// The column of `from` with the claim.
    claim: &'static str,
    rows: String,
    test: String,
    values: Vec<Value>,
    /// Whether its rows come in the order of adding by themselves.
    sorted: bool,
}

/// What can only be tested of a claim `f`, with the values.
type Tests = Vec<(String, Vec<Value>)>;

/// SQL from `FROM` on, with its values: claims as `f`, and the column to order by.
pub(crate) struct Search {
    pub(crate) sql: String,
    pub(crate) order: &'static str,
    pub(crate) values: Vec<Value>,
}

impl Store {
    /// How to look for what is wanted: from the condition that the fewest claims meet.
    pub(crate) fn search(&self, filter: &Filter) -> Result<Search, Error> {
        self.search_by(filter, MANY)
    }

    fn search_by(&self, filter: &Filter, many: i64) -> Result<Search, Error> {
        let (conditions, tests) = filter.conditions()?;
        let mut best: Option<(i64, usize)> = None;
        for (at, condition) in conditions.iter().enumerate() {
            let found = if conditions.len() == 1 {
                0
            } else {
                self.some(condition, many)?
            };
            // Of those that many meet, only what comes in order can be walked until enough are found.
            if (found < many || condition.sorted) && best.is_none_or(|(least, _)| found < least) {
                best = Some((found, at));
            }
        }
        let mut search = Search {
            sql: "FROM facet f WHERE TRUE".into(),
            order: "f.claim",
            values: Vec::new(),
        };
        if let Some((_, at)) = best {
            let Condition { from, claim, rows, .. } = &conditions[at];
            search.sql = format!("FROM {from} CROSS JOIN facet f ON f.claim = {claim} WHERE {rows}");
            search.order = claim;
            search.values.extend(conditions[at].values.iter().cloned());
        }
        let rest = conditions.into_iter().enumerate();
        let rest = rest.filter(|(at, _)| best.is_none_or(|(_, driver)| driver != *at));
        for (test, values) in rest.map(|(_, c)| (c.test, c.values)).chain(tests) {
            search.sql += " AND ";
            search.sql += &test;
            search.values.extend(values);
        }
        Ok(search)
    }

    /// How many rows a condition has, at most `many`.
    fn some(&self, condition: &Condition, many: i64) -> Result<i64, Error> {
        let Condition { from, rows, values, .. } = condition;
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {rows} LIMIT {many})");
        Ok(self
            .db
            .prepare_cached(&sql)?
            .query_row(params_from_iter(values), |row| row.get(0))?)
    }
}

impl Filter {
    /// What can be started from, and what can only be tested.
    fn conditions(&self) -> Result<(Vec<Condition>, Tests), Error> {
        let text = |words: &str| Value::from(words.to_owned());
        let mut all = Vec::new();
        if let Some(words) = &self.words {
            all.push(Condition {
                from: "claim_words",
                claim: "claim_words.rowid",
                rows: "claim_words MATCH ?".into(),
                test: "EXISTS (SELECT 1 FROM claim_words WHERE claim_words MATCH ? AND claim_words.rowid = f.claim)"
                    .into(),
                values: vec![matching(words)?.into()],
                sorted: true,
            });
        }
        if let Some(words) = &self.report_words {
            all.push(Condition {
                from: "report_words CROSS JOIN facet x ON x.document = report_words.rowid",
                claim: "x.claim",
                rows: "report_words MATCH ?".into(),
                test: "f.document IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)".into(),
                values: vec![matching(words)?.into()],
                sorted: false,
            });
        }
        if let Some(party) = &self.party {
            all.push(Condition {
                from: "claimant x",
                claim: "x.claim",
                rows: "x.party = ?".into(),
                test: "EXISTS (SELECT 1 FROM claimant WHERE claim = f.claim AND party = ?)".into(),
                values: vec![text(party)],
                sorted: true,
            });
        }
        if let Some(document) = self.document {
            all.push(Condition {
                from: "facet x",
                claim: "x.claim",
                rows: "x.document = ?".into(),
                test: "f.document = ?".into(),
                values: vec![document.into()],
                sorted: true,
            });
        }
        if let Some(stance) = self.stance {
            all.push(Condition {
                from: "facet x",
                claim: "x.claim",
                rows: "x.stance = ?".into(),
                test: "f.stance = ?".into(),
                values: vec![code(&stance)?.into()],
                sorted: true,
            });
        }
        if let Some(place) = &self.place {
            all.push(Condition {
                from: "(SELECT DISTINCT claim FROM place WHERE name = ? OR country = ?) x",
                claim: "x.claim",
                rows: "TRUE".into(),
                test: "EXISTS (SELECT 1 FROM place WHERE claim = f.claim AND (name = ? OR country = ?))".into(),
                values: vec![text(place), text(place)],
                sorted: false,
            });
        }
        all.extend(self.area.map(Area::condition));
        if self.since.is_some() || self.until.is_some() {
            let day = |told: &Option<String>, or| match told {
                None => Ok(or),
                Some(told) => days(told)
                    .ok_or_else(|| Error::Ask(format!("'{told}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"))),
            };
            let ever = (jiff::civil::Date::MIN, jiff::civil::Date::MAX);
            let (since, until) = (day(&self.since, ever)?.0, day(&self.until, ever)?.1);
            all.push(Condition {
                from: "day x",
                claim: "x.claim",
                rows: "x.first <= ? AND x.last >= ?".into(),
                test: "f.first <= ? AND f.last >= ?".into(),
                values: vec![number(until).into(), number(since).into()],
                sorted: false,
            });
        }
        let mut tests = Vec::new();
        if let Some(voice) = self.voice {
            tests.push(("f.voice = ?".into(), vec![code(&voice)?.into()]));
        }
        Ok((all, tests))
    }
}

impl Area {
    fn condition(self) -> Condition {
        let and = if self.west <= self.east { "AND" } else { "OR" };
        Condition {
            from: if self.west <= self.east {
                "(SELECT DISTINCT claim FROM spot CROSS JOIN place USING (seq)
                  WHERE south >= ? AND north <= ? AND (west >= ? AND east <= ?)) x"
            } else {
                "(SELECT DISTINCT claim FROM spot CROSS JOIN place USING (seq)
                  WHERE south >= ? AND north <= ? AND (west >= ? OR east <= ?)) x"
            },
            claim: "x.claim",
            rows: "TRUE".into(),
            test: format!(
                "EXISTS (SELECT 1 FROM place WHERE claim = f.claim AND lat >= ? AND lat <= ? AND (lon >= ? {and} lon <= ?))"
            ),
            values: [self.south, self.north, self.west, self.east]
                .map(|degrees| Value::from(millionths(degrees)))
                .into(),
            sorted: false,
        }
    }
}

/// Words as FTS5 is asked for them: every one quoted, so that none is an operator.
fn matching(words: &str) -> Result<String, Error> {
    let folded = folded(words);
    let mut asked = Vec::new();
    for (at, piece) in folded.split('"').enumerate() {
        // Every second piece stood in quotation marks.
        let whole = at % 2 == 1;
        let parts: Vec<&str> = if whole {
            vec![piece]
        } else {
            piece.split_whitespace().collect()
        };
        for part in parts.into_iter().filter(|part| part.chars().any(char::is_alphanumeric)) {
            let begins = if !whole && part.ends_with('*') { " *" } else { "" };
            asked.push(format!("\"{part}\"{begins}"));
        }
    }
    if asked.is_empty() {
        return Err(Error::Ask(format!("'{words}' holds no word to look for")));
    }
    Ok(asked.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_claims::Reading;
    use serde_json::json;

    #[test]
    fn nothing_that_is_asked_for_is_an_operator() {
        assert_eq!(matching("tank OR (x").unwrap(), r#""tank" AND "OR" AND "(x""#);
        assert_eq!(
            matching(r#"an "air base" bomb* -"#).unwrap(),
            r#""an" AND "air base" AND "bomb*" *"#
        );
        assert_eq!(matching("\u{110}\u{1ed3}ng").unwrap(), "\"D\u{1ed3}ng\"");
        assert!(matching(" \" - ").is_err());
    }

    const PARTIES: [&str; 3] = ["AZE", "ARM", "TUR"];
    const STANCES: [(&str, Stance); 2] = [("denies", Stance::Denies), ("asserts", Stance::Asserts)];

    /// What a made-up claim is about: party, stance, day of the month, place, degrees.
    type Made = (usize, usize, usize, usize, [f64; 2]);

    fn made(n: usize) -> Made {
        let degrees = |by: usize| (n * by % 17) as f64 * 10.0;
        (
            n * 7 % 3,
            n * 5 % 2,
            1 + n * 11 % 28,
            n * 13 % 6,
            [degrees(3) - 80.0, degrees(5) - 80.0],
        )
    }

    fn ledger() -> Store {
        let mut store = Store::in_memory().unwrap();
        for report in 0..30 {
            let claims: Vec<_> = (report * 10..report * 10 + 10)
                .map(|n| {
                    let (party, stance, day, place, [lat, lon]) = made(n);
                    json!({"id": format!("clm_{n}"), "start": 0, "end": 4, "stance": STANCES[stance].0, "voice": "source",
                        "source": [{"party": PARTIES[party], "text": format!("speaker {place}")}],
                        "events": [{"time": format!("2021-03-{day:02}"),
                            "place": [{"name": format!("Place {place}"), "country": "GEO", "lat": lat, "lon": lon}]}]})
                })
                .collect();
            let reading: Reading = serde_json::from_value(json!({
                "document": {"id": report.to_string(), "uri": "u", "text": "Fire seen"}, "claims": claims
            }))
            .unwrap();
            store.add(&reading).unwrap();
        }
        store
    }

    fn found(store: &Store, filter: &Filter, many: i64) -> Vec<i64> {
        let Search { sql, order, values } = store.search_by(filter, many).unwrap();
        let sql = format!("SELECT f.claim - 1 {sql} ORDER BY {order}");
        let mut query = store.db.prepare(&sql).unwrap();
        let rows = query.query_map(params_from_iter(values), |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn whatever_it_starts_from_the_same_is_found_in_the_same_order() {
        let store = ledger();
        let mut hits = 0;
        for n in 0..256_usize {
            let asked = |bit: usize| (n >> bit) & 1 == 1;
            let (party, stance, day, place, [lat, lon]) = made(n * 3);
            let area = Area {
                south: lat - 30.0,
                west: lon - 40.0,
                north: lat + 30.0,
                east: if n % 3 == 0 { lon - 60.0 } else { lon + 40.0 },
            };
            let filter = Filter {
                party: asked(0).then(|| PARTIES[party].into()),
                stance: asked(1).then_some(STANCES[stance].1),
                since: asked(2).then(|| format!("2021-03-{day:02}")),
                until: asked(3).then(|| "2021-03-20".into()),
                place: asked(4).then(|| format!("place {place}")),
                area: asked(5).then_some(area),
                words: asked(6).then(|| format!("FIRE speaker {place}")),
                report_words: asked(7).then(|| "seen".into()),
                ..Filter::default()
            };
            let within = |[lat, lon]: [f64; 2]| {
                let across = area.west > area.east;
                let inside = if across {
                    lon >= area.west || lon <= area.east
                } else {
                    lon >= area.west && lon <= area.east
                };
                (area.south..=area.north).contains(&lat) && inside
            };
            let ought: Vec<i64> = (0..300_usize)
                .filter(|&n| {
                    let is = made(n);
                    (!asked(0) || is.0 == party)
                        && (!asked(1) || is.1 == stance)
                        && (!asked(2) || is.2 >= day)
                        && (!asked(3) || is.2 <= 20)
                        && (!asked(4) || is.3 == place)
                        && (!asked(5) || within(is.4))
                        && (!asked(6) || is.3 == place)
                })
                .map(|n| n as i64)
                .collect();
            hits += usize::from(!ought.is_empty());
            // From the rarest; from one of those that come in order; and as if some were frequent.
            for many in [MANY, 0, 40] {
                assert_eq!(found(&store, &filter, many), ought, "{many} {filter:?}");
            }
        }
        assert!(hits > 100, "{hits}");
    }

    #[test]
    fn marks_on_letters_do_not_matter_and_words_in_a_row_do() {
        let mut store = Store::in_memory().unwrap();
        let text = "Đoàn xe tiếp tế đã đến cảng; THE CONVOY REACHED port.";
        let reading: Reading = serde_json::from_value(json!({
            "document": {"id": "1", "uri": "u", "title": "Tin đêm", "text": text},
            "claims": [{"start": 0, "end": 27}, {"start": 29, "end": 52}],
        }))
        .unwrap();
        store.add(&reading).unwrap();
        let count = |words: &str, report: bool| {
            let words = Some(words.to_owned());
            let filter = if report {
                Filter {
                    report_words: words,
                    ..Filter::default()
                }
            } else {
                Filter {
                    words,
                    ..Filter::default()
                }
            };
            store.count_claims(&filter).unwrap()
        };
        // As it is written, without marks, taken apart (NFD), in capitals.
        for words in [
            "Đoàn xe",
            "doan xe",
            "đoa\u{300}n xe",
            "ĐOÀN",
            "\"da den cang\"",
            "tiep te den",
            "doa*",
        ] {
            assert_eq!(count(words, false), 1, "{words}");
        }
        assert_eq!((count("\"den da\"", false), count("convoy cang", false)), (0, 0));
        assert_eq!(
            (count("convoy cang", true), count("tin dem", true), count("dem", false)),
            (2, 2, 0)
        );
    }
}
