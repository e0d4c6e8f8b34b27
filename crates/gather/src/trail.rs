//! Bytes that were made of other bytes, and which of these each stretch of them was.

use std::ops::Range;

/// What was made, and the way back. Layers lie over each other: the letters of a page were made of a part of a message, that of lines of base64.
///
/// ```text
/// made    a  é       b
/// from    a  &eacute; b        three runs
/// ```
#[derive(Debug, Default)]
pub(crate) struct Trail {
    made: Vec<u8>,
    runs: Vec<Run>,
}

/// So many units one after the other, each of `up` bytes that were made of `down` bytes.
#[derive(Debug)]
struct Run {
    above: usize,
    below: usize,
    units: usize,
    up: usize,
    down: usize,
}

impl Trail {
    /// What was made so far.
    pub(crate) fn made(&self) -> &[u8] {
        &self.made
    }

    /// The same as text, where it is.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.made).into_owned()
    }

    /// Bytes that stand at `at` below just as they are.
    pub(crate) fn copy(&mut self, bytes: &[u8], at: usize) {
        self.run(bytes, at, bytes.len(), 1, 1);
    }

    /// What was made of a few bytes as a whole.
    pub(crate) fn push(&mut self, made: &[u8], from: Range<usize>) {
        self.run(made, from.start, 1, made.len(), from.len());
    }

    fn run(&mut self, made: &[u8], below: usize, units: usize, up: usize, down: usize) {
        if made.is_empty() {
            return;
        }
        let above = self.made.len();
        self.made.extend_from_slice(made);
        if let Some(last) = self.runs.last_mut()
            && (last.up, last.down) == (up, down)
            && last.below + last.units * down == below
        {
            last.units += units;
            return;
        }
        self.runs.push(Run {
            above,
            below,
            units,
            up,
            down,
        });
    }

    /// The bytes that a stretch was made of: from the first byte's first to the last one's last.
    pub(crate) fn below(&self, stretch: Range<usize>) -> Range<usize> {
        if stretch.is_empty() {
            return 0..0;
        }
        self.of(stretch.start).start..self.of(stretch.end - 1).end
    }

    /// The bytes that one byte was made of.
    fn of(&self, at: usize) -> Range<usize> {
        let next = self.runs.partition_point(|run| run.above <= at);
        let Some(run) = next.checked_sub(1).and_then(|number| self.runs.get(number)) else {
            return 0..0;
        };
        let unit = ((at - run.above) / run.up).min(run.units - 1);
        let within = (at - run.above) % run.up;
        let begin = run.below + unit * run.down;
        if (run.up, run.down) == (3, 4) {
            // Base64: six bits a letter, so that each byte has its share in two.
            return begin + within..begin + within + 2;
        }
        begin..begin + run.down
    }
}

#[cfg(test)]
mod tests {
    use super::Trail;

    #[test]
    fn every_stretch_leads_to_what_it_was_made_of() {
        let mut trail = Trail::default();
        trail.copy(b"ab", 10);
        trail.copy(b"c", 12);
        trail.push(b"\xc3\xa9", 13..21);
        trail.push(b"\xc3\xa8", 21..29);
        trail.copy(b"d", 40);
        assert_eq!(trail.text(), "abcéèd");
        assert_eq!(trail.runs.len(), 3, "what goes on is one run");
        assert_eq!(trail.below(0..3), 10..13);
        assert_eq!(trail.below(2..4), 12..21);
        assert_eq!(trail.below(5..7), 21..29);
        assert_eq!(trail.below(6..8), 21..41);
        assert_eq!(trail.below(2..2), 0..0);
    }
}
