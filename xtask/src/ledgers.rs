//! What ledgers make of readings made by hand: `score/ledger.py` over every set of `gold/ledger`, and the mean over the sets.

use crate::shell::{command, output};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The figures that are kept, by the words that the scorer prints before them.
pub(crate) const FIGURES: [&str; 3] = ["incidents B3", "disputes:", "disputes with kind:"];

/// What the scorer prints over each set, and the mean F1 of each of [`FIGURES`].
pub(crate) fn score(
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
        output(
            command(&binary, ["add"])
                .arg(&ledger)
                .args(["--from", "contract"])
                .arg(&readings),
        )?;
        let system = work.join(format!("{name}.system.json"));
        fs::write(
            &system,
            output(command(&binary, ["export"]).arg(&ledger).args(["--to", "contract"]))?,
        )?;
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
