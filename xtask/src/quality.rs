//! `cargo xtask quality`: what the reader gets right, by the scorers of `../shared/score`.

use crate::shell::{self, command, output};
use crate::{Done, generated, ledgers, phenomena};
use serde_json::{Value, json};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is measured with lies beside the project.
pub(crate) const SHARED: &str = "../shared";
const DOCUMENT: &str = "docs/quality.md";

/// The sets, by the names that the command line takes.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Set {
    Seed,
    Vi,
    En,
    Attribution,
    Phenomena,
    Lgl,
    Trnews,
    Times,
    Kinds,
    Ftfy,
    Muc4,
    Ledger,
    LedgerRead,
}

impl Set {
    const ALL: [Set; 13] = [
        Set::Seed,
        Set::Vi,
        Set::En,
        Set::Attribution,
        Set::Phenomena,
        Set::Lgl,
        Set::Trnews,
        Set::Times,
        Set::Kinds,
        Set::Ftfy,
        Set::Muc4,
        Set::Ledger,
        Set::LedgerRead,
    ];

    /// Where it lies under `../shared`.
    fn path(self) -> &'static str {
        match self {
            Set::Seed => "gold/seed",
            Set::Vi => "gold/vi",
            Set::En => "gold/en",
            Set::Attribution => "bench/attribution/polnear-dev.jsonl",
            Set::Phenomena => "bench/phenomena.jsonl",
            Set::Lgl => "bench/places/lgl.jsonl",
            Set::Trnews => "bench/places/trnews.jsonl",
            Set::Times => "bench/times/wikiwars-dev.jsonl",
            Set::Kinds => "bench/repair/kinds-dev.jsonl",
            Set::Ftfy => "bench/repair/ftfy.jsonl",
            Set::Muc4 => "bench/events/muc4-dev.jsonl",
            Set::Ledger | Set::LedgerRead => "gold/ledger",
        }
    }

    fn scorer(self) -> &'static str {
        match self {
            Set::Seed | Set::Vi | Set::En => "claims.py",
            Set::Attribution => "attribution.py",
            Set::Phenomena => "phenomena",
            Set::Lgl | Set::Trnews => "places.py",
            Set::Times => "times.py",
            Set::Kinds | Set::Ftfy => "repair.py",
            Set::Muc4 => "muc4",
            Set::Ledger | Set::LedgerRead => "ledger.py",
        }
    }

    /// The arguments of `counterclaim` that make what the scorer scores.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Set::Seed => &["read", "--published", "2020-10-05", "--format", "jsonl"],
            Set::Vi | Set::En | Set::Attribution | Set::Phenomena => &["read", "--from", "jsonl", "--format", "jsonl"],
            Set::Lgl | Set::Trnews | Set::Times => &["read", "--from", "jsonl", "--mentions", "--format", "jsonl"],
            Set::Kinds | Set::Ftfy => &["mend", "--from", "jsonl", "--format", "jsonl"],
            Set::Muc4 | Set::Ledger | Set::LedgerRead => &[],
        }
    }

    /// The figures to keep of what the scorer prints, by the words before them.
    fn figures(self) -> &'static [&'static str] {
        match self {
            Set::Seed | Set::Vi | Set::En => &["overall"],
            Set::Attribution => &["speech claim50", "speech claim80", "all claim50"],
            Set::Phenomena => &["right"],
            Set::Lgl | Set::Trnews => &["strict F1", "overlap F1", "acc@161 of found", "end-to-end recall"],
            Set::Times => &["strict F1", "relaxed F1", "value F1"],
            Set::Kinds | Set::Ftfy => &["mean of kinds", "spoiled", "reversible"],
            Set::Muc4 => &["micro F1"],
            Set::Ledger | Set::LedgerRead => &ledgers::FIGURES,
        }
    }
}

/// Which sets, and how.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Sets to measure; all when left out, and only then is docs/quality.md written
    #[arg(value_enum)]
    sets: Vec<Set>,
    /// The profile of Cargo.toml to build with
    #[arg(long, default_value = "release")]
    profile: String,
    /// Print what every scorer prints, claim by claim where it can (claims.py --per-doc --misses)
    #[arg(long)]
    verbose: bool,
}

