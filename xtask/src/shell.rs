//! Running other programs, and where things lie.

use crate::Done;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The project's root: cargo tells a program that it runs where its package lies.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    package
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// A program with its arguments.
pub(crate) fn command<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// Runs a program on this terminal, after saying what it is.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Done {
    println!("── {program} {}", arguments.join(" "));
    let status = command(program, arguments)
        .status()
        .map_err(|e| format!("{program}: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{program} {} failed", arguments.join(" ")).into())
    }
}

/// What a program prints; its errors go to this terminal.
pub(crate) fn output(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("{name}: {e}"))?;
    if !done.status.success() {
        return Err(format!("{name} ended with {}", done.status).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

/// Whether a program is there and answers.
pub(crate) fn there(program: &str, arguments: &[&str]) -> bool {
    let quiet = || Stdio::null();
    command(program, arguments)
        .stdout(quiet())
        .stderr(quiet())
        .status()
        .is_ok_and(|status| status.success())
}

/// Builds the `counterclaim` binary with a profile of Cargo.toml and gives its path.
pub(crate) fn binary(profile: &str) -> Result<PathBuf, Box<dyn Error>> {
    run(
        "cargo",
        &["build", "--quiet", "--package", "counterclaim", "--profile", profile],
    )?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(target()
        .join(folder)
        .join(format!("counterclaim{}", std::env::consts::EXE_SUFFIX)))
}
