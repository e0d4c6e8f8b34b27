//! Harm to people and to matériel, and what it was done with: a row a sentence in `harm/sentences.tsv`.
//!
//! `-` leaves a column unchecked, `none` says that nothing may be told. A toll is written `killed civilian 3-*`, a loss `tank
//! destroyed ARM 12` with `?` where nobody says whose.

use counterclaim_reader::{Input, Reader};
use std::fmt::Write;

fn bounds(min: Option<u64>, max: Option<u64>) -> String {
    let write = |n: Option<u64>| n.map_or("*".to_owned(), |n| n.to_string());
    if min == max {
        write(min)
    } else {
        format!("{}-{}", write(min), write(max))
    }
}

/// A variant's name as a code: `ShotDown` is `shot-down`.
fn code(variant: impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// Tolls, losses and weapons of a text, each in the table's words, sorted.
fn told(language: &str, text: &str) -> [String; 3] {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some(language.into()),
        ..Input::default()
    });
    let mut out = [const { Vec::new() }; 3];
    for event in reading.claims.iter().flat_map(|c| &c.events) {
        for t in &event.toll {
            out[0].push(format!("{} {} {}", code(t.harm), code(t.who), bounds(t.min, t.max)));
        }
        for l in &event.losses {
            let party = l.party.as_deref().unwrap_or("?");
            out[1].push(format!(
                "{} {} {party} {}",
                l.class.code(),
                code(l.harm),
                bounds(l.min, l.max)
            ));
        }
        out[2].extend(event.weapon.iter().map(|w| w.code().to_owned()));
    }
    out[2].sort();
    out[2].dedup();
    out.map(|mut list| {
        list.sort();
        if list.is_empty() {
            "none".to_owned()
        } else {
            list.join("; ")
        }
    })
}

fn sorted(cell: &str) -> String {
    let mut list: Vec<&str> = cell.split("; ").collect();
    list.sort_unstable();
    list.join("; ")
}

#[test]
fn harm_is_counted_as_it_is_told() {
    let mut wrong = String::new();
    for row in include_str!("harm/sentences.tsv").lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let found = told(cells[0], cells[1]);
        for (want, found) in cells[2..].iter().zip(&found) {
            if *want != "-" && sorted(want) != *found {
                let _ = writeln!(wrong, "{}\n  told {want}\n  read {found}", cells[1]);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
