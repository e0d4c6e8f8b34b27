//! Time stamps of a ledger's heads, by an authority that OpenSSL plays.

use serde_json::json;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn counterclaim(folder: &Path, arguments: &[&str]) -> (i32, Vec<u8>, String) {
    let done = run(folder, env!("CARGO_BIN_EXE_counterclaim"), arguments);
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    (done.status.code().unwrap(), done.stdout, told)
}

fn openssl(folder: &Path, arguments: &str) {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let done = run(folder, "openssl", &arguments);
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "openssl {arguments:?}: {told}");
}

fn add(folder: &Path, ledger: &str, numbers: std::ops::Range<usize>) {
    let line = |n| {
        let document =
            json!({"id": format!("sha256:{n}"), "uri": format!("{n}.txt"), "text": format!("Quay {n} was shelled.")});
        format!(
            "{}\n",
            json!({"document": document, "claims": [{"id": format!("clm_{n}"), "start": 0, "end": 4}]})
        )
    };
    fs::write(folder.join("r.jsonl"), numbers.map(line).collect::<String>()).unwrap();
    assert_eq!(
        counterclaim(folder, &["add", ledger, "--from", "contract", "r.jsonl"]).0,
        0
    );
}

/// An authority and its root, with keys of a kind; and what it answers with.
fn authority(folder: &Path, name: &str, key: &str) {
    openssl(
        folder,
        &format!("req -x509 {key} -nodes -keyout {name}-root.key -out {name}-root.pem -subj /CN=Root -days 2"),
    );
    openssl(
        folder,
        &format!("req {key} -nodes -keyout {name}.key -out {name}.csr -subj /CN=Stamps-{name}"),
    );
    let extensions = "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=critical,timeStamping\n";
    fs::write(folder.join("extensions"), extensions).unwrap();
    let signed = format!("-CA {name}-root.pem -CAkey {name}-root.key -CAcreateserial -days 2 -extfile extensions");
    openssl(folder, &format!("x509 -req -in {name}.csr {signed} -out {name}.pem"));
    let settings = format!(
        "[tsa]\ndefault_tsa = one\n[one]\nserial = ./serial\nsigner_cert = ./{name}.pem\ncerts = ./{name}-root.pem\n\
         signer_key = ./{name}.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n\
         ess_cert_id_alg = sha256\n"
    );
    fs::write(folder.join(format!("{name}.cnf")), settings).unwrap();
}

fn answer(folder: &Path, name: &str) {
    openssl(
        folder,
        &format!("ts -reply -config {name}.cnf -queryfile head.tsq -out head.tsr"),
    );
}

#[test]
fn a_head_is_stamped_and_the_stamp_is_checked() {
    if Command::new("openssl").arg("version").output().is_err() {
        let _ = writeln!(io::stderr(), "skipped: there is no openssl here to play an authority");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    add(at, "w.ledger", 0..20);
    authority(at, "rsa", "-newkey rsa:2048");
    authority(at, "curve", "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1");
    for (name, other, leaves) in [("rsa", "curve", 20), ("curve", "rsa", 25)] {
        fs::write(at.join("head.tsq"), counterclaim(at, &["stamp", "w.ledger"]).1).unwrap();
        answer(at, name);
        let (status, _, told) = counterclaim(at, &["stamp", "w.ledger", "head.tsr"]);
        assert!(
            status == 0 && told.contains(&format!("{leaves} leaves by 20")),
            "{told}"
        );
        // Any other program comes to the same.
        fs::write(
            at.join("head"),
            counterclaim(at, &["verify", "w.ledger", "--checkpoint"]).1,
        )
        .unwrap();
        openssl(
            at,
            &format!("ts -verify -data head -in head.tsr -CAfile {name}-root.pem"),
        );
        let held = format!("time stamps: 1, and all hold; {leaves} leaves were there by 20");
        let alone = fs::read_dir(at.join("w.ledger.stamps")).unwrap().count() == 1;
        let (status, _, told) = counterclaim(at, &["verify", "w.ledger"]);
        assert!(
            status == 0 && (!alone || told.contains(&held)) && told.contains(&format!("CN=Stamps-{name}")),
            "{told}"
        );
        let by = |root: &str| {
            counterclaim(
                at,
                &["verify", "w.ledger", "--authorities", &format!("{root}-root.pem")],
            )
        };
        assert_eq!(by(other).0, 1, "{other} gave none, or not all");
        assert_eq!(by(name).0, i32::from(!alone), "the first is by another");
        add(at, "w.ledger", 20..25);
    }
    let both = ["rsa", "curve"].map(|name| fs::read_to_string(at.join(format!("{name}-root.pem"))).unwrap());
    fs::write(at.join("both.pem"), both.concat()).unwrap();
    let (status, _, told) = counterclaim(at, &["verify", "w.ledger", "--authorities", "both.pem"]);
    assert!(
        status == 0 && told.contains("time stamps: 2, and all hold; 25 leaves"),
        "{told}"
    );

    // It is of this ledger alone, and none of what is signed can be changed.
    add(at, "x.ledger", 0..1);
    let (status, _, told) = counterclaim(at, &["stamp", "x.ledger", "head.tsr"]);
    assert!(status == 1 && told.contains("of no signed head"), "{told}");
    let whole = fs::read(at.join("head.tsr")).unwrap();
    let kept: PathBuf = fs::read_dir(at.join("w.ledger.stamps"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| fs::read(path).unwrap() == whole)
        .unwrap();
    let query = fs::read(at.join("head.tsq")).unwrap();
    let digest = query.windows(2).position(|two| two == [4, 32]).unwrap() + 2;
    let imprint = whole
        .windows(32)
        .position(|bytes| *bytes == query[digest..digest + 32])
        .unwrap();
    for place in [0, 20, imprint, imprint + 31, imprint + 40, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        fs::write(&kept, &changed).unwrap();
        let (status, _, told) = counterclaim(at, &["verify", "w.ledger"]);
        assert!(status == 1 && told.contains(".tsr: "), "{place}: {told}");
    }
    fs::write(&kept, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(counterclaim(at, &["verify", "w.ledger"]).0, 1);
}
