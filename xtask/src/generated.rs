//! Files that are made from the code, and the check that they are as the code would make them.

use crate::{Done, shell};
use counterclaim_export::Format;
use std::fs;
use std::path::Path;

/// The JSON Schema of a reading.
pub(crate) fn schema(check: bool) -> Done {
    let schema = serde_json::to_string_pretty(&counterclaim_claims::schema())? + "\n";
    put(
        Path::new("docs/reading.schema.json"),
        &schema,
        check,
        "cargo xtask schema",
    )
}

/// The reference of the command line, from the program itself, and the samples of README.md. Only the first is checked:
/// the samples follow the reader, which has figures of its own to answer to.
pub(crate) fn docs(check: bool) -> Done {
    let binary = shell::binary("dev")?.to_string_lossy().into_owned();
    let reference = shell::output(&mut shell::command(&binary, ["help", "reference"]))?;
    put(Path::new("docs/cli.md"), &reference, check, "cargo xtask docs")?;
    // A test of `counterclaim-export` checks these.
    if check {
        return Ok(());
    }
    for format in Format::ALL {
        section(
            Path::new("docs/exports.md"),
            &format!("fields {}", format.code()),
            &format.markdown(),
        )?;
    }
    let arguments = [
        "read",
        "--format",
        "text",
        "--width",
        "80",
        "--published",
        "2020-10-04",
        SAMPLE,
    ];
    let read = shell::output(&mut shell::command(&binary, arguments))?;
    let first = read.split("\n\n 5  ").next().unwrap_or_default();
    let shown = format!("```console\n$ counterclaim read --published 2020-10-04 {SAMPLE}\n{first}\n…\n```");
    section(Path::new("README.md"), "sample", &shown)
}

const SAMPLE: &str = "corpus/demo/2020-10-04-ganja.vi.txt";

/// Writes a file, or with `check` fails where it differs.
pub(crate) fn put(path: &Path, content: &str, check: bool, made_by: &str) -> Done {
    if !check {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        return Ok(fs::write(path, content)?);
    }
    match fs::read_to_string(path) {
        Ok(there) if there == content => Ok(()),
        Ok(_) => Err(format!(
            "{} is not as the code would make it: run `{made_by}` and commit it",
            path.display()
        )
        .into()),
        Err(e) => Err(format!("{}: {e}: run `{made_by}` and commit it", path.display()).into()),
    }
}

/// Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->` in a Markdown file; a file or a section that is not
/// there yet is made.
pub(crate) fn section(path: &Path, name: &str, content: &str) -> Done {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let there = fs::read_to_string(path).unwrap_or_default();
    let cut = there
        .find(&open)
        .and_then(|a| there[a..].find(&close).map(|b| (a, a + b + close.len())));
    let (before, after) = cut.map_or((there.as_str(), "\n"), |(a, b)| (&there[..a], &there[b..]));
    Ok(fs::write(
        path,
        format!("{before}{open}\n{}\n{close}{after}", content.trim_end()),
    )?)
}