/// What one set gave.
struct Measured {
    set: Set,
    /// Name and value of each figure, or why there are none.
    figures: Result<Vec<(&'static str, String)>, String>,
    /// The scorer's F1 by row, where it has rows.
    rows: Vec<(String, f64)>,
    command: String,
}

pub(crate) fn run(args: &Args) -> Done {
    let sets = if args.sets.is_empty() {
        &Set::ALL[..]
    } else {
        &args.sets
    };
    let work = shell::target().join("quality");
    fs::create_dir_all(&work)?;
    let binary = shell::binary(&args.profile)?;
    let measured: Vec<Measured> = sets
        .iter()
        .map(|&set| measure(set, &binary, &args.profile, &work, args.verbose))
        .collect();
    for one in &measured {
        match &one.figures {
            Ok(figures) => {
                let figures: Vec<_> = figures.iter().map(|(name, value)| format!("{name} {value}")).collect();
                println!("{:38} {}", one.set.path(), figures.join("   "));
            }
            Err(why) => println!("{:38} skipped: {why}", one.set.path()),
        }
    }
    if args.sets.is_empty() {
        generated::section(Path::new(DOCUMENT), "quality", &table(&measured)?)?;
        println!("written to {DOCUMENT}");
    }
    Ok(())
}

fn measure(set: Set, binary: &Path, profile: &str, work: &Path, verbose: bool) -> Measured {
    let file = if set == Set::Seed { "/seed.txt" } else { "" };
    let command = match set {
        Set::Muc4 => format!("cargo run --package counterclaim-muc4 ../shared/{}", set.path()),
        Set::Ledger => "counterclaim add LEDGER --from contract …, counterclaim export LEDGER --to contract".into(),
        Set::LedgerRead => {
            "counterclaim add LEDGER --from jsonl …, counterclaim export LEDGER --to contract: read by our own reader"
                .into()
        }
        _ => format!(
            "counterclaim {} ../shared/{}{file}",
            set.arguments().join(" "),
            set.path()
        ),
    };
    let mut measured = Measured {
        set,
        figures: Ok(Vec::new()),
        rows: Vec::new(),
        command,
    };
    match score(set, binary, profile, work, verbose) {
        Ok((figures, rows)) => (measured.figures, measured.rows) = (Ok(figures), rows),
        Err(why) => measured.figures = Err(why.to_string()),
    }
    measured
}

type Scored = (Vec<(&'static str, String)>, Vec<(String, f64)>);

fn score(set: Set, binary: &Path, profile: &str, work: &Path, verbose: bool) -> Result<Scored, Box<dyn Error>> {
    let path = Path::new(SHARED).join(set.path());
    if !path.exists() {
        return Err(format!("{} is absent", path.display()).into());
    }
    if set == Set::Muc4 {
        // The adapter reads its key's reports itself.
        let run = [
            "run",
            "--quiet",
            "--package",
            "counterclaim-muc4",
            "--profile",
            profile,
            "--",
        ];
        let printed = output(command("cargo", run).args(verbose.then_some("--misses")).arg(&path))?;
        if verbose {
            println!("{printed}");
        }
        return figures(set, &printed);
    }
    let scorer = Path::new(SHARED).join("score").join(set.scorer());
    if matches!(set, Set::Ledger | Set::LedgerRead) {
        let by = if set == Set::Ledger {
            ledgers::By::Hand
        } else {
            ledgers::By::Reader
        };
        let (printed, figures) = ledgers::score(by, binary, &path, &scorer, work)?;
        if verbose {
            println!("{printed}");
        }
        let figures = ledgers::FIGURES.iter().zip(figures);
        let named = |(name, figure): (&&'static str, f64)| (name.trim_end_matches(':'), format!("{figure:.1}"));
        return Ok((figures.map(named).collect(), Vec::new()));
    }
    let (gold, input) = if path.is_dir() {
        prepare(set, &path, work)?
    } else if set == Set::Phenomena {
        let input = work.join(format!("{}.input.jsonl", name(set)));
        fs::write(&input, phenomena::input(&fs::read_to_string(&path)?)?)?;
        (path.clone(), input)
    } else {
        (path.clone(), path.clone())
    };
    let system = work.join(format!("{}.system.jsonl", name(set)));
    let status = command(&binary.to_string_lossy(), set.arguments())
        .arg(&input)
        .stdout(File::create(&system)?)
        .status()?;
    // Exit status 1 says that nothing was found, which is a result.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("counterclaim ended with {status}").into());
    }
    if set == Set::Phenomena {
        let score = phenomena::score(&gold, &system)?;
        if verbose {
            println!("{}", score.misses.join("\n"));
        }
        let right = phenomena::LANGUAGES
            .iter()
            .zip(score.right.iter().zip(score.all))
            .map(|(language, (right, all))| format!("{language} {right}/{all}"));
        return Ok((vec![("right", right.collect::<Vec<_>>().join(", "))], Vec::new()));
    }
    let scoring = |extra: &[&str]| -> Result<String, Box<dyn Error>> {
        output(Command::new("python3").arg(&scorer).arg(&gold).arg(&system).args(extra))
    };
    if set.scorer() == "claims.py" {
        if verbose {
            println!("{}", scoring(&["--per-doc", "--misses"])?);
        }
        return claims(&scoring(&["--json"])?);
    }
    let printed = scoring(&[])?;
    if verbose {
        println!("{printed}");
    }
    figures(set, &printed)
}

/// The figures of a set in what its scorer printed.
fn figures(set: Set, printed: &str) -> Result<Scored, Box<dyn Error>> {
    let figures = set.figures().iter().map(|&name| Ok((name, figure(printed, name)?)));
    Ok((figures.collect::<Result<_, Box<dyn Error>>>()?, Vec::new()))
}

fn claims(printed: &str) -> Result<Scored, Box<dyn Error>> {
    let all: Value = serde_json::from_str(printed)?;
    let overall = all["overall"].as_f64().ok_or("claims.py gave no overall figure")?;
    let rows = all
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(row, v)| Some((row.clone(), v["f"].as_f64()?)));
    Ok((vec![("overall", format!("{overall:.3}"))], rows.collect()))
}

/// The last number that stands after some words.
fn figure(printed: &str, name: &str) -> Result<String, Box<dyn Error>> {
    let (_, after) = printed
        .rsplit_once(name)
        .ok_or_else(|| format!("the scorer printed no '{name}'"))?;
    Ok(after.split_whitespace().next().unwrap_or_default().to_owned())
}

fn name(set: Set) -> String {
    set.path().replace('/', "-").trim_end_matches(".jsonl").to_owned()
}

/// A folder of gold files as one file for the scorer and one for the reader.
fn prepare(set: Set, folder: &Path, work: &Path) -> Result<(PathBuf, PathBuf), Box<dyn Error>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(".gold.jsonl"));
    files.sort();
    let gold = work.join(format!("{}.gold.jsonl", name(set)));
    let input = work.join(format!("{}.input.jsonl", name(set)));
    let (mut gold_out, mut input_out) = (
        BufWriter::new(File::create(&gold)?),
        BufWriter::new(File::create(&input)?),
    );
    for file in files {
        for line in fs::read_to_string(&file)?
            .lines()
            .filter(|line| !line.trim().is_empty())
        {
            let document = &serde_json::from_str::<Value>(line)?["document"];
            let fields = ["uri", "text", "published", "language"].map(|key| (key.to_owned(), document[key].clone()));
            writeln!(gold_out, "{line}")?;
            writeln!(input_out, "{}", json!(serde_json::Map::from_iter(fields)))?;
        }
    }
    gold_out.flush()?;
    input_out.flush()?;
    // The seed's own file is damaged, as it came; its gold text is mended.
    Ok((
        gold,
        if set == Set::Seed {
            folder.join("seed.txt")
        } else {
            input
        },
    ))
}

