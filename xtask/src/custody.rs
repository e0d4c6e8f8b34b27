//! `cargo xtask bench --ledger`: how fast reports go into a ledger and claims are found in it, by reports made up for it.

use crate::shell::{self, command, output};
use crate::{Done, generated};
use serde_json::{Value, json};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Claims a report.
const CLAIMS: usize = 10;

/// Adds that many reports in steps that grow tenfold, then asks the questions of the store's example `queries`.
pub(crate) fn run(reports: usize, profile: &str) -> Done {
    let binary = shell::binary(profile)?.to_string_lossy().into_owned();
    let work = shell::target().join("bench");
    fs::create_dir_all(&work)?;
    let ledger = work.join("made-up.ledger");
    for ending in ["", "-wal", "-shm", ".key"] {
        let _ = fs::remove_file(format!("{}{ending}", ledger.display()));
    }
    let mut lines = Vec::new();
    let (mut from, mut to, mut whole) = (0, 100.min(reports), 0.0);
    while from < reports {
        let feed = feed(&work.join("made-up.jsonl"), from..to)?;
        let begun = Instant::now();
        let mut add = command(&binary, ["add"]);
        let status = add
            .arg(&ledger)
            .args(["--from", "contract"])
            .arg(&feed)
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(format!("counterclaim ended with {status}").into());
        }
        let took = begun.elapsed().as_secs_f64();
        whole += took;
        let what = format!(
            "`counterclaim add --from contract`, claims {} to {}",
            from * CLAIMS,
            to * CLAIMS
        );
        lines.push(row(&what, &format!("{:.0} reports/s", (to - from) as f64 / took)));
        (from, to) = (to, (to * 10).min(reports));
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    lines.push(row(
        &format!("all {reports} reports of {CLAIMS} claims each, log and indexes included, {cores} cores"),
        &format!("{:.0} reports/s", reports as f64 / whole),
    ));
    let size = fs::metadata(&ledger)?.len() as f64 / 1e6;
    lines.push(row("the ledger's file", &format!("{size:.0} MB")));
    lines.extend(questions(&ledger, profile)?);
    let begun = Instant::now();
    let told = output(command(&binary, ["verify"]).arg(&ledger))?;
    print!("{told}");
    lines.push(row(
        "`counterclaim verify`",
        &format!("{:.0} s", begun.elapsed().as_secs_f64()),
    ));
    lines.iter().for_each(|line| println!("{line}"));
    if reports == crate::bench::REPORTS {
        let commit = output(Command::new("git").args(["describe", "--always", "--dirty=+"])).unwrap_or_default();
        let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
        let head = format!(
            "Measured on {day} at commit {}.\n\n| what | figure | command |\n| --- | --- | --- |\n",
            commit.trim()
        );
        let section = head + &lines.join("\n");
        generated::section(Path::new("docs/quality.md"), "bench-ledger", &section)?;
    }
    Ok(())
}

fn row(what: &str, figure: &str) -> String {
    format!("| {what} | {figure} | `cargo xtask bench --ledger` |")
}

fn questions(ledger: &Path, profile: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let arguments = [
        "run",
        "--quiet",
        "--profile",
        profile,
        "--package",
        "counterclaim-store",
        "--example",
        "queries",
        "--",
    ];
    let told: Value = serde_json::from_str(&output(command("cargo", arguments).arg(ledger))?)?;
    println!("slowest: {}", told["slowest"]);
    let ms = |key: &str| format!("{:.1} ms", told[key].as_f64().unwrap_or_default());
    let what = |which: &str| {
        format!(
            "{which} of {} filtered questions at {} claims, 50 claims each",
            told["questions"], told["claims"]
        )
    };
    Ok(vec![
        row(&what("median"), &ms("median")),
        row(&what("95th percentile"), &ms("p95")),
        row(&what("longest"), &ms("most")),
        row("the most memory held while asking", &format!("{} MiB", told["mib"])),
    ])
}

/// Made-up readings as lines of the contract. Parties, places and words are drawn unevenly, as they are in real ledgers;
/// days go on with the reports.
fn feed(path: &Path, numbers: std::ops::Range<usize>) -> Result<PathBuf, Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    for n in numbers {
        writeln!(out, "{}", reading(n))?;
    }
    out.flush()?;
    Ok(path.to_path_buf())
}

fn reading(n: usize) -> Value {
    const PARTIES: [&str; 12] = [
        "AZE", "ARM", "TUR", "RUS", "IRN", "GEO", "SYR", "USA", "FRA", "UKR", "ISR", "PSE",
    ];
    const STANCES: [&str; 4] = ["asserts", "accuses", "denies", "asserts"];
    let mut seed = n as u64 ^ 0x9E37_79B9_7F4A_7C15;
    let mut draw = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    // The smaller of two draws: few are frequent.
    let published = day(n);
    let mut text = format!("Evening bulletin {n}. ");
    let mut claims = Vec::new();
    for number in 0..CLAIMS {
        let party = PARTIES[draw(12).min(draw(12))];
        let (town, depot, hurt) = (draw(500).min(draw(500)), draw(900), draw(40));
        let speaker = format!("Spokesman {} of {party}", draw(60));
        let content = match draw(3) {
            0 => format!("depot {depot} burned near town {town} and {hurt} people were hurt"),
            1 => format!("crews held the road to town {town} after depot {depot} was shelled"),
            _ => format!("kho đạn {depot} ở thị trấn {town} trúng pháo, {hurt} người bị thương"),
        };
        let letters = |words: &str| words.chars().count();
        let at = letters(&text);
        let start = at + letters(&speaker) + letters(" said ");
        text += &format!("{speaker} said {content}. Nothing more was known that evening. ");
        claims.push(json!({
            "id": format!("clm_{n}_{number}"), "start": start, "end": start + letters(&content), "voice": "source",
            "stance": STANCES[draw(4)],
            "source": [{"start": at, "end": at + letters(&speaker), "text": speaker, "party": party, "sector": "MIL"}],
            "events": [{"act": "shelling", "time": day(n.saturating_sub(draw(300))),
                "place": [{"name": format!("Town {town}"), "country": PARTIES[town % 12],
                    "lat": (town * 7 % 600) as f64 / 10.0, "lon": (town * 11 % 800) as f64 / 10.0}]}],
        }));
    }
    json!({"document": {"uri": format!("made-up/{n}"), "title": format!("Bulletin {n}"), "language": "en",
        "published": published, "text": text}, "claims": claims})
}

/// The day of a report: two years of them, some a hundred and forty a day.
fn day(n: usize) -> String {
    let first = jiff::civil::date(2020, 1, 1);
    let days = i64::try_from(n / 140).unwrap_or_default();
    first.saturating_add(jiff::Span::new().days(days)).to_string()
}
