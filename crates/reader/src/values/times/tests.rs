//! Runs the sentences of `corpus/times/`: `words=EDTF` pairs, `-` for a time without a value. Times without a value
//! need not be listed; any other must be.

use super::times;
use crate::doc::Doc;
use std::fmt::Write;
use std::path::Path;

fn check(language: &str) -> (usize, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../corpus/times/{language}.tsv"));
    let text = std::fs::read_to_string(&path).expect("the corpus is there");
    let pack = counterclaim_packs::pack(language).expect("the pack is there");
    let (mut count, mut wrong) = (0, String::new());
    for (n, line) in text.lines().enumerate().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [published, sentence, expected] = fields[..] else {
            panic!("{}:{}: three columns are wanted", path.display(), n + 1);
        };
        count += 1;
        let doc = Doc::new(
            sentence,
            pack,
            counterclaim_packs::gazetteer(),
            crate::tagging::Tagger::of(pack),
            published.parse().ok(),
        );
        let (_, starts, _) = crate::layout::layout(&doc);
        let found = times(&doc, &starts);
        let got: Vec<(&str, String)> = found
            .iter()
            .map(|t| (t.span.of(sentence), t.edtf.clone().unwrap_or_else(|| "-".to_owned())))
            .collect();
        let want: Vec<(&str, &str)> = expected.split(" | ").filter_map(|p| p.rsplit_once('=')).collect();
        let all_there = want
            .iter()
            .all(|(words, edtf)| got.iter().any(|(w, e)| w == words && e == edtf));
        let none_else = got
            .iter()
            .all(|(w, e)| e == "-" || want.iter().any(|(words, edtf)| w == words && e == edtf));
        if !(all_there && none_else) {
            let _ = writeln!(wrong, "{}: {sentence}\n  want {want:?}\n  got  {got:?}", n + 1);
        }
    }
    (count, wrong)
}

#[test]
fn vietnamese_times_are_read() {
    let (count, wrong) = check("vi");
    assert!(count >= 150, "{count} sentences");
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn english_times_are_read() {
    let (count, wrong) = check("en");
    assert!(count >= 100, "{count} sentences");
    assert!(wrong.is_empty(), "\n{wrong}");
}
