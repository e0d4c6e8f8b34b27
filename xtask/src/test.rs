//! `cargo xtask test`: everything that must hold before a change goes in.

use crate::shell::{run, there};
use crate::{Done, generated, tidy};

/// Formatting, lints, tests, examples in documents, generated files, tidiness, licences and advisories.
pub(crate) fn all() -> Done {
    run("cargo", &["fmt", "--all", "--check"])?;
    run(
        "cargo",
        &[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ],
    )?;
    println!("── generated files and tidiness");
    generated::schema(true)?;
    generated::docs(true)?;
    tidy::run()?;
    licences()?;
    run("cargo", &["test", "--quiet", "--workspace", "--doc"])?;
    if there("cargo", &["nextest", "--version"]) {
        return run(
            "cargo",
            &[
                "nextest",
                "run",
                "--workspace",
                "--no-fail-fast",
                "--status-level",
                "fail",
            ],
        );
    }
    run(
        "cargo",
        &["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"],
    )
}

/// `cargo deny`, as far as this machine can: advisories need a database from elsewhere.
fn licences() -> Done {
    if !there("cargo", &["deny", "--version"]) {
        println!("── skipped: cargo-deny is not installed (`cargo install cargo-deny --locked`)");
        return Ok(());
    }
    if !there("cargo", &["deny", "fetch", "db"]) {
        println!("── skipped: advisories, for their database cannot be fetched here");
        return run(
            "cargo",
            &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"],
        );
    }
    run("cargo", &["deny", "--log-level", "error", "check"])
}
