//! From place tables to the bytes of a gazetteer file.

use super::Mistake;
use super::rows::{Row, rows};
use crate::gazetteer::{ADJECTIVE, ALIAS, MARK, SECTIONS, WEAK, bit_of, folded, hashes};
use crate::{Gazetteer, PlaceRow};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

/// How a name is one of its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NameFlags {
    /// Usually no place's name.
    pub weak: bool,
    /// Neither the preferred name nor one given by hand.
    pub alias: bool,
    /// An adjective or the name of the people.
    pub adjective: bool,
}

/// Collects places and names and writes a gazetteer file. The same calls give the same bytes.
#[derive(Debug, Default)]
pub struct GazetteerBuilder {
    names: Vec<(Box<str>, u32)>,
    places: Vec<u8>,
    pool: String,
    codes: Vec<String>,
    numbers: FxHashMap<String, u16>,
}

impl GazetteerBuilder {
    /// How many places there are so far.
    pub fn len(&self) -> usize {
        self.places.len() / crate::gazetteer::WIDTH
    }

    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Puts a place in, with its preferred name, and gives its number.
    pub fn place(&mut self, row: &PlaceRow) -> u32 {
        let number = self.len() as u32;
        let mut put = |bytes: &[u8]| self.places.extend_from_slice(bytes);
        put(&row.id.to_le_bytes());
        put(&row.lat.to_le_bytes());
        put(&row.lon.to_le_bytes());
        put(&row.population.to_le_bytes());
        put(&(self.pool.len() as u32).to_le_bytes());
        put(&(row.name.len().min(usize::from(u16::MAX)) as u16).to_le_bytes());
        self.pool.push_str(&row.name);
        for code in [&row.country, &row.admin1, &row.kind, &row.party] {
            let code = self.code(code);
            self.places.extend_from_slice(&code.to_le_bytes());
        }
        self.places.extend_from_slice(&[0; 2]);
        if row.kind == "country" {
            self.code_of(&row.country, number);
        }
        number
    }

    /// Lets a state be found by a code of it.
    pub(crate) fn code_of(&mut self, code: &str, place: u32) {
        self.names.push((format!("={}", code.to_lowercase()).into(), place));
    }

    /// Gives a place a name as `Gazetteer::each_name` tells it, flags and all.
    pub(crate) fn copy(&mut self, key: &[u8], bits: u32) {
        self.names.push((String::from_utf8_lossy(key).into(), bits));
    }

    fn code(&mut self, code: &str) -> u16 {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        // More kinds of codes than there are divisions on earth are no codes.
        let number = u16::try_from(self.codes.len()).unwrap_or_default();
        if usize::from(number) == self.codes.len() {
            self.codes.push(code.to_owned());
            self.numbers.insert(code.to_owned(), number);
        }
        number
    }

    /// Gives a place one more name. A hyphen in it may stand with spaces around it in a text.
    pub fn name(&mut self, form: &str, place: u32, flags: NameFlags) {
        let bits = place
            | if flags.weak { WEAK } else { 0 }
            | if flags.alias { ALIAS } else { 0 }
            | if flags.adjective { ADJECTIVE } else { 0 };
        let mut key = String::with_capacity(form.len());
        for c in form.nfc().filter_map(folded) {
            if c == '-' && key.ends_with(' ') {
                key.pop();
            }
            if c != ' ' || !key.is_empty() && !key.ends_with([' ', '-']) {
                key.extend(c.to_lowercase());
            }
        }
        let key = key.trim_end();
        if key.is_empty() {
            return;
        }
        self.names.push((key.into(), bits));
    }

