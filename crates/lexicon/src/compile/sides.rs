//! From `gazetteer/sides.tsv` and `gazetteer/wars.tsv` to the tables that the program carries.

use super::Mistake;
use super::rows::{Row, rows};
use crate::sides::Side;
use crate::wars::War;
use rustc_hash::FxHashMap;

/// Reads `sides.tsv` among the files of `gazetteer/`; its places must stand in `places.tsv` or `regions.tsv`. The rows are
/// leaked: they are made once, when the program is built.
pub fn sides(files: &[(String, String)]) -> Result<Vec<Side>, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut table = |name: &str| -> Vec<Row<'_>> {
        let Some((name, text)) = files.iter().find(|(n, _)| n == name) else {
            return Vec::new();
        };
        rows(name, text).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            Vec::new()
        })
    };
    let (regions, places, list) = (table("regions.tsv"), table("places.tsv"), table("sides.tsv"));
    let mut known: FxHashMap<(&str, &str), &Row<'_>> = FxHashMap::default();
    for row in regions.iter().chain(&places) {
        known.entry((row.get("name"), row.get("country"))).or_insert(row);
    }
    let mut out = Vec::with_capacity(list.len());
    for row in &list {
        match side(row, &known) {
            Ok(side) => out.push(side),
            Err(what) => mistakes.push(Mistake {
                file: "sides.tsv".into(),
                line: row.line,
                what,
            }),
        }
    }
    out.sort_by(|a, b| (a.place, a.from).cmp(&(b.place, b.from)));
    if mistakes.is_empty() { Ok(out) } else { Err(mistakes) }
}

/// Reads `wars.tsv` among the files of `gazetteer/`. The rows are leaked like those of [`sides`].
pub fn wars(files: &[(String, String)]) -> Result<Vec<War>, Vec<Mistake>> {
    let Some((name, text)) = files.iter().find(|(n, _)| n == "wars.tsv") else {
        return Ok(Vec::new());
    };
    let day = |text: &str| {
        let cells: Vec<&str> = text.split('-').collect();
        cells.len() == 3
            && cells.iter().map(|c| c.len()).eq([4, 2, 2])
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    let keep = |text: &str| -> &'static str { text.to_owned().leak() };
    let mut mistakes = Vec::new();
    let mut out = Vec::new();
    for row in rows(name, text).map_err(|mistake| vec![mistake])? {
        let (from, to) = (row.get("from"), row.get("to"));
        if !day(from) || !to.is_empty() && !day(to) {
            mistakes.push(Mistake {
                file: name.clone(),
                line: row.line,
                what: format!("`{from}` to `{to}`: write days, `2020-09-27`"),
            });
        }
        out.push(War {
            from: keep(from),
            to: keep(to),
            parties: keep(row.get("parties")),
        });
    }
    if mistakes.is_empty() { Ok(out) } else { Err(mistakes) }
}

fn side(row: &Row<'_>, known: &FxHashMap<(&str, &str), &Row<'_>>) -> Result<Side, String> {
    let keep = |text: &str| -> &'static str { text.to_owned().leak() };
    let (name, country) = (row.must("place")?, row.get("country"));
    let place = known
        .get(&(name, country))
        .ok_or_else(|| format!("`{name}` of `{country}` is in no table of places; write its preferred name"))?;
    let date = |column: &str| -> Result<&'static str, String> {
        let text = row.get(column);
        let month = |m: &str| m.len() == 2 && matches!(m.parse(), Ok(1..=12));
        let year = |y: &str| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit());
        let good = text.is_empty()
            || text
                .split_once('-')
                .map_or_else(|| year(text), |(y, m)| year(y) && month(m));
        good.then(|| keep(text))
            .ok_or_else(|| format!("`{column}` is `{text}`; write a year or a year and month, `2014-06`"))
    };
    let degrees = |column: &str| place.get(column).parse().unwrap_or(0.0);
    if row.get("party").is_empty() == row.get("name").is_empty() {
        return Err("give a code under `party`, or under `name` what a holder without a code is called".into());
    }
    Ok(Side {
        place: keep(name),
        country: keep(country),
        admin1: if place.get("kind") == "admin1" {
            keep(place.get("admin1"))
        } else {
            ""
        },
        party: keep(row.get("party")),
        name: keep(row.get("name")),
        from: date("from")?,
        to: date("to")?,
        lat: degrees("lat"),
        lon: degrees("lon"),
        km: match row.get("km") {
            "" => 0.0,
            km => km.parse().map_err(|_| format!("`km` is `{km}`; write a number"))?,
        },
        authority: match row.get("as") {
            "" => false,
            "authority" => true,
            other => return Err(format!("`as` is `{other}`; write `authority` or nothing")),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(rows: &str) -> Result<Vec<Side>, Vec<Mistake>> {
        let file = |name: &str, text: String| (name.to_owned(), text);
        sides(&[
            file(
                "places.tsv",
                "id\tname\tcountry\tadmin1\tlat\tlon\tpopulation\tkind\tforms\n1\tVale Province\tSYR\t09\t36\t40\t5\tadmin1\t\n".into(),
            ),
            file("sides.tsv", format!("place\tcountry\tparty\tname\tfrom\tto\tkm\tas\n{rows}")),
        ])
    }

    #[test]
    fn a_division_is_held_with_its_towns() {
        let made = made("Vale Province\tSYR\tISIS\t\t2014-06\t\t\t\n").unwrap();
        assert_eq!((made[0].admin1, made[0].from, made[0].lat), ("09", "2014-06", 36.0));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let told = |rows: &str| made(rows).unwrap_err()[0].to_string();
        assert!(told("Dale\tSYR\tISIS\t\t\t\t\t\n").starts_with("sides.tsv:2: `Dale` of `SYR` is in no table"));
        assert!(told("Vale Province\tSYR\tISIS\t\tJune\t\t\t\n").contains("`from` is `June`"));
        assert!(told("Vale Province\tSYR\t\t\t\t\t\t\n").contains("under `party`"));
    }
}
