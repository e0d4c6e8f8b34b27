//! From the dump of GeoNames (geonames.org, `readme.txt` of `export/dump`) to a gazetteer file.

use super::gazetteer::{GazetteerBuilder, NameFlags};
use crate::{Gazetteer, PlaceRow};
use rustc_hash::FxHashMap;

/// Takes the lines of a dump, in the order of its methods, on top of a gazetteer that is there already: its places keep
/// their names and numbers, and those of the dump that it lacks are added.
pub struct GeoNames<'g> {
    base: &'g Gazetteer,
    out: GazetteerBuilder,
    /// GeoNames id to the place's number.
    numbers: FxHashMap<u32, u32>,
    /// First-level divisions by their code, such as `US.TX`.
    divisions: FxHashMap<String, u32>,
    floor: u32,
    languages: Vec<String>,
}

impl<'g> GeoNames<'g> {
    /// Towns of fewer people than `floor` are left out; of other names those of `languages` (ISO 639) are taken, and those
    /// that are marked with no language.
    pub fn new(base: &'g Gazetteer, floor: u32, languages: &[&str]) -> GeoNames<'g> {
        let mut out = GazetteerBuilder::default();
        let mut numbers = FxHashMap::default();
        for number in 0..base.len() as u32 {
            let place = base.place(number);
            let same = out.place(&PlaceRow {
                id: place.id,
                name: place.name.to_owned(),
                country: place.country.to_owned(),
                admin1: place.admin1.to_owned(),
                lat: place.lat,
                lon: place.lon,
                population: place.population,
                kind: place.kind.to_owned(),
                party: place.party.to_owned(),
            });
            if place.id != 0 {
                numbers.insert(place.id, same);
            }
        }
        base.each_name(|key, bits| out.copy(key, bits));
        GeoNames {
            base,
            out,
            numbers,
            divisions: FxHashMap::default(),
            floor,
            languages: languages.iter().map(|l| (*l).to_owned()).collect(),
        }
    }

    /// How many places there are so far.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A line of `allCountries.txt`: 19 columns.
    pub fn place(&mut self, line: &str) -> Result<(), String> {
        let cells = cells::<19>(line, "allCountries.txt")?;
        let id = number(cells[0], "column 1, the id")?;
        let lat = degrees(cells[4], "column 5, the latitude", 90.0)?;
        let lon = degrees(cells[5], "column 6, the longitude", 180.0)?;
        let population: u64 = match cells[14] {
            "" => 0,
            cell => cell
                .parse()
                .map_err(|_| format!("column 15, the population, is `{cell}`; it should be a whole number"))?,
        };
        let population = u32::try_from(population).unwrap_or(u32::MAX);
        let Some(kind) = kind(cells[6], cells[7]) else {
            return Ok(());
        };
        if kind == "admin1" {
            self.divisions.insert(format!("{}.{}", cells[8], cells[10]), id);
        }
        if self.numbers.contains_key(&id) || cells[1].is_empty() || cells[6] == "P" && population < self.floor {
            return Ok(());
        }
        let country = self.base.country(cells[8]).map_or("", |c| self.base.place(c).country);
        let place = self.out.place(&PlaceRow {
            id,
            name: cells[1].to_owned(),
            country: country.to_owned(),
            admin1: cells[10].to_owned(),
            lat,
            lon,
            population,
            kind: kind.to_owned(),
            party: String::new(),
        });
        self.numbers.insert(id, place);
        self.out.name(cells[1], place, NameFlags::default());
        if cells[2] != cells[1] {
            self.out.name(cells[2], place, NameFlags::default());
        }
        Ok(())
    }

    /// A line of `alternateNamesV2.txt`: 8 columns or more.
    pub fn name(&mut self, line: &str) -> Result<(), String> {
        let cells = cells::<4>(line, "alternateNamesV2.txt")?;
        let id = number(cells[1], "column 2, the place's id")?;
        let wanted = cells[2].is_empty() || self.languages.iter().any(|l| l == cells[2]);
        if let Some(place) = self.numbers.get(&id).filter(|_| wanted && cells[3].chars().count() > 2) {
            let alias = NameFlags {
                alias: cells[2].is_empty(),
                ..NameFlags::default()
            };
            self.out.name(cells[3], *place, alias);
        }
        Ok(())
    }

    /// A line of `admin1CodesASCII.txt`: code, name, plain name, id.
    pub fn division(&mut self, line: &str) -> Result<(), String> {
        let cells = cells::<4>(line, "admin1CodesASCII.txt")?;
        let id = number(cells[3], "column 4, the id")?;
        if !cells[0].contains('.') {
            return Err(format!(
                "column 1 is `{}`; it should be a state and a division, such as US.TX",
                cells[0]
            ));
        }
        let place = self
            .numbers
            .get(&id)
            .or_else(|| self.divisions.get(cells[0]).and_then(|id| self.numbers.get(id)));
        if let Some(place) = place {
            for name in [cells[1], cells[2]] {
                self.out.name(name, *place, NameFlags::default());
            }
        }
        Ok(())
    }

    /// The file's bytes.
    pub fn build(self) -> Vec<u8> {
        self.out.build()
    }
}

/// The first `N` cells of a line.
fn cells<'l, const N: usize>(line: &'l str, file: &str) -> Result<[&'l str; N], String> {
    let mut out = [""; N];
    let mut cells = line.split('\t');
    for (n, cell) in out.iter_mut().enumerate() {
        *cell = cells.next().ok_or_else(|| {
            format!("has {n} columns where {file} has {N} or more, parted by tabs; is it that file, unpacked?")
        })?;
    }
    Ok(out)
}

