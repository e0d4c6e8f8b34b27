//! A ledger's record on the command line: two programs at once, decisions, redaction, and the two verifiers side by side.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn counterclaim(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = counterclaim(folder, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn reading(n: usize) -> Value {
    let end = 19 + format!("quay {n} of Mirsk was shelled").len();
    json!({
        "document": {"id": format!("sha256:{n}"), "uri": format!("{n}.txt"), "published": "2021-03-04",
            "title": "Night at the quay", "text": format!("General Orlan said quay {n} of Mirsk was shelled by marines.")},
        "claims": [
            {"id": format!("clm_{n}"), "start": 19, "end": end, "voice": "source", "stance": "accuses",
             "source": [{"start": 0, "end": 13, "text": "General Orlan", "person": "Orlan", "party": "AZE", "sector": "MIL"}],
             "events": [{"act": "shelling", "place": [{"name": "Mirsk", "country": "ARM", "lat": 40.5, "lon": 45.25}]}]}],
    })
}

fn feed(path: PathBuf, numbers: std::ops::Range<usize>) {
    fs::write(path, numbers.map(|n| format!("{}\n", reading(n))).collect::<String>()).unwrap();
}

/// A ledger of twenty reports.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    feed(folder.path().join("r.jsonl"), 0..20);
    assert_eq!(
        run(folder.path(), &["add", "w.ledger", "--from", "contract", "r.jsonl"]).0,
        0
    );
    folder
}

