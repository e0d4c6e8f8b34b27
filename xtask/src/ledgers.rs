//! What ledgers make of readings: `score/ledger.py` over every set of `gold/ledger`, and the mean over the sets. The readings are those
//! made by hand, or our own reader's of the same texts.

use crate::shell::{command, output};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The figures that are kept, by the words that the scorer prints before them.
pub(crate) const FIGURES: [&str; 3] = ["incidents B3", "disputes:", "disputes with kind:"];

/// Whose readings are put into the ledgers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Hand,
    Reader,
}

/// What the scorer prints over each set, and the mean F1 of each of [`FIGURES`].
pub(crate) fn score(
    by: By,
    binary: &Path,
    folder: &Path,
    scorer: &Path,
    work: &Path,
) -> Result<(String, Vec<f64>), Box<dyn Error>> {
    let mut sets: Vec<_> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    sets.retain(|path| path.to_string_lossy().ends_with(".ledger.json"));
    sets.sort();
    let (mut printed, mut sums) = (String::new(), vec![0.0; FIGURES.len()]);
    for gold in &sets {
        let name = gold
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .replace(".ledger.json", "");
        let readings = folder.join(format!("{name}.readings.jsonl"));
        let ledger = work.join(format!("{name}.ledger"));
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", ledger.display()));
        }
        let binary = binary.to_string_lossy();
        let (from, input) = match by {
            By::Hand => ("contract", readings.clone()),
            By::Reader => (
                "jsonl",
                documents(&readings, &work.join(format!("{name}.documents.jsonl")))?,
            ),
        };
        output(
            command(&binary, ["add"])
                .arg(&ledger)
                .args(["--from", from])
                .arg(&input),
        )?;
        let mut made = output(command(&binary, ["export"]).arg(&ledger).args(["--to", "contract"]))?;
        if by == By::Reader {
            made = aligned(&made, &readings)?;
        }
        let system = work.join(format!("{name}.system.json"));
        fs::write(&system, made)?;
        let told = output(
            Command::new("python3")
                .arg(scorer)
                .arg(gold)
                .arg(&readings)
                .arg(&system),
        )?;
        for (sum, name) in sums.iter_mut().zip(FIGURES) {
            *sum += f1(&told, name).ok_or_else(|| format!("the scorer printed no '{name}'"))?;
        }
        printed += &format!("{name}\n{told}\n");
    }
    if sets.is_empty() {
        return Err(format!("{} holds no sets", folder.display()).into());
    }
    Ok((printed, sums.into_iter().map(|sum| sum / sets.len() as f64).collect()))
}

/// The F1 on the line that begins with some words.
fn f1(printed: &str, name: &str) -> Option<f64> {
    let line = printed.lines().find(|line| line.starts_with(name))?;
    let (_, after) = line.split_once("F1")?;
    after.split_whitespace().next()?.parse().ok()
}

/// The documents of readings alone, for our own reader.
fn documents(readings: &Path, path: &Path) -> Result<std::path::PathBuf, Box<dyn Error>> {
    let mut lines = String::new();
    for line in fs::read_to_string(readings)?
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        let document = &serde_json::from_str::<Value>(line)?["document"];
        let fields = ["uri", "text", "published", "language", "title", "outlet"];
        let fields = fields.map(|key| (key.to_owned(), document[key].clone())).into_iter();
        lines += &format!(
            "{}\n",
            json!(serde_json::Map::from_iter(fields.filter(|(_, value)| !value.is_null())))
        );
    }
    fs::write(path, lines)?;
    Ok(path.to_path_buf())
}

/// What was made of our own claims, told of those made by hand that share at least half of their words with them, of one source
/// where there are two: the scorer knows claims by their spans. What has no such claim stays as it is, and is wrong or lost.
fn aligned(made: &str, readings: &Path) -> Result<String, Box<dyn Error>> {
    let mut by_hand: Vec<(String, Value)> = Vec::new();
    for line in fs::read_to_string(readings)?
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        let mut reading: Value = serde_json::from_str(line)?;
        let uri = reading["document"]["uri"].as_str().unwrap_or_default().to_owned();
        let claims = reading["claims"].as_array_mut().map(std::mem::take).unwrap_or_default();
        by_hand.extend(claims.into_iter().map(|claim| (uri.clone(), claim)));
    }
    let mut made: Value = serde_json::from_str(made)?;
    for incident in made["incidents"].as_array_mut().into_iter().flatten() {
        for mention in incident["mentions"].as_array_mut().into_iter().flatten() {
            align(mention, &by_hand);
        }
    }
    for dispute in made["disputes"].as_array_mut().into_iter().flatten() {
        align(&mut dispute["a"], &by_hand);
        align(&mut dispute["b"], &by_hand);
    }
    Ok(made.to_string())
}

fn align(own: &mut Value, by_hand: &[(String, Value)]) {
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    let (start, end) = (number(&own["start"]), number(&own["end"]));
    let sources = |claim: &Value| -> Vec<Value> {
        let all = claim["source"].as_array().into_iter().flatten();
        all.map(|one| {
            [&one["party"], &one["name"], &one["start"]]
                .into_iter()
                .find(|it| !it.is_null())
                .cloned()
                .unwrap_or_default()
        })
        .map(|name| Value::from(name.as_str().map_or_else(|| name.to_string(), str::to_owned)))
        .collect()
    };
    let of_report = by_hand
        .iter()
        .filter(|(uri, _)| Some(uri.as_str()) == own["uri"].as_str());
    let shared = |claim: &Value| {
        let (from, to) = (number(&claim["start"]), number(&claim["end"]));
        let both = end.min(to).saturating_sub(start.max(from));
        (2 * both >= end.max(to) - start.min(from)).then_some(both)
    };
    let fits =
        of_report.filter_map(|(_, claim)| Some((shared(claim)?, own["source"] == Value::from(sources(claim)), claim)));
    let best = fits.max_by_key(|(both, source, _)| (*both, *source));
    if let Some((start, end, source)) =
        best.map(|(_, _, claim)| (claim["start"].clone(), claim["end"].clone(), sources(claim)))
    {
        own["start"] = start;
        own["end"] = end;
        own["source"] = Value::from(source);
    }
}