fn number(cell: &str, column: &str) -> Result<u32, String> {
    cell.parse()
        .map_err(|_| format!("{column}, is `{cell}`; it should be a whole number"))
}

fn degrees(cell: &str, column: &str, most: f32) -> Result<f32, String> {
    match cell.parse::<f32>() {
        Ok(degrees) if degrees.abs() <= most => Ok(degrees),
        _ => Err(format!(
            "{column}, is `{cell}`; it should be degrees between -{most} and {most}"
        )),
    }
}

/// What a feature is, by its class and code; none for what reports of war do not name as a place.
fn kind(class: &str, code: &str) -> Option<&'static str> {
    Some(match (class, code) {
        ("P", "PPLC") => "capital",
        ("P", "PPLH" | "PPLW" | "PPLQ" | "PPLCH") => return None,
        ("P", _) => "city",
        ("A", "ADM1") => "admin1",
        ("A", "ADM2") => "admin2",
        ("A", "ADM3") => "district",
        ("T", "ISL" | "ISLS") => "island",
        ("T", "MT" | "PK") => "mountain",
        ("T", "MTS") => "mountains",
        ("T", "PASS") => "pass",
        ("T", "DSRT") => "desert",
        ("H", "SEA" | "BAY" | "GULF") => "sea",
        ("H", "STRT" | "CHN") => "strait",
        ("H", "LK" | "RSV") => "lake",
        ("H", "STM") => "river",
        ("L", "RGN") => "region",
        ("L", "MILB") | ("S", "MILB" | "AIRB" | "INSM" | "NVB") => "base",
        ("S", "AIRP") => "airport",
        ("S", "DAM") => "dam",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Gazetteer {
        let country = PlaceRow {
            id: 1,
            name: "Atlantis".into(),
            country: "ATL".into(),
            kind: "country".into(),
            ..PlaceRow::default()
        };
        let mut out = GazetteerBuilder::default();
        let number = out.place(&country);
        out.code_of("AT", number);
        out.name("Atlantis", number, NameFlags::default());
        Gazetteer::open(out.build().leak()).unwrap()
    }

    const TOWN: &str =
        "10\tPorto Alto\tPorto Alto\t\t12.5\t-30.25\tP\tPPL\tAT\t\t07\t\t\t\t4200\t\t3\tZone\t2020-01-01";

    #[test]
    fn places_names_and_divisions_of_a_dump_are_added() {
        let base = base();
        let mut dump = GeoNames::new(&base, 500, &["en", "vi"]);
        dump.place(TOWN).unwrap();
        dump.place(&TOWN.replace("10\t", "11\t").replace("4200", "12")).unwrap();
        let division = "12\tAlta\tAlta\t\t12\t-30\tA\tADM1\tAT\t\t07\t\t\t\t0\t\t\tZone\t2020-01-01";
        dump.place(division).unwrap();
        dump.name("1\t10\tvi\tCảng Cao\t\t\t\t").unwrap();
        dump.name("3\t10\t\tPalto\t\t\t\t").unwrap();
        dump.name("2\t10\tlink\thttps://example.org\t\t\t\t").unwrap();
        dump.division("AT.07\tAlta State\tAlta State\t12").unwrap();
        assert_eq!(dump.len(), 3);
        let made = Gazetteer::open(dump.build().leak()).unwrap();
        let place = |name: &str| made.named(name).iter().next().map(|b| (b, made.place(b.place)));
        let (_, town) = place("porto alto").unwrap();
        assert_eq!(
            (town.country, town.admin1, town.population, town.kind),
            ("ATL", "07", 4200, "city")
        );
        let (bearer, town) = place("Cảng cao").unwrap();
        assert!(!bearer.alias && town.id == 10);
        assert!(place("Palto").unwrap().0.alias);
        assert_eq!(place("Alta State").unwrap().1.kind, "admin1");
        assert_eq!(place("Atlantis").unwrap().1.id, 1);
        assert!(place("https://example.org").is_none());
    }

    #[test]
    fn a_line_that_is_none_of_the_dump_is_told() {
        let base = base();
        let mut dump = GeoNames::new(&base, 0, &[]);
        let told = dump.place("10\tPorto Alto").unwrap_err();
        assert!(told.contains("2 columns"), "{told}");
        let told = dump.place(&TOWN.replace("12.5", "north")).unwrap_err();
        assert!(told.contains("column 5, the latitude, is `north`"), "{told}");
        assert!(dump.division("AT\tAlta\tAlta\t12").unwrap_err().contains("US.TX"));
    }

    #[test]
    fn what_is_no_gazetteer_is_told() {
        assert!(Gazetteer::open(b"no").is_err());
        let cut: &[u8] = &GazetteerBuilder::default().build().leak()[..50];
        assert!(Gazetteer::open(&cut.to_vec().leak()[..]).is_err());
    }
}