#[test]
fn two_programs_that_add_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    feed(at.join("a.jsonl"), 0..300);
    feed(at.join("b.jsonl"), 200..500);
    let add = |feed| {
        let mut command = counterclaim(at, &["add", "w.ledger", "--from", "contract", feed]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let both = [add("a.jsonl"), add("b.jsonl")];
    let mut added = 0;
    for child in both {
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        let told = String::from_utf8(stdout).unwrap();
        added += told.split_once(" added").unwrap().0.parse::<u32>().unwrap();
    }
    assert_eq!(added, 500);
    let (status, told, _) = run(at, &["verify", "w.ledger"]);
    assert!(
        status == 0 && told.contains("500 reports, 0 decisions, 500 leaves, "),
        "{told}"
    );
}

#[test]
fn claims_are_searched_by_all_that_is_told_of_them() {
    let folder = folder();
    let found = |arguments: &[&str]| {
        let (status, out, err) = run(folder.path(), &[&["search", "w.ledger"], arguments].concat());
        assert_eq!(err, "");
        (status, out.lines().count())
    };
    assert_eq!(found(&["marines", "Orlan"]), (1, 0));
    assert_eq!(found(&["quay", "ORLAN"]), (0, 20));
    assert_eq!(found(&["\"quay 7\""]), (0, 1));
    assert_eq!(
        found(&["--report", "marines night", "--limit", "5", "--offset", "17"]),
        (0, 3)
    );
    assert_eq!(
        found(&[
            "--claimant",
            "AZE",
            "--stance",
            "accuses",
            "--voice",
            "source",
            "--place",
            "mirsk"
        ]),
        (0, 20)
    );
    assert_eq!(
        found(&["--area", "40,45,41,46", "--since", "2021-03-04", "--until", "2021"]),
        (0, 20)
    );
    assert_eq!(found(&["--area", "-41,45,-40,46"]), (1, 0));
    assert_eq!(found(&["--until", "2021-03-03"]), (1, 0));
    let (status, _, err) = run(folder.path(), &["search", "w.ledger", "--since", "soon"]);
    assert!(status == 2 && err.contains("'soon' is no date"), "{err}");
    let (_, text, _) = run(folder.path(), &["search", "w.ledger", "quay 3", "--format", "text"]);
    assert_eq!(
        text,
        "clm_3 AZE accuses · 3.txt 2021-03-04\n    quay 3 of Mirsk was shelled\n"
    );
}

#[test]
fn what_people_decide_is_kept_and_two_release() {
    let folder = folder();
    let review = |arguments: &[&str]| run(folder.path(), &[&["review", "w.ledger"], arguments].concat());
    assert_eq!(review(&[]), (1, String::new(), String::new()));
    let (status, out, err) = review(&["accept", "clm_3", "--reviewer", "Ada"]);
    assert!(
        status == 0 && out.ends_with(" accept clm_3 by Ada (leaf 20)\n"),
        "{out}{err}"
    );
    assert_eq!(review(&["release", "clm_3", "--reviewer", "Ada"]).0, 0);
    let (status, _, err) = review(&["release", "clm_3", "--reviewer", "Ada"]);
    assert!(status == 2 && err.contains("a second person has to"), "{err}");
    assert_eq!(review(&["release", "clm_3", "--reviewer", "Bo"]).0, 0);
    for (arguments, told) in [
        (&["reject", "clm_4", "--reviewer", "Ada"][..], "needs a reason"),
        (&["accept", "clm_99", "--reviewer", "Ada"], "is no claim and no report"),
        (&["accept", "3.txt", "--reviewer", "Ada"], "not about a whole report"),
        (
            &[
                "join",
                "clm_4#1",
                "--with",
                "clm_5",
                "--reviewer",
                "Ada",
                "--reason",
                "x",
            ],
            "has no event 1",
        ),
        (&["join", "clm_4", "--reviewer", "Ada", "--reason", "x"], "--with"),
        (&["embargo", "clm_4", "--reviewer", "Ada", "--reason", "x"], "--until"),
        (&["accept", "clm_4"], "--reviewer"),
    ] {
        let (status, _, err) = review(arguments);
        assert!(status == 2 && err.contains(told), "{err}");
    }
    let join = [
        "join",
        "clm_4",
        "--with",
        "clm_5#0",
        "--reviewer",
        "Ada",
        "--reason",
        "one night",
    ];
    assert_eq!(review(&join).0, 0);
    let mut corrected = reading(6)["claims"][0].clone();
    corrected["stance"] = json!("asserts");
    fs::write(folder.path().join("c.json"), corrected.to_string()).unwrap();
    let correct = [
        "correct",
        "clm_6",
        "--claim",
        "c.json",
        "--reviewer",
        "Bo",
        "--reason",
        "no charge",
    ];
    assert_eq!(review(&correct).0, 0);
    let (status, out, _) = review(&["--format", "text"]);
    assert!(
        status == 0 && out.lines().count() == 5 && out.contains("join clm_4 by Ada: one night"),
        "{out}"
    );

    // Read again by something that finds another claim: what was decided is told, and stays.
    let mut again = reading(3);
    again["claims"][0]["id"] = json!("clm_new");
    fs::write(folder.path().join("again.jsonl"), format!("{again}\n{}\n", reading(4))).unwrap();
    let add = ["add", "w.ledger", "--again", "--from", "contract", "again.jsonl"];
    let (status, out, err) = run(folder.path(), &add);
    assert_eq!(
        (status, out.as_str()),
        (0, "0 added, 1 read otherwise than before, 1 known already\n")
    );
    assert_eq!(
        err,
        "counterclaim: 3.txt: 1 claims more, 1 claims gone, 0 read otherwise; people had decided about clm_3, and that stays\n"
    );
    assert_eq!(review(&["note", "clm_3", "--reviewer", "Bo", "--reason", "gone"]).0, 0);
    assert_eq!(review(&[]).1.lines().count(), 6);
    assert_eq!(run(folder.path(), &["verify", "w.ledger"]).0, 0);
}

#[test]
fn redacted_words_are_nowhere_in_the_file_and_the_log_holds() {
    let folder = folder();
    let everywhere = || {
        let mut bytes = Vec::new();
        for ending in ["", "-wal"] {
            bytes.extend(fs::read(folder.path().join(format!("w.ledger{ending}"))).unwrap_or_default());
        }
        String::from_utf8_lossy(&bytes).to_lowercase()
    };
    let redact = |name: &str| {
        let arguments = [
            "review",
            "w.ledger",
            "redact",
            name,
            "--reviewer",
            "Ada",
            "--reason",
            "private",
        ];
        run(folder.path(), &arguments)
    };
    let note = [
        "review",
        "w.ledger",
        "note",
        "clm_0",
        "--reviewer",
        "Bo",
        "--reason",
        "Orlan was there",
    ];
    assert_eq!(run(folder.path(), &note).0, 0);
    assert!(everywhere().contains("orlan") && everywhere().contains("marines"));
    for n in 0..20 {
        assert_eq!(redact(&format!("clm_{n}")).0, 0);
    }
    let (_, line, _) = run(folder.path(), &["search", "w.ledger", "--limit", "1"]);
    assert!(line.contains("\u{2588}") && line.contains("\"AZE\""), "{line}");
    assert!(!everywhere().contains("orlan") && everywhere().contains("marines"));
    for n in 0..20 {
        assert_eq!(redact(&format!("{n}.txt")).0, 0);
    }
    let left = everywhere();
    assert!(!left.contains("marines") && !left.contains("quay"));
    let (status, told, _) = run(folder.path(), &["verify", "w.ledger"]);
    assert!(
        status == 0 && told.contains("20 reports (20 redacted), 41 decisions, 61 leaves"),
        "{told}"
    );
    // It does not come back by the front door.
    let add = ["add", "w.ledger", "--again", "--from", "contract", "r.jsonl"];
    let (_, out, _) = run(folder.path(), &add);
    assert!(
        out.contains("20 left alone") && !everywhere().contains("marines"),
        "{out}"
    );
}

/// Whether Python and its package are there; the test that needs them says so where they are not.
fn python() -> bool {
    let there = Command::new("python3")
        .args(["-c", "import cryptography"])
        .stderr(Stdio::null())
        .status();
    there.is_ok_and(|status| status.success())
}

#[test]
fn a_page_of_python_agrees() {
    if !python() {
        let mut told = std::io::stderr();
        let _ = std::io::Write::write_all(
            &mut told,
            b"skipped: python3 with the package cryptography is not here\n",
        );
        return;
    }
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let review = |arguments: &[&str]| run(folder.path(), &[&["review", "w.ledger"], arguments].concat()).0;
    fs::write(
        at("kept.txt"),
        run(folder.path(), &["verify", "w.ledger", "--checkpoint"]).1,
    )
    .unwrap();
    let mut again = reading(3);
    again["claims"][0]["stance"] = json!("asserts");
    fs::write(at("again.jsonl"), format!("{again}\n")).unwrap();
    run(
        folder.path(),
        &["add", "w.ledger", "--again", "--from", "contract", "again.jsonl"],
    );
    assert_eq!(review(&["accept", "clm_2", "--reviewer", "Bảo"]), 0);
    assert_eq!(
        review(&["redact", "5.txt", "--reviewer", "Ada", "--reason", "private"]),
        0
    );

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify/verify.py");
    let verify = |ledgers: &[String], more: &[&str]| {
        let mut command = Command::new("python3");
        let done = command
            .arg(&script)
            .args(ledgers)
            .args(more)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(done.stderr).unwrap(), "");
        (done.status.success(), String::from_utf8(done.stdout).unwrap())
    };
    let whole = ["w.ledger".to_owned()];
    assert_eq!(
        verify(&whole, &[]),
        (true, "w.ledger: 20 reports, 23 leaves: as they were signed\n".into())
    );
    assert!(verify(&whole, &["--against", "kept.txt"]).0);
    let (status, told, _) = run(folder.path(), &["verify", "w.ledger", "--against", "kept.txt"]);
    assert!(
        status == 0 && told.contains("goes on from its first 20 leaves"),
        "{told}"
    );
    let (_, key) = told.rsplit_once("key ").unwrap();
    assert_eq!(run(folder.path(), &["verify", "w.ledger", "--key", key]).0, 0);
    assert_eq!(run(folder.path(), &["verify", "w.ledger", "--key", "another"]).0, 1);
    // Another ledger does not go on from it.
    run(folder.path(), &["add", "x.ledger", "--from", "contract", "r.jsonl"]);
    assert!(!verify(&["x.ledger".to_owned()], &["--against", "kept.txt"]).0);
    assert_eq!(
        run(folder.path(), &["verify", "x.ledger", "--against", "kept.txt"]).0,
        1
    );
    assert!(
        run(folder.path(), &["verify", "w.ledger", "--proof", "22"])
            .1
            .starts_with("c2sp.org/tlog-proof@v1\nindex 22\n")
    );
    assert_eq!(run(folder.path(), &["verify", "w.ledger", "--proof", "23"]).0, 2);

    // Single bits flipped all over what is on record: both say the same of each file.
    let bytes = fs::read(at("w.ledger")).unwrap();
    let places = [
        "sha256:",
        "\"kind\"",
        "counterclaim/",
        "said quay",
        "2021-03-04",
        "clm_",
        "\u{2014} ",
    ];
    let mut ledgers = Vec::new();
    for (n, words) in places.iter().enumerate() {
        let found = bytes
            .windows(words.len())
            .enumerate()
            .filter(|(_, window)| *window == words.as_bytes());
        for (at_byte, _) in found.step_by(5).take(8) {
            let mut flipped = bytes.clone();
            flipped[at_byte + n % 3] ^= 1 << (n % 7);
            let name = format!("{}.flipped", ledgers.len());
            fs::write(at(&name), flipped).unwrap();
            ledgers.push(name);
        }
    }
    assert!(ledgers.len() > 30);
    let (_, told) = verify(&ledgers, &[]);
    let mut found = 0;
    for (ledger, line) in ledgers.iter().zip(told.lines()) {
        let ours = run(folder.path(), &["verify", ledger]).0 != 0;
        let theirs = line.contains("WRONG");
        // What is only looked up, the page of Python leaves to the program.
        assert!(ours || !theirs, "{line}");
        found += u32::from(ours && theirs);
    }
    // The rest hit an index, or room that no row uses.
    assert!(found > 12, "{found} of {}", ledgers.len());
}
