//! A text on its way to being mended, and what of it was another before. Passes replace ranges of the text as it stands; the draft keeps for
//! each changed range what stood there at the very beginning, so that many passes still leave edits that can be undone one by one.

use super::Edit;

/// A range of the text as it stands, in bytes, and what shall stand there.
pub(super) struct Change {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) now: String,
    pub(super) kind: &'static str,
    pub(super) confidence: f32,
}

struct Kept {
    start: usize,
    end: usize,
    was: String,
    kind: &'static str,
    confidence: f32,
}

pub(super) struct Draft {
    pub(super) text: String,
    kept: Vec<Kept>,
}

/// The kind of an edit that only composes letters: it gives way to the name of any other.
pub(super) const COMPOSED: &str = "decomposed";

impl Draft {
    pub(super) fn new(text: &str) -> Draft {
        Draft {
            text: text.to_owned(),
            kept: Vec::new(),
        }
    }

    /// Makes the changes, which stand in order and apart. Says whether there were any.
    pub(super) fn apply(&mut self, changes: Vec<Change>) -> bool {
        let changes: Vec<Change> = changes
            .into_iter()
            .filter(|c| self.text[c.start..c.end] != *c.now)
            .collect();
        if changes.is_empty() {
            return false;
        }
        let old = std::mem::take(&mut self.text);
        let before = std::mem::take(&mut self.kept);
        let mut before = before.into_iter().peekable();
        let mut changes = changes.into_iter().peekable();
        let mut copied = 0;
        loop {
            // A group: an edit or change and all that overlap it.
            let start = match (before.peek(), changes.peek()) {
                (Some(kept), Some(change)) => kept.start.min(change.start),
                (Some(kept), None) => kept.start,
                (None, Some(change)) => change.start,
                (None, None) => break,
            };
            self.text.push_str(&old[copied..start]);
            let (mut end, mut was, mut was_to) = (start, String::new(), start);
            let (mut now, mut now_to) = (String::new(), start);
            let (mut kind, mut confidence) = (COMPOSED, 1.0f32);
            let mut first = true;
            loop {
                if let Some(kept) = before.next_if(|kept| kept.start < end || (first && kept.start == start)) {
                    end = end.max(kept.end);
                    was.push_str(&old[was_to..kept.start]);
                    was.push_str(&kept.was);
                    was_to = kept.end;
                    confidence = confidence.min(kept.confidence);
                    if kind == COMPOSED {
                        kind = kept.kind;
                    }
                } else if let Some(change) =
                    changes.next_if(|change| change.start < end || (first && change.start == start))
                {
                    end = end.max(change.end);
                    now.push_str(&old[now_to..change.start]);
                    now.push_str(&change.now);
                    now_to = change.end;
                    confidence = confidence.min(change.confidence);
                    if kind == COMPOSED {
                        kind = change.kind;
                    }
                } else {
                    break;
                }
                first = false;
            }
            was.push_str(&old[was_to..end]);
            now.push_str(&old[now_to..end]);
            let begin = self.text.len();
            self.text.push_str(&now);
            copied = end;
            self.kept.push(Kept {
                start: begin,
                end: self.text.len(),
                was,
                kind,
                confidence,
            });
        }
        self.text.push_str(&old[copied..]);
        true
    }

    /// The text, and the edits widened to whole words, in code points.
    pub(super) fn finish(self) -> (String, Vec<Edit>) {
        let mut edits: Vec<Edit> = Vec::new();
        let text = self.text;
        let (mut bytes, mut points) = (0, 0);
        // The end in bytes of the last edit.
        let mut last = 0;
        for kept in self.kept {
            if text[kept.start..kept.end] == kept.was {
                continue;
            }
            let before = &text[last..kept.start];
            let from = kept.start
                - before
                    .chars()
                    .rev()
                    .take_while(|c| !c.is_whitespace())
                    .map(char::len_utf8)
                    .sum::<usize>();
            if let Some(edit) = edits
                .last_mut()
                .filter(|_| from == last && !before.contains(char::is_whitespace) && last > 0)
            {
                // Same word as the last edit: one edit.
                edit.was.push_str(before);
                edit.was.push_str(&kept.was);
                edit.now.push_str(&text[last..kept.end]);
                edit.confidence = edit.confidence.min(kept.confidence);
                if edit.kind == COMPOSED {
                    edit.kind = kept.kind;
                }
            } else {
                points += text[bytes..from].chars().count();
                bytes = from;
                let was = format!("{}{}", &text[from..kept.start], kept.was);
                let now = text[from..kept.end].to_owned();
                edits.push(Edit {
                    start: points,
                    end: 0,
                    was,
                    now,
                    kind: kept.kind,
                    confidence: kept.confidence,
                });
            }
            last = kept.end;
        }
        // Widen to the right, to the word's end or the next edit. All edits know their start; the ends follow from what stands there now.
        let offsets = widen_right(&text, &mut edits);
        debug_assert_eq!(offsets, edits.len());
        (text, edits)
    }
}

fn widen_right(text: &str, edits: &mut [Edit]) -> usize {
    let mut at = 0;
    let mut points = 0;
    for i in 0..edits.len() {
        let next = edits.get(i + 1).map(|edit| edit.start);
        let edit = &mut edits[i];
        at += text[at..]
            .chars()
            .take(edit.start - points)
            .map(char::len_utf8)
            .sum::<usize>();
        points = edit.start;
        let mut end = points + edit.now.chars().count();
        let tail = &text[at + edit.now.len()..];
        // An edit that ends with white space has its word behind it.
        if !edit.now.ends_with(char::is_whitespace) {
            for c in tail.chars().take_while(|c| !c.is_whitespace()) {
                if next.is_some_and(|next| end >= next) {
                    break;
                }
                edit.was.push(c);
                edit.now.push(c);
                end += 1;
            }
        }
        edit.end = end;
    }
    edits.len()
}
