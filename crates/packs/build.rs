//! Compiles `languages/` and `gazetteer/` into bytes that the program carries. A mistake in a file stops the build with
//! file, line and what to do.

use counterclaim_lexicon::compile::{Folder, pack};
use counterclaim_lexicon::{Gazetteer, PlaceRow};
use counterclaim_tagger::Model;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

include!("src/features.rs");

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let languages = root.join("languages");
    println!("cargo::rerun-if-changed={}", languages.display());
    println!("cargo::rerun-if-changed={}", root.join("gazetteer").display());

    let shared = texts(&languages.join("shared"), "shared/");
    let mut list = String::from("[");
    for folder in folders(&languages) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !folder.join("language.toml").exists() {
            continue;
        }
        let mut files = texts(&folder, "");
        files.extend(shared.iter().cloned());
        let model = fs::read(folder.join("tagger.bin"))
            .ok()
            .and_then(|file| Model::from_bytes(&file).ok());
        let (tagger, tags) = model.map(|m| (m.prepared(), m.tags().to_vec())).unwrap_or_default();
        match pack(&Folder { files, tagger, tags }, FEATURES) {
            Ok(pack) => fs::write(out.join(format!("{name}.pack")), pack.to_bytes()).expect("OUT_DIR can be written"),
            Err(mistakes) => {
                for mistake in &mistakes {
                    println!("cargo::error=languages/{name}/{mistake}");
                }
                process::exit(1);
            }
        }
        list.push_str(&format!(
            "(\"{name}\", include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.pack\")) as &[u8]), "
        ));
    }
    list.push(']');
    fs::write(out.join("packs.rs"), list).expect("OUT_DIR can be written");
    fs::write(out.join("places.bin"), gazetteer(&root.join("gazetteer")).to_bytes()).expect("OUT_DIR can be written");
}

fn folders(at: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(at)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.is_dir())
        .collect();
    found.sort();
    found
}

/// All text files below a folder, by path inside it, sorted.
fn texts(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            out.extend(texts(&path, &format!("{name}/")));
        } else if [".tsv", ".toml", ".rules"].iter().any(|e| name.ends_with(e)) {
            out.push((name, fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    out
}

/// `places.tsv` (made by `build.py`), `regions.tsv` and `vi-forms.tsv` (made by hand) and the names in `stop.tsv` that
/// are seldom places.
fn gazetteer(folder: &Path) -> Gazetteer {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let table = |text: String| -> Vec<Vec<String>> {
        let lines = text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
            .skip(1);
        lines
            .map(|l| l.split('\t').map(|c| c.trim().to_owned()).collect())
            .collect()
    };
    let stop: std::collections::HashSet<String> = table(read("stop.tsv"))
        .into_iter()
        .map(|r| r[0].to_lowercase())
        .collect();
    let number = |s: &str| s.parse::<f32>().unwrap_or_default();
    let mut rows: Vec<(PlaceRow, Vec<String>)> = Vec::new();
    // name form country party lat lon kind note
    for r in table(read("regions.tsv")).into_iter().filter(|r| r.len() >= 7) {
        let forms = std::iter::once(r[0].as_str())
            .chain(r[1].split('|'))
            .map(str::to_owned)
            .filter(|f| !f.is_empty())
            .collect();
        rows.push((
            PlaceRow {
                name: r[0].clone(),
                country: r[2].clone(),
                lat: number(&r[4]),
                lon: number(&r[5]),
                kind: r[6].clone(),
                population: 50_000,
                ..PlaceRow::default()
            },
            forms,
        ));
    }
    let vi: std::collections::HashMap<(String, String), String> = table(read("vi-forms.tsv"))
        .into_iter()
        .filter(|r| r.len() >= 3)
        .map(|r| ((r[0].clone(), r[1].clone()), r[2].clone()))
        .collect();
    // id name country admin1 lat lon population kind forms
    for r in table(read("places.tsv")).into_iter().filter(|r| r.len() >= 8) {
        let more = vi
            .get(&(r[1].clone(), r[2].clone()))
            .map(String::as_str)
            .unwrap_or_default();
        let forms = std::iter::once(r[1].as_str())
            .chain(r.get(8).map(String::as_str).unwrap_or_default().split('|'))
            .chain(more.split('|'))
            .filter(|f| !f.is_empty() && !stop.contains(&f.to_lowercase()))
            .map(str::to_owned)
            .collect();
        rows.push((
            PlaceRow {
                id: r[0].parse().unwrap_or_default(),
                name: r[1].clone(),
                country: r[2].clone(),
                admin1: r[3].clone(),
                lat: number(&r[4]),
                lon: number(&r[5]),
                population: r[6].parse().unwrap_or_default(),
                kind: r[7].clone(),
            },
            forms,
        ));
    }
    Gazetteer::build(rows)
}