    /// The file's bytes. Bearers of one name keep the order of their places.
    pub fn build(mut self) -> Vec<u8> {
        // Flags stand above the number: of one bearer named twice the name with fewer flags counts.
        self.names
            .sort_unstable_by(|a, b| a.0.cmp(&b.0).then((a.1 << 3).cmp(&(b.1 << 3))).then(a.1.cmp(&b.1)));
        self.names.dedup_by(|b, a| a.0 == b.0 && a.1 << 3 == b.1 << 3);
        let mut map = fst::MapBuilder::memory();
        let mut bearers: Vec<u8> = Vec::new();
        for of_one in self.names.chunk_by(|a, b| a.0 == b.0) {
            let at = (bearers.len() / 4) as u64;
            map.insert(of_one[0].0.as_bytes(), at)
                .expect("names are sorted and stand once");
            bearers.extend_from_slice(&(of_one.len() as u32).to_le_bytes());
            for (_, bits) in of_one {
                bearers.extend_from_slice(&bits.to_le_bytes());
            }
        }
        let names = map.into_inner().expect("memory can be written");
        let mut codes = (self.codes.len() as u32).to_le_bytes().to_vec();
        let mut end = 0;
        for code in &self.codes {
            end += code.len() as u32;
            codes.extend_from_slice(&end.to_le_bytes());
        }
        codes.extend(self.codes.iter().flat_map(|c| c.bytes()));
        let hashes = self.hashes();
        let sections: [&[u8]; SECTIONS] = [&names, &bearers, &self.places, &codes, self.pool.as_bytes(), &hashes];
        let mut out = MARK.to_vec();
        for section in sections {
            out.extend_from_slice(&(section.len() as u64).to_le_bytes());
        }
        sections.iter().for_each(|section| out.extend_from_slice(section));
        out
    }
}

/// Bits that the table of hashes has for each of them: one in so many words that begin no name is taken for one that does.
const ROOM: usize = 8;

impl GazetteerBuilder {
    /// A bit for each hash of each name.
    fn hashes(&self) -> Vec<u8> {
        let all: FxHashSet<u32> = self.names.iter().flat_map(|(name, _)| hashes(name)).collect();
        let mut bits = vec![0; (all.len() * ROOM / 8 + 1).next_power_of_two()];
        for hash in all {
            let (byte, bit) = bit_of(hash, bits.len());
            bits[byte] |= bit;
        }
        bits
    }
}

/// Makes a gazetteer file of the tables of `gazetteer/`, given by name with what they hold: `places.tsv`, `regions.tsv`,
/// `world.tsv`, `stop.tsv`, `countries.tsv` and the `*-forms.tsv` of languages. `gazetteer/README.md` tells their columns.
pub fn gazetteer(files: &[(String, String)]) -> Result<Vec<u8>, Vec<Mistake>> {
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
    let (stop, regions, places) = (table("stop.tsv"), table("regions.tsv"), table("places.tsv"));
    let alpha2: FxHashMap<&str, &str> = table("countries.tsv")
        .iter()
        .map(|row| (row.get("code"), row.get("alpha2")))
        .collect();
    let mut by_hand: FxHashMap<(&str, &str), Vec<&str>> = FxHashMap::default();
    for (name, _) in files.iter().filter(|(n, _)| n.ends_with("-forms.tsv")) {
        for row in table(name) {
            by_hand
                .entry((row.get("name"), row.get("country")))
                .or_default()
                .extend(row.get("forms").split('|'));
        }
    }
    // Names in other languages, by the place's preferred name, state and kind.
    let mut abroad: FxHashMap<(&str, &str, &str), &str> = FxHashMap::default();
    for row in table("world.tsv") {
        abroad.insert((row.get("name"), row.get("country"), row.get("kind")), row.get("forms"));
    }
    let stop: FxHashSet<String> = stop.iter().map(|r| r.get("form").to_lowercase()).collect();
    let mut out = GazetteerBuilder::default();
    for (file, table) in [("regions.tsv", &regions), ("places.tsv", &places)] {
        for row in table {
            let place = match place_row(row) {
                Ok(place) => place,
                Err(what) => {
                    mistakes.push(Mistake {
                        file: file.into(),
                        line: row.line,
                        what,
                    });
                    continue;
                }
            };
            let number = out.place(&place);
            if let Some(code) = alpha2.get(place.country.as_str()).filter(|_| place.kind == "country") {
                out.code_of(code, number);
            }
            let town = file == "places.tsv";
            let given = by_hand.get(&(place.name.as_str(), place.country.as_str()));
            let mut name = |form: &str, alias: bool| {
                let (form, adjective) = form.strip_prefix('~').map_or((form, false), |f| (f, true));
                let flags = NameFlags {
                    weak: town && stop.contains(&form.to_lowercase()),
                    alias,
                    adjective,
                };
                out.name(form, number, flags);
            };
            name(&place.name, false);
            let forms = row.get(if town { "forms" } else { "form" });
            // "the Kremlin" beside "Kremlin" would take the article into the name at the beginning of a sentence.
            let article = |form: &str| {
                let bare = form.strip_prefix("the ").unwrap_or_default();
                !bare.is_empty() && (bare == place.name || forms.split('|').any(|f| f == bare))
            };
            // "Basra" of "Basra Governorate" is first of all the town.
            let city = town && matches!(place.kind.as_str(), "city" | "capital");
            let typed = |form: &str| place.name.strip_prefix(form).is_some_and(|kind| kind.starts_with(' '));
            // "Washington" of "Washington, D.C."
            let short = |form: &str| place.name.strip_prefix(form).is_some_and(|rest| rest.starts_with(','));
            forms
                .split('|')
                .filter(|form| !article(form))
                .for_each(|form| name(form, city && !short(form) || place.kind == "admin1" && typed(form)));
            given.into_iter().flatten().for_each(|form| name(form, false));
            let here = (place.name.as_str(), place.country.as_str(), place.kind.as_str());
            let abroad = abroad.get(&here).filter(|_| town);
            abroad
                .into_iter()
                .flat_map(|forms| forms.split('|'))
                .for_each(|form| name(form, true));
        }
    }
    if mistakes.is_empty() {
        Ok(out.build())
    } else {
        Err(mistakes)
    }
}

