//! Rules of the house that no compiler knows.

use crate::Done;
use crate::shell::output;
use std::fs;
use std::process::Command;

/// A file of Rust with more lines than that says why (`// tidy: long because …`).
const MOST_LINES: usize = 600;

/// Letters of Vietnamese that hardly another language has.
const VIETNAMESE: &str = "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ";

/// Looks through the files under version control and those that would be.
pub(crate) fn run() -> Done {
    let listed = output(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"]))?;
    let mut wrong = Vec::new();
    for path in listed.lines() {
        // A file that was just deleted is listed still.
        let Ok(text) = fs::read_to_string(path) else { continue };
        let lines = text.lines().count();
        if lines > MOST_LINES && !text.contains("// tidy: long because ") {
            wrong.push(format!(
                "{path}: {lines} lines: cut it, or say why with `// tidy: long because …`"
            ));
        }
        if path.ends_with("/src/lib.rs") && !text.trim_start().starts_with("//!") {
            wrong.push(format!(
                "{path}: a crate opens with what comes in, what goes out and its phases (`//!`)"
            ));
        }
        // A module of tests may stand in a file of its own.
        if path.starts_with("crates/") && path.contains("/src/") && !path.ends_with("/tests.rs") {
            let own = text.split("#[cfg(test)]").next().unwrap_or_default();
            let found = own
                .lines()
                .enumerate()
                .filter(|(_, line)| !is_comment(line) && has_word(line))
                .map(|(n, _)| n + 1);
            wrong.extend(found.map(|n| format!("{path}:{n}: a language's words belong in languages/, not in Rust")));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

/// Whether a Vietnamese letter stands beside another letter: the repair of encodings names letters, and no words.
fn has_word(line: &str) -> bool {
    let letters: Vec<char> = line.to_lowercase().chars().collect();
    letters
        .windows(2)
        .any(|two| two.iter().all(|c| c.is_alphabetic()) && two.iter().any(|c| VIETNAMESE.contains(*c)))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}
