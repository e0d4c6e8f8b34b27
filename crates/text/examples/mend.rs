//! Mends JSON lines `{"uri","text"}` from a file or standard input; prints `{"uri","text","repairs"}`. `--aggressive` also makes quotation marks straight.

use counterclaim_text::repair::{Options, mend_with};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let aggressive = std::env::args().any(|arg| arg == "--aggressive");
    let input: Box<dyn Read> = match std::env::args().skip(1).find(|arg| !arg.starts_with("--")) {
        Some(path) => Box::new(std::fs::File::open(path)?),
        None => Box::new(std::io::stdin()),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for line in BufReader::new(input).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let mended = mend_with(line["text"].as_str().unwrap_or_default(), Options { aggressive });
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
