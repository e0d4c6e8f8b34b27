//! Compiles `languages/` and `gazetteer/` into bytes that the program carries. A mistake in a file stops the build with
//! file, line and what to do.

use counterclaim_lexicon::compile::{Folder, gazetteer, pack, sides, wars};
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
    let tables = texts(&root.join("gazetteer"), "");
    let written =
        gazetteer(&tables).and_then(|bytes| Ok((bytes, literals(&sides(&tables)?), literals(&wars(&tables)?))));
    match written {
        Ok((bytes, sides, wars)) => {
            fs::write(out.join("places.gaz"), bytes).expect("OUT_DIR can be written");
            fs::write(out.join("sides.rs"), sides).expect("OUT_DIR can be written");
            fs::write(out.join("wars.rs"), wars).expect("OUT_DIR can be written");
        }
        Err(mistakes) => {
            for mistake in &mistakes {
                println!("cargo::error=gazetteer/{mistake}");
            }
            process::exit(1);
        }
    }
}

/// Rows as an array in Rust: what they are is what `Debug` prints.
fn literals(rows: &[impl std::fmt::Debug]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    format!("[{}]", rows.join(", "))
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
