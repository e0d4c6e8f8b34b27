//! How fast reading is on one core, without what a program spends on files: `speed FILE.jsonl` prints megabytes a second of the whole
//! reading, of mentions alone, and of a bare Aho-Corasick scan for the same forms, as one line of JSON. `cargo xtask bench` runs it.

#![expect(clippy::print_stdout, reason = "a program's output")]

use counterclaim_lexicon::compile::{Folder, forms};
use counterclaim_reader::{Input, Reader};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// The program's own.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file of JSON lines")?;
    let mut inputs: Vec<Input> = Vec::new();
    for line in fs::read_to_string(file)?.lines() {
        let document: Value = serde_json::from_str(line)?;
        let field = |name: &str| document[name].as_str().map(str::to_owned);
        inputs.push(Input {
            text: field("text").unwrap_or_default(),
            language: field("language"),
            published: field("published"),
            ..Input::default()
        });
    }
    let bytes: usize = inputs.iter().map(|input| input.text.len()).sum();
    let speed = |work: &mut dyn FnMut(&Input)| {
        // Once around, so that what is loaded on first use is loaded.
        inputs.iter().take(100).for_each(&mut *work);
        let begun = Instant::now();
        inputs.iter().for_each(&mut *work);
        bytes as f64 / 1e6 / begun.elapsed().as_secs_f64()
    };

    let reader = Reader::embedded();
    let mut found = 0;
    let whole = speed(&mut |input| found += reader.read(input).claims.len());
    let mentions = speed(&mut |input| found += usize::from(reader.mentions(input).mentions.is_some()));

    let forms = all_forms(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;
    let count = forms.len();
    let automaton: CharwiseDoubleArrayAhoCorasick<u32> = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(forms)
        .map_err(|e| e.to_string())?;
    // The scan is spared the folding that reading does.
    let lower: Vec<Input> = inputs
        .iter()
        .map(|input| Input {
            text: input.text.to_lowercase(),
            ..Input::default()
        })
        .collect();
    let begun = Instant::now();
    for input in &lower {
        found += automaton.leftmost_find_iter(&input.text).count();
    }
    let scan = bytes as f64 / 1e6 / begun.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({"whole": whole, "mentions": mentions, "scan": scan, "forms": count, "found": found})
    );
    Ok(())
}

/// All forms of all lexicons and of the gazetteer, in small letters.
fn all_forms(root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let languages = root.join("languages");
    let shared = texts(&languages.join("shared"), "shared/")?;
    let mut out = Vec::new();
    for tag in counterclaim_packs::languages() {
        let mut files = texts(&languages.join(tag), "")?;
        files.extend(shared.iter().cloned());
        let folder = Folder {
            files,
            ..Folder::default()
        };
        out.extend(forms(&folder).map_err(|mistakes| mistakes[0].to_string())?);
    }
    for line in fs::read_to_string(root.join("gazetteer/places.tsv"))?.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let others = columns.get(8).copied().unwrap_or_default();
        let names = columns.iter().skip(1).take(1).copied().chain(others.split('|'));
        out.extend(names.map(str::to_lowercase));
    }
    out.retain(|form| !form.is_empty());
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// The lexicons below a folder and what the language is told by, by their path inside it.
fn texts(folder: &Path, prefix: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            out.extend(texts(&path, &format!("{name}/"))?);
        } else if [".tsv", ".toml"].iter().any(|end| name.ends_with(end)) && name != "tags.tsv" {
            out.push((name, fs::read_to_string(&path)?));
        }
    }
    out.sort();
    Ok(out)
}
