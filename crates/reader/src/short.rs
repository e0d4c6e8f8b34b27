//! Before pass 1: the language of a text of a few words, which its letters tell badly.

use crate::recase::is_small;
use counterclaim_lexicon::Pack;

/// Texts of more words are told by their letters.
const FEW: usize = 12;

/// A word that is too long for a syllable of a language written without its marks.
const LONG: usize = 6;

/// The language whose running text has all the words of a short text that are no names. Where the letters could be those of a
/// language written without its marks, one of the words must be longer than that language's.
///
/// "Rebels take town" is English, whatever language has such letters as often.
pub(crate) fn language(text: &str, undiacritised: bool) -> Option<&'static str> {
    if text.split_whitespace().nth(FEW).is_some() {
        return None;
    }
    let packs = counterclaim_packs::languages().filter_map(|tag| Some((tag, counterclaim_packs::pack(tag)?)));
    packs
        .filter(|(_, pack)| pack.knows_case())
        .find(|(_, pack)| knows(text, pack, undiacritised))
        .map(|(tag, _)| tag)
}

fn knows(text: &str, pack: &Pack, undiacritised: bool) -> bool {
    let letters = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words = text.split_whitespace().map(letters).filter(|w| !w.is_empty());
    let (mut known, mut long) = (0, false);
    for (n, word) in words.enumerate() {
        let name = word.starts_with(|c: char| !c.is_lowercase());
        let lower = word.to_lowercase();
        let small = lower.chars().all(|c| c.is_alphabetic() || c == '-') && is_small(pack, &lower);
        if name && !(n == 0 && small) {
            continue;
        }
        if !small {
            return false;
        }
        known += usize::from(word.chars().count() > 1);
        long |= word.chars().count() >= LONG;
    }
    known > 0 && (long || !undiacritised)
}