/// People counted for a hand-made region, which has no figure: as many as make it as likely as a middling town.
const REGION: u32 = 50_000;

fn place_row(row: &Row<'_>) -> Result<PlaceRow, String> {
    let degrees = |column: &str, most: f32| -> Result<f32, String> {
        match row.must(column)?.parse::<f32>() {
            Ok(degrees) if degrees.abs() <= most => Ok(degrees),
            _ => Err(format!(
                "`{column}` is `{}`; write degrees between -{most} and {most}",
                row.get(column)
            )),
        }
    };
    let whole = |column: &str, absent: u32| match row.get(column) {
        "" => Ok(absent),
        cell => cell
            .parse()
            .map_err(|_| format!("`{column}` is `{cell}`; write a whole number")),
    };
    Ok(PlaceRow {
        id: whole("id", 0)?,
        name: row.must("name")?.to_owned(),
        country: row.get("country").to_owned(),
        admin1: row.get("admin1").to_owned(),
        lat: degrees("lat", 90.0)?,
        lon: degrees("lon", 180.0)?,
        population: whole("population", REGION)?,
        kind: row.must("kind")?.to_owned(),
        party: row.get("party").to_owned(),
    })
}

impl Gazetteer {
    /// A gazetteer of some places and their names, for tests and small uses. It stays in memory to the program's end.
    pub fn of(rows: &[(PlaceRow, &[&str])]) -> Gazetteer {
        let mut out = GazetteerBuilder::default();
        for (row, forms) in rows {
            let number = out.place(row);
            out.name(&row.name, number, NameFlags::default());
            forms
                .iter()
                .for_each(|form| out.name(form, number, NameFlags::default()));
        }
        Gazetteer::open(out.build().leak()).expect("what is built can be opened")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIONS: &str = "name\tform\tcountry\tparty\tlat\tlon\tkind\tnote\n";

    fn made(file: &str, rows: &str) -> Result<Vec<u8>, Vec<Mistake>> {
        gazetteer(&[(file.to_owned(), rows.to_owned())])
    }

    #[test]
    fn names_are_found_whatever_their_case_hyphens_and_spaces() {
        let rows = format!("{REGIONS}Upper-Vale\tthe Vale|~Valer\tAZE\tNKR\t40\t47\tregion\n");
        let places = Gazetteer::open(made("regions.tsv", &rows).unwrap().leak()).unwrap();
        for text in ["UPPER-VALE fell", "Upper - Vale", "Upper\u{2010}Vale's"] {
            let mut found = Vec::new();
            places.names_at(text, |length, bearers| found.push((length, bearers.len())));
            assert_eq!(found.len(), 1, "{text}");
        }
        let people = places.named("Valer").iter().next().unwrap();
        assert!(people.adjective);
        assert_eq!(places.place(people.place).party, "NKR");
        // "e" and a mark of its own are one letter.
        let rows = format!("{REGIONS}Bé\t\t\t\t1\t2\tregion\n");
        let places = Gazetteer::open(made("regions.tsv", &rows).unwrap().leak()).unwrap();
        assert_eq!(places.named("Be\u{301}").len(), 1);
    }

    #[test]
    fn a_mistake_is_told_with_its_file_and_line() {
        let rows = format!("{REGIONS}Upper Vale\t\tAZE\t\tnorth\t47\tregion\n");
        let mistakes = made("regions.tsv", &rows).unwrap_err();
        assert_eq!(
            mistakes[0].to_string(),
            "regions.tsv:2: `lat` is `north`; write degrees between -90 and 90"
        );
    }
}
