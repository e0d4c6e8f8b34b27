//! The binary as people and scripts use it.

use counterclaim_claims::Reading;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const REPORT: &str = "The Armenian Defence Ministry denied the accusation. \
    Azerbaijan's Defence Ministry said Armenian forces had shelled Ganja on October 4, killing at least two civilians.\n";

/// The binary in a folder of its own, with nothing of the caller's terminal.
fn counterclaim(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = counterclaim(folder, arguments).stdin(Stdio::null()).output().unwrap();
    (
        status.code().unwrap(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    folder
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/demo")
}

#[test]
fn a_report_is_read_as_a_line_of_the_contract_and_every_span_is_its_words() {
    for entry in fs::read_dir(demo()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let (status, out, err) = run(&demo(), &["read", "--published", "2020-10-05", path.to_str().unwrap()]);
        assert_eq!(
            (status, err.as_str(), out.lines().count()),
            (0, "", 1),
            "{}",
            path.display()
        );
        let reading: Reading = serde_json::from_str(&out).unwrap();
        let length = reading.document.text.chars().count();
        assert!(reading.claims.len() >= 5, "{}", path.display());
        for claim in &reading.claims {
            assert!(claim.start < claim.end && claim.end <= length);
            for source in claim.source.iter().chain(&claim.via) {
                let mark = source.mark.unwrap();
                assert_eq!(reading.slice(mark.start, mark.end), source.text);
            }
        }
        for repair in &reading.document.repairs {
            assert_eq!(reading.slice(repair.start, repair.end), repair.now);
        }
    }
}

#[test]
fn the_damaged_report_is_mended_and_can_be_undone() {
    let (status, out, _) = run(&demo(), &["mend", "--format", "jsonl", "2020-10-12-ngung-ban.vi.txt"]);
    assert_eq!(status, 0);
    let mended: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(mended["uri"], "2020-10-12-ngung-ban.vi.txt");
    let repairs = mended["repairs"].as_array().unwrap();
    assert_eq!(repairs.len(), 7, "{repairs:?}");
    let mut letters: Vec<char> = mended["text"].as_str().unwrap().chars().collect();
    for repair in repairs.iter().rev() {
        let at = |key: &str| repair[key].as_u64().unwrap() as usize;
        letters.splice(at("start")..at("end"), repair["was"].as_str().unwrap().chars());
    }
    let was = fs::read_to_string(demo().join("2020-10-12-ngung-ban.vi.txt")).unwrap();
    assert_eq!(letters.into_iter().collect::<String>(), was);
    let (status, out, _) = run(&demo(), &["mend", "2020-10-04-ganja.vi.txt"]);
    assert_eq!(
        (status, out),
        (1, fs::read_to_string(demo().join("2020-10-04-ganja.vi.txt")).unwrap())
    );
}

#[test]
fn text_for_people_fits_its_width_and_has_no_colour_unless_asked() {
    let folder = folder();
    for width in ["40", "80"] {
        let (status, out, _) = run(folder.path(), &["read", "--format", "text", "--width", width, "a.txt"]);
        assert_eq!(status, 0);
        assert!(
            out.contains("denies") && out.contains("^^^") && out.contains("---"),
            "{out}"
        );
        assert!(
            out.lines().all(|line| line.chars().count() <= width.parse().unwrap()),
            "{out}"
        );
        assert!(!out.contains('\u{1b}'));
    }
    let colored = ["read", "--format", "text", "--color", "always", "a.txt"];
    assert!(run(folder.path(), &colored).1.contains("\u{1b}["));
    let narrow = counterclaim(folder.path(), &["read", "--format", "text", "a.txt"])
        .env("COLUMNS", "30")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(narrow.stdout)
            .unwrap()
            .lines()
            .all(|line| line.chars().count() <= 30)
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read_in_order() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("broken.txt"), b"caf\xE9").unwrap();
    fs::write(at("empty.txt"), "").unwrap();
    fs::write(at("image.txt"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    let line = serde_json::json!({"uri": "u", "text": REPORT});
    fs::write(at("feed.jsonl"), format!("{line}\n{{\"uri\":\n{line}\n")).unwrap();
    let files = [
        "read",
        "--format",
        "jsonl",
        "broken.txt",
        "a.txt",
        "none.txt",
        "empty.txt",
        "feed.jsonl",
        "image.txt",
    ];
    let (status, out, err) = run(folder.path(), &files);
    assert_eq!(status, 2);
    let uris: Vec<String> = out
        .lines()
        .map(|l| serde_json::from_str::<Reading>(l).unwrap().document.uri)
        .collect();
    assert_eq!(uris, ["broken.txt", "a.txt", "u", "u"]);
    let told: Vec<&str> = err.lines().collect();
    assert_eq!(told.len(), 4, "{err}");
    assert_eq!(told[0], "counterclaim: none.txt: cannot be read: there is no such file");
    assert_eq!(told[1], "counterclaim: empty.txt: is empty: nothing to read");
    assert!(told[2].starts_with("counterclaim: feed.jsonl:2: is no document: "));
    assert!(told[3].starts_with("counterclaim: image.txt: is not a text file"));
}

#[test]
fn exit_status_tells_what_was_found() {
    let folder = folder();
    fs::write(
        folder.path().join("calm.txt"),
        "The weather was mild. The lake was still.\n",
    )
    .unwrap();
    assert_eq!(run(folder.path(), &["read", "a.txt", "calm.txt"]).0, 0);
    assert_eq!(run(folder.path(), &["read", "calm.txt"]).0, 1);
    assert_eq!(run(folder.path(), &["read", "--published", "soon", "a.txt"]).0, 2);
    assert_eq!(run(folder.path(), &["shrug"]).0, 2);
    assert_eq!(run(folder.path(), &["--help"]).0, 0);
}

#[test]
fn standard_input_is_read_and_a_closed_pipe_is_silent() {
    let folder = folder();
    let line = serde_json::json!({"uri": "u", "text": REPORT, "published": "2020-10-05"}).to_string() + "\n";
    let mut child = counterclaim(folder.path(), &["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads what it prints.
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..2_000 {
        if stdin.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!(
        (status.code(), String::from_utf8(stderr).unwrap().as_str()),
        (Some(0), "")
    );
}

#[test]
fn a_ledger_is_filled_once_and_told_in_both_languages() {
    let folder = folder();
    let add = ["add", "w.ledger", "--published", "2020-10-05", "a.txt"];
    let (status, out, err) = run(folder.path(), &add);
    assert_eq!((status, out.as_str()), (0, "1 added\n"));
    assert!(err.starts_with("counterclaim: w.ledger is new; w.ledger.key signs its log") && err.lines().count() == 1);
    assert_eq!(
        run(folder.path(), &add),
        (0, "0 added, 1 known already\n".into(), String::new())
    );
    let (status, english, _) = run(folder.path(), &["brief", "w.ledger"]);
    assert!(
        status == 0 && english.contains("## What is denied or disputed"),
        "{english}"
    );
    let (_, vietnamese, _) = run(folder.path(), &["brief", "w.ledger", "--lang", "vi"]);
    assert!(
        vietnamese.contains("bác bỏ") && vietnamese.contains("killing at least two civilians"),
        "{vietnamese}"
    );
    assert_eq!(run(folder.path(), &["brief", "w.ledger", "--lang", "fr"]).0, 2);
    let (status, _, err) = run(folder.path(), &["brief", "none.ledger"]);
    assert!(status == 2 && err.contains("there is no such ledger"), "{err}");
    let (status, _, err) = run(folder.path(), &["add", "a.txt", "a.txt"]);
    assert!(
        status == 2 && err.contains("a.txt: is not a ledger; it was left as it is"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), REPORT);
}

#[test]
fn readings_go_through_a_ledger_by_the_contract() {
    let folder = folder();
    let (_, line, _) = run(folder.path(), &["read", "a.txt"]);
    fs::write(
        folder.path().join("r.jsonl"),
        format!("{line}{{\"document\":{{\"text\":\"x\"}}}}\n"),
    )
    .unwrap();
    let (status, out, err) = run(folder.path(), &["add", "w.ledger", "--from", "contract", "r.jsonl"]);
    assert_eq!((status, out.as_str()), (2, "1 added\n"));
    assert!(
        err.contains("counterclaim: r.jsonl:2: is no reading: document.uri is missing"),
        "{err}"
    );
    let store = counterclaim_store::Store::open_existing(&folder.path().join("w.ledger")).unwrap();
    assert_eq!(
        store.readings().unwrap(),
        [serde_json::from_str::<Reading>(&line).unwrap()]
    );
}

#[test]
fn a_ledger_is_exported_as_incidents_disputes_and_tolls() {
    let folder = folder();
    let strike = r#""events":[{"act":"shelling","actor":[{"party":"ARM"}],"place":[{"name":"Ganja"}],"toll":[{"harm":"killed","min":3,"max":3}]}]"#;
    let claim = |party, stance| {
        format!(
            r#"{{"start":0,"end":1,"voice":"source","stance":"{stance}","source":[{{"party":"{party}"}}],{strike}}}"#
        )
    };
    let line = |uri, claim: &str| format!(r#"{{"document":{{"uri":"{uri}","text":"…"}},"claims":[{claim}]}}"#);
    let lines = [line("a", &claim("AZE", "accuses")), line("b", &claim("ARM", "denies"))].join("\n");
    fs::write(folder.path().join("r.jsonl"), lines).unwrap();
    assert_eq!(
        run(folder.path(), &["add", "w.ledger", "--from", "contract", "r.jsonl"]).0,
        0
    );
    let (code, out, _) = run(folder.path(), &["export", "w.ledger", "--to", "contract"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    assert_eq!(told["incidents"][0]["label"], "shelling ARM, Ganja");
    assert_eq!(told["incidents"][0]["mentions"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&told["disputes"][0]["kind"], &told["disputes"][0]["a"]["uri"]),
        (&"denial".into(), &"b".into())
    );
    let by = told["tolls"][0]["by"].as_array().unwrap();
    assert_eq!(
        (by.len(), &by[0]["source"][0], &by[0]["min"]),
        (1, &"AZE".into(), &3.into())
    );
}

#[test]
fn help_explains_topics_and_commands_and_shells_are_completed() {
    let folder = folder();
    for topic in ["formats", "exit-status", "ledger", "languages", "read", "serve"] {
        assert!(run(folder.path(), &["help", topic]).1.len() > 300, "{topic}");
    }
    let (status, _, err) = run(folder.path(), &["help", "love"]);
    assert!(
        status == 2 && err.contains("there is no topic 'love'; topics are formats"),
        "{err}"
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            run(folder.path(), &["completions", shell]).1.contains("counterclaim"),
            "{shell}"
        );
    }
}

#[test]
fn pages_are_served_to_this_machine() {
    let folder = folder();
    run(folder.path(), &["add", "w.ledger", "a.txt"]);
    let mut child = counterclaim(folder.path(), &["serve", "w.ledger", "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line).unwrap();
    let host = line
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    assert!(host.starts_with("127.0.0.1:"), "{line}");
    let answer = |named: &str| {
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        write!(
            stream,
            "GET /report/1 HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        std::io::read_to_string(stream).unwrap()
    };
    let page = answer(&host);
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("shelled"), "{page}");
    assert!(answer("rebound.example").starts_with("HTTP/1.1 421"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn places_of_a_dump_are_imported_and_read_with() {
    let folder = folder();
    let town = "900000001\tVerkhnodol\tVerkhnodol\t\t48.5\t37.5\tP\tPPL\tUA\t\t05\t\t\t\t4200\t\t3\tZone\t2020-01-01";
    fs::write(folder.path().join("places.txt"), format!("{town}\n")).unwrap();
    let (status, out, err) = run(folder.path(), &["gazetteer", "import", "-o", "more.gaz", "places.txt"]);
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    fs::write(
        folder.path().join("b.txt"),
        "Three shells hit a school in Verkhnodol, officials said.\n",
    )
    .unwrap();
    let arguments = [
        "read",
        "--format",
        "jsonl",
        "--mentions",
        "--gazetteer",
        "more.gaz",
        "b.txt",
    ];
    let (_, out, err) = run(folder.path(), &arguments);
    let reading: Reading = serde_json::from_str(&out).expect(&err);
    let place = &reading.mentions.unwrap().places[0];
    assert_eq!(
        (place.geonames, place.country.as_deref()),
        (Some(900_000_001), Some("UKR"))
    );

    fs::write(folder.path().join("bad.txt"), format!("{town}\n1\tTown\n")).unwrap();
    let (status, _, err) = run(folder.path(), &["gazetteer", "import", "bad.txt"]);
    assert_eq!(status, 2);
    assert!(err.contains("bad.txt:2: has 2 columns"), "{err}");
    let (status, _, err) = run(folder.path(), &["read", "--gazetteer", "bad.txt", "b.txt"]);
    assert_eq!(status, 2);
    assert!(err.contains("bad.txt: the file is no gazetteer"), "{err}");
}

#[test]
fn a_folder_of_pages_is_read_and_copies_of_one_text_are_one_source() {
    let folder = folder();
    let words = REPORT.trim();
    let page = |title: &str, day: &str| {
        format!(
            "<!doctype html><html lang=\"vi\"><head><title>{title}</title><meta property=\"og:site_name\" content=\"{title}\"><meta property=\"article:published_time\" content=\"{day}\">\
             </head><body><nav>Home</nav><article><p>{words}</p><figure><img src=\"a\"><figcaption>A street in Ganja.</figcaption></figure></article></body></html>"
        )
    };
    fs::create_dir(folder.path().join("pages")).unwrap();
    fs::write(folder.path().join("pages/1.html"), page("Border Post", "2020-10-06")).unwrap();
    fs::write(folder.path().join("pages/2.html"), page("Wire", "2020-10-05")).unwrap();
    fs::write(folder.path().join("pages/3.pdf"), "no pdf").unwrap();
    let (status, out, err) = run(folder.path(), &["read", "pages"]);
    assert_eq!(status, 2);
    assert!(
        err.starts_with("counterclaim: pages/3.pdf: is no PDF that can be read"),
        "{err}"
    );
    let first: Reading = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(first.document.text, words);
    assert_eq!(
        (first.document.outlet.as_deref(), first.document.published.as_deref()),
        (Some("Border Post"), Some("2020-10-06"))
    );
    // Its page lies about its language.
    assert_eq!(first.document.language.as_deref(), Some("en"));
    assert_eq!(first.document.page.unwrap().captions, ["A street in Ganja."]);

    let (_, out, _) = run(folder.path(), &["add", "a.ledger", "pages/*.html", "--from", "html"]);
    assert_eq!(out, "2 added\n");
    let (_, out, _) = run(folder.path(), &["brief", "a.ledger", "--lang", "en"]);
    assert!(
        out.contains("- Wire (2020-10-05) is printed by Border Post (2020-10-06), too: one source, not several."),
        "{out}"
    );
}

#[test]
fn vietnamese_without_its_marks_is_read_and_said_to_be_so() {
    let folder = folder();
    let words = "Bo Quoc phong cho biet khong co thuong vong trong vu viec nay va da bac bo cao buoc cua phia ben kia.";
    fs::write(folder.path().join("plain.txt"), words).unwrap();
    let (_, out, _) = run(folder.path(), &["read", "--format", "jsonl", "plain.txt"]);
    let reading: Reading = serde_json::from_str(&out).unwrap();
    assert_eq!(reading.document.language.as_deref(), Some("vi"));
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.contains("written without its marks")),
        "{:?}",
        reading.notes
    );
}

#[test]
fn curly_quotation_marks_are_made_straight_only_when_asked() {
    let folder = folder();
    fs::write(folder.path().join("q.txt"), "“No”, he said.").unwrap();
    assert_eq!(
        run(folder.path(), &["mend", "q.txt"]),
        (1, "“No”, he said.".into(), String::new())
    );
    assert_eq!(
        run(folder.path(), &["mend", "--aggressive", "q.txt"]),
        (0, "\"No\", he said.".into(), String::new())
    );
}

/// A ledger of the demonstration's reports in a folder of its own.
fn demo_ledger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("demo.ledger");
    let demo = demo();
    let arguments = [
        "add",
        ledger.to_str().unwrap(),
        "--published",
        "2020-10-12",
        demo.to_str().unwrap(),
    ];
    assert_eq!(run(folder.path(), &arguments).0, 0);
    folder
}

#[test]
fn exports_go_to_a_file_with_what_they_lose_beside_it() {
    let folder = demo_ledger();
    for format in [
        "acled",
        "ucdp",
        "plover",
        "polecat",
        "geojson",
        "csv",
        "parquet",
        "webannotation",
        "jsonld",
        "jsonl",
    ] {
        let (status, out, err) = run(
            folder.path(),
            &["export", "demo.ledger", "--to", format, "--output", "out"],
        );
        assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""), "{format}");
        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        let sidecar: serde_json::Value = serde_json::from_slice(&read("out.loss.json")).unwrap();
        let rows = sidecar["rows"].as_u64().unwrap();
        assert!(
            rows > 0 && sidecar["made"].as_array().unwrap().len() as u64 == rows,
            "{format}"
        );
        if format != "parquet" {
            let stdout = run(folder.path(), &["export", "demo.ledger", "--to", format]).1;
            assert_eq!(stdout.as_bytes(), read("out"), "{format}");
        }
        assert!(!folder.path().join("out.part").exists());
    }
    let (status, _, err) = run(
        folder.path(),
        &["export", "demo.ledger", "--to", "csv", "--output", "no/such/folder.csv"],
    );
    assert!(status == 2 && err.contains("no/such/folder.csv"), "{err}");
    let (status, _, err) = run(
        folder.path(),
        &["export", "demo.ledger", "--to", "jsonl", "--profile", "public"],
    );
    assert!(status == 2 && err.contains("not for the public"), "{err}");
    let (status, _, err) = run(folder.path(), &["export", "demo.ledger", "--profile", "public"]);
    assert!(status == 2 && err.contains("contract loses nothing"), "{err}");
}

#[test]
fn our_own_exports_make_the_same_ledger_again() {
    let folder = demo_ledger();
    let path = folder.path();
    let whole = run(path, &["export", "demo.ledger", "--to", "jsonl"]).1;
    for format in ["csv", "jsonl"] {
        let copy = format!("{format}.ledger");
        assert_eq!(
            run(path, &["export", "demo.ledger", "--to", format, "--output", format]).0,
            0
        );
        assert_eq!(run(path, &["add", &copy, "--from", "contract", format]).0, 0);
        assert_eq!(run(path, &["export", &copy, "--to", "jsonl"]).1, whole, "{format}");
    }
    // A table that lost a cell's end is told by its row, and the other reports are taken.
    let table = fs::read_to_string(path.join("csv")).unwrap();
    fs::write(path.join("cut.csv"), table.replacen("{\"\"id\"\":", "{\"\"id\"\"", 1)).unwrap();
    let (status, out, err) = run(path, &["add", "cut.ledger", "--from", "contract", "cut.csv"]);
    assert!(
        status == 2 && err.contains("cut.csv, row 2: is no reading: the column claim holds no JSON"),
        "{err}"
    );
    assert!(
        out.starts_with(&format!("{} added", whole.lines().count() - 1)),
        "{out}"
    );
}

/// Actors of ACLED's tables imply no direction: a table of theirs is read by its notes alone.
#[test]
fn tables_of_acled_are_read_by_their_notes_and_not_by_their_actors() {
    let folder = tempfile::tempdir().unwrap();
    let claims = |one: &str, two: &str| {
        let head = "event_id_cnty,event_date,actor1,actor2,notes,source";
        let row = format!(
            "X1,2020-10-05,{one},{two},\"Azerbaijani forces shelled Stepanakert on October 4, killing two civilians.\",Wire"
        );
        fs::write(folder.path().join("acled.csv"), format!("{head}\n{row}\n")).unwrap();
        let (status, out, _) = run(folder.path(), &["read", "--format", "jsonl", "acled.csv"]);
        assert_eq!(status, 0);
        serde_json::from_str::<Reading>(&out).unwrap().claims
    };
    let [one, two] =
        [("Military Forces of Armenia", ""), ("", "Military Forces of Armenia")].map(|(a, b)| claims(a, b));
    assert_eq!(one[0].events, two[0].events);
    assert!(
        one[0].events[0]
            .actor
            .iter()
            .all(|actor| actor.party.as_deref() != Some("ARM"))
    );
}
