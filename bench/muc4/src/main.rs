//! `muc4 KEY.jsonl`: reads the reports of a key, makes templates of them and prints the score.

#![expect(clippy::print_stdout, reason = "a command line's output")]

use counterclaim_claims::Reading;
use counterclaim_muc4::{Filled, Score, Slot, keyed, read, templates};
use std::collections::HashMap;
use std::error::Error;
use std::fs;

const USAGE: &str = "muc4 [--templates | --misses] KEY.jsonl [READINGS.jsonl]

Prints precision, recall and F1 of each slot, and micro F1. READINGS.jsonl is what `counterclaim read --mentions --format jsonl`
printed for the key's reports; without it they are read here. --templates prints the templates found, --misses what was missing
and spurious, report by report.";

fn main() -> Result<(), Box<dyn Error>> {
    let (options, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let Some(key) = files.first() else {
        println!("{USAGE}");
        return Ok(());
    };
    let mut made: HashMap<String, Reading> = HashMap::new();
    if let Some(readings) = files.get(1) {
        for line in fs::read_to_string(readings)?.lines() {
            let reading: Reading = serde_json::from_str(line)?;
            made.insert(reading.document.uri.clone(), reading);
        }
    }
    let mut score = Score::default();
    for line in fs::read_to_string(key)?.lines().filter(|l| !l.trim().is_empty()) {
        let keyed = keyed(line)?;
        let reading = made.remove(&keyed.id).unwrap_or_else(|| read(&keyed.id, &keyed.text));
        let found = templates(&reading);
        let filled: Vec<Filled> = found.iter().map(Filled::from).collect();
        if options.iter().any(|o| o == "--templates") {
            println!("MESSAGE: ID               {}", keyed.id);
            found.iter().for_each(|t| println!("{t}"));
        }
        if options.iter().any(|o| o == "--misses") {
            misses(&keyed.id, &filled, &keyed.templates);
        }
        score.report(&filled, &keyed.templates);
    }
    print!("{}", score.table());
    Ok(())
}

fn misses(id: &str, found: &[Filled], sought: &[Filled]) {
    println!("== {id}");
    for (name, templates) in [("found ", found), ("sought", sought)] {
        for template in templates {
            let slots = Slot::ALL
                .iter()
                .zip(&template.0)
                .filter(|(_, entities)| !entities.is_empty());
            let told: Vec<String> = slots
                .map(|(slot, entities)| {
                    let entities: Vec<String> = entities.iter().map(|e| e.join(" / ")).collect();
                    format!("{}: {}", slot.name(), entities.join("; "))
                })
                .collect();
            println!("{name} {}", told.join(" | "));
        }
    }
}