fn table(measured: &[Measured]) -> Result<String, Box<dyn Error>> {
    let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let commit = output(Command::new("git").args(["describe", "--always", "--dirty=+"])).unwrap_or_default();
    let mut out = format!(
        "Printed by `cargo xtask quality` on {day} at commit {} (a `+` marks changes not committed).\n\n\
         | set | figures | command |\n| --- | --- | --- |\n",
        commit.trim()
    );
    for one in measured {
        let (set, command) = (one.set.path(), &one.command);
        match &one.figures {
            Ok(figures) => {
                let figures: Vec<_> = figures
                    .iter()
                    .map(|(name, value)| format!("{name} **{value}**"))
                    .collect();
                out += &format!("| {set} | {} | `{command}` |\n", figures.join(", "));
            }
            Err(why) => out += &format!("| {set} | skipped: {why} | `{command}` |\n"),
        }
    }
    let gold: Vec<_> = measured.iter().filter(|one| !one.rows.is_empty()).collect();
    if let Some(first) = gold.first() {
        out += "\nThe gold sets row by row, F1:\n\n| row |";
        gold.iter().for_each(|one| out += &format!(" {} |", one.set.path()));
        out += &format!("\n| --- |{}\n", " --- |".repeat(gold.len()));
        for (n, (row, _)) in first.rows.iter().enumerate() {
            out += &format!("| {row} |");
            gold.iter()
                .for_each(|one| out += &one.rows.get(n).map_or(" |".into(), |(_, f)| format!(" {f:.3} |")));
            out.push('\n');
        }
    }
    Ok(out)
}
