//! `cargo xtask bench`: how fast reading is, on texts of `../shared` and of the demonstration.

use crate::shell::{self, command, output};
use crate::{Done, demo, generated};
use serde_json::{Value, json};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SIZE: usize = 100 << 20;
const STARTS: u32 = 20;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Megabytes of text to read; docs/quality.md is written at 100 only
    #[arg(long, default_value_t = SIZE >> 20)]
    megabytes: usize,
}

/// Reads the gold texts, repeated to the size asked for, on one core, and one report from a cold start.
pub(crate) fn run(args: &Args) -> Done {
    let binary = shell::binary("release")?;
    let work = shell::target().join("bench");
    fs::create_dir_all(&work)?;

    let (name, texts) = texts()?;
    let (file, bytes) = repeated(&texts, args.megabytes << 20, &work)?;
    let read = timed(
        command(
            &binary.to_string_lossy(),
            ["read", "--from", "jsonl", "--format", "jsonl"],
        )
        .arg(&file)
        .env("RAYON_NUM_THREADS", "1"),
    )?;
    let speed = bytes as f64 / 1e6 / read.as_secs_f64();

    let (report, _) = demo::reports(Path::new("corpus/demo"))?.swap_remove(0);
    let mut starts = (0..STARTS)
        .map(|_| timed(command(&binary.to_string_lossy(), ["read", "--format", "jsonl"]).arg(&report)))
        .collect::<Result<Vec<_>, _>>()?;
    starts.sort();
    let start = starts[starts.len() / 2].as_secs_f64() * 1e3;

    let size = bytes / 1_000_000;
    let lines = [
        format!("| {name}, repeated to {size} MB, one core | {speed:.2} MB/s | `cargo xtask bench` |"),
        format!(
            "| one report of the demonstration, cold start, median of {STARTS} | {start:.0} ms | `cargo xtask bench` |"
        ),
    ];
    lines.iter().for_each(|line| println!("{line}"));
    if args.megabytes << 20 == SIZE {
        let commit = output(Command::new("git").args(["describe", "--always", "--dirty=+"])).unwrap_or_default();
        let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
        let head = format!(
            "Measured on {day} at commit {}.\n\n| what | figure | command |\n| --- | --- | --- |\n",
            commit.trim()
        );
        generated::section(Path::new("docs/quality.md"), "bench", &(head + &lines.join("\n")))?;
    }
    Ok(())
}

/// The gold texts with their languages, or where they are absent the demonstration's.
fn texts() -> Result<(&'static str, Vec<Value>), Box<dyn Error>> {
    let mut texts = Vec::new();
    for folder in ["../shared/gold/seed", "../shared/gold/vi", "../shared/gold/en"] {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        let mut files: Vec<PathBuf> = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        files.sort();
        for file in files
            .iter()
            .filter(|file| file.to_string_lossy().ends_with(".gold.jsonl"))
        {
            for line in fs::read_to_string(file)?.lines() {
                texts.push(serde_json::from_str::<Value>(line)?["document"].take());
            }
        }
    }
    if !texts.is_empty() {
        return Ok(("gold texts", texts));
    }
    for (file, day) in demo::reports(Path::new("corpus/demo"))? {
        texts.push(json!({"text": fs::read_to_string(file)?, "published": day}));
    }
    Ok(("texts of the demonstration", texts))
}

/// A file of JSON lines with that many bytes of text, and how many bytes of text it has exactly.
fn repeated(texts: &[Value], size: usize, work: &Path) -> Result<(PathBuf, usize), Box<dyn Error>> {
    let path = work.join("repeated.jsonl");
    let mut out = BufWriter::new(File::create(&path)?);
    let mut bytes = 0;
    for (n, document) in texts.iter().cycle().enumerate() {
        if bytes >= size {
            break;
        }
        bytes += document["text"].as_str().map_or(0, str::len);
        let line = json!({"uri": n.to_string(), "text": document["text"], "language": document["language"], "published": document["published"]});
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok((path, bytes))
}

/// How long a program takes from its start to its end.
fn timed(command: &mut Command) -> Result<Duration, Box<dyn Error>> {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).status()?;
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("counterclaim ended with {status}").into());
    }
    Ok(begun.elapsed())
}
