//! Any bytes as a report: the first tells the language, the others are its text. No panic, repairs that can be undone, spans inside the text,
//! sources whose words stand where they are said to stand, and the same reading twice.

#![no_main]

use counterclaim_reader::{Input, Reader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest).into_owned();
    let input = Input {
        language: [None, Some("en"), Some("vi")][usize::from(first % 3)].map(str::to_owned),
        published: (first & 4 != 0).then(|| "2020-10-05".to_owned()),
        mentions: first & 8 != 0,
        explain: first & 16 != 0,
        text,
        ..Input::default()
    };
    let reading = Reader::embedded().read(&input);

    let mut undone: Vec<char> = reading.document.text.chars().collect();
    let length = undone.len();
    for repair in reading.document.repairs.iter().rev() {
        undone.splice(repair.start..repair.end, repair.was.chars());
    }
    assert!(undone.into_iter().eq(input.text.chars()), "repairs cannot be undone");

    for claim in &reading.claims {
        assert!(
            claim.start < claim.end && claim.end <= length,
            "{}..{} of {length}",
            claim.start,
            claim.end
        );
        for source in claim.source.iter().chain(&claim.via) {
            if let Some(mark) = &source.mark {
                assert!(mark.start < mark.end && mark.end <= length);
                assert_eq!(reading.slice(mark.start, mark.end), source.text);
            }
        }
    }
    if let Some(mentions) = &reading.mentions {
        let inside = |start: usize, end: usize| assert!(start < end && end <= length, "{start}..{end} of {length}");
        mentions.places.iter().for_each(|p| inside(p.start, p.end));
        mentions.times.iter().for_each(|t| inside(t.start, t.end));
        mentions.numbers.iter().for_each(|n| inside(n.start, n.end));
        mentions.parties.iter().for_each(|p| inside(p.start, p.end));
    }
    assert_eq!(Reader::embedded().read(&input), reading);
});
