//! Mends JSON lines `{"uri","text"}` from a file or standard input; prints `{"uri","text","repairs"}`.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input: Box<dyn Read> = match std::env::args().nth(1) {
        Some(path) => Box::new(std::fs::File::open(path)?),
        None => Box::new(std::io::stdin()),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for line in BufReader::new(input).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let mended = counterclaim_text::repair::mend(line["text"].as_str().unwrap_or_default());
        let repairs: Vec<Value> = mended
            .edits
            .iter()
            .map(|e| json!({"start": e.start, "end": e.end, "was": e.was, "now": e.now, "kind": e.kind, "confidence": e.confidence}))
            .collect();
        writeln!(
            out,
            "{}",
            json!({"uri": line["uri"], "text": mended.text, "repairs": repairs})
        )?;
    }
    Ok(())
}
