//! Encoding damage, found and mended.
//!
//! In: a text as it arrived. Out: the text as it was meant, and every change as an [`Edit`] that can be undone. The passes, in order:
//!
//! 1. a gate: a text without a sign of damage is returned as it is, at the speed of reading it once
//! 2. character references of HTML
//! 3. UTF-8 that was read as a code page, once or several times
//! 4. Vietnamese codings from before Unicode that show as Latin text
//! 5. windows-1252 read as windows-1258, the damage of Vietnamese news pages
//! 6. one code page read as another, judged by the languages that it could be
//! 7. letters and marks composed; control characters, invisible signs and ligatures of the typesetter
//!
//! Clean text in any language comes back as it is. What is only a matter of taste (curly quotation marks, wide signs) is left alone.
//!
//! ```
//! use counterclaim_text::repair;
//!
//! let mended = repair::mend("Le ministÃ¨re a dÃ©menti.");
//! assert_eq!(mended.text, "Le ministère a démenti.");
//! assert_eq!(mended.edits[0].was, "ministÃ¨re");
//! assert_eq!(mended.edits[0].kind, "utf8-as-cp1252");
//! assert_eq!(repair::undo(&mended), "Le ministÃ¨re a dÃ©menti.");
//!
//! assert!(repair::mend("Le ministère a démenti.").edits.is_empty());
//! ```

mod draft;
mod entity;
mod gate;
mod legacy;
mod marks;
mod page;
mod swap;
mod syllable;
mod utf8;
mod viet;

use draft::Draft;
use std::ops::Range;

/// A text after repair.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// The text as it was meant.
    pub text: String,
    /// What was changed, in the order of the text. Edits do not overlap.
    pub edits: Vec<Edit>,
}

/// One mended stretch: a word, or several when white space was damaged, too.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Where it begins in the new text, in code points.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// What had happened to it: `cp1252-as-cp1258` is windows-1252 read as windows-1258.
    pub kind: &'static str,
    /// How sure this is, from 0 to 1.
    pub confidence: f32,
}

/// What to mend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Also changes what is no damage: curly quotation marks become straight, wide signs and letters written as one become plain. Clean text does not come back as it
    /// was, then.
    pub aggressive: bool,
}

/// Mends a text. See the [module](self) for an example.
#[must_use]
pub fn mend(text: &str) -> Mended {
    mend_with(text, Options::default())
}

/// Mends a text, and more when asked.
///
/// ```
/// use counterclaim_text::repair::{Options, mend, mend_with};
///
/// assert_eq!(mend("“No”, he said").text, "“No”, he said");
/// assert_eq!(mend_with("“No”, he said", Options { aggressive: true }).text, "\"No\", he said");
/// ```
#[must_use]
pub fn mend_with(text: &str, options: Options) -> Mended {
    let mut signs = gate::look(text);
    if !signs.any() && !options.aggressive {
        return Mended {
            text: text.to_owned(),
            edits: Vec::new(),
        };
    }
    let mut draft = Draft::new(text);
    if signs.reference && entity::mend(&mut draft) {
        signs = gate::look(&draft.text);
    }
    // Letters in pieces are put together before anything is read from them, and what came of repairs once more at the end.
    if signs.marks && marks::compose(&mut draft) {
        signs = gate::look(&draft.text);
    }
    let mut repaired = false;
    if (signs.alone || !signs.pairs.is_empty()) && utf8::mend(&mut draft, signs.clone()) {
        signs = gate::look(&draft.text);
        repaired = true;
    }
    if signs.legacy && legacy::mend(&mut draft) {
        signs = gate::look(&draft.text);
        repaired = true;
    }
    if (signs.viet || signs.marks) && viet::mend(&mut draft) {
        signs.odd = gate::look(&draft.text).odd;
        repaired = true;
    }
    if signs.letters {
        repaired |= swap::mend(&mut draft, signs.odd);
    }
    if signs.controls {
        repaired |= marks::controls(&mut draft);
    }
    if repaired && (signs.marks || signs.viet) {
        marks::compose(&mut draft);
    }
    if signs.junk {
        marks::junk(&mut draft);
    }
    if options.aggressive {
        marks::plain(&mut draft);
    }
    let (text, edits) = draft.finish();
    Mended { text, edits }
}

/// Where a stretch of the mended text stood before repair; both in code points. A stretch that begins or ends within an edit has all of what the edit changed.
///
/// ```
/// use counterclaim_text::repair;
///
/// let mended = repair::mend("Le ministÃ¨re a dÃ©menti.");
/// assert_eq!(mended.text, "Le ministère a démenti.");
/// assert_eq!(repair::before(&mended, 0..2), 0..2);
/// assert_eq!(repair::before(&mended, 5..14), 3..15);
/// ```
#[must_use]
pub fn before(mended: &Mended, stretch: Range<usize>) -> Range<usize> {
    // How far the text before repair is ahead.
    let ahead = |edits: &[Edit]| -> isize {
        let length = |words: &str| words.chars().count() as isize;
        edits.iter().map(|edit| length(&edit.was) - length(&edit.now)).sum()
    };
    let first = mended.edits.partition_point(|edit| edit.end <= stretch.start);
    let last = mended.edits.partition_point(|edit| edit.start < stretch.end);
    let inside = |edit: Option<&Edit>, at: usize| edit.filter(|edit| edit.start < at && at < edit.end).cloned();
    let start = inside(mended.edits.get(first), stretch.start).map_or(stretch.start, |edit| edit.start);
    let end = last
        .checked_sub(1)
        .and_then(|last| inside(mended.edits.get(last), stretch.end));
    let end = end.map_or(stretch.end, |edit| edit.end);
    let moved = |at: usize, edits: &[Edit]| at.saturating_add_signed(ahead(edits));
    moved(start, &mended.edits[..first])..moved(end, &mended.edits[..last.max(first)])
}

/// The text before repair: the edits undone from last to first.
#[must_use]
pub fn undo(mended: &Mended) -> String {
    let mut points: Vec<char> = mended.text.chars().collect();
    for edit in mended.edits.iter().rev() {
        points.splice(edit.start..edit.end, edit.was.chars());
    }
    points.into_iter().collect()
}
