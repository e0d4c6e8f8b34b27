//! What a word says wherever it stands, remembered: a few thousand words make up most of any text.

use crate::features::{Case, Features, Place, Template, Word};
use crate::table::{LANES, Scores, Sums, Table};

/// Words that are remembered from sentence to sentence; a power of two.
const SLOTS: usize = 4096;
const PLACES: usize = Place::ALL.len();

/// What words say of the tokens at and around them, by where they stand.
pub(crate) struct Known {
    /// Keys of the words in the slots, 0 where one is empty.
    keys: Vec<u64>,
    /// When each slot was last asked for.
    asked: Vec<u32>,
    now: u32,
    /// Of each slot the scores of each place, and then those of the words of one sentence that found no slot free.
    scores: Vec<[i16; LANES]>,
    spilt: Vec<[i16; LANES]>,
    /// The slot of each word of the sentence.
    slots: Vec<u32>,
    /// Slots to be filled.
    fresh: Vec<u32>,
    sums: Sums,
}

impl Known {
    pub(crate) const NEW: Known = Known {
        keys: Vec::new(),
        asked: Vec::new(),
        now: 0,
        scores: Vec::new(),
        spilt: Vec::new(),
        slots: Vec::new(),
        fresh: Vec::new(),
        sums: Sums::NEW,
    };

    /// Looks up the words of a sentence that is written so, and learns those it does not know.
    pub(crate) fn look_up(&mut self, table: &Table, template: Template, words: &[Word], case: Case) {
        let size = PLACES * table.lanes();
        if self.scores.is_empty() {
            self.keys = vec![0; SLOTS];
            self.asked = vec![0; SLOTS];
            self.scores = vec![[0; LANES]; SLOTS * size];
        }
        self.now = self.now.wrapping_add(1);
        self.slots.clear();
        self.fresh.clear();
        self.sums.clear();
        let mut more = SLOTS as u32;
        for word in words {
            let key = word.key_in(case);
            let mut slot = (key >> 32) as u32 & (SLOTS as u32 - 1);
            let at = slot as usize;
            if self.keys[at] != key {
                if self.asked[at] == self.now {
                    // The slot is another's in this sentence.
                    slot = more;
                    more += 1;
                } else {
                    self.keys[at] = key;
                }
                self.fresh.push(slot);
                for place in Place::ALL {
                    let mut found = Features::NONE;
                    found.of_word(template, place, word, case);
                    self.sums.push(table, &found);
                }
            }
            self.asked[at] = self.now;
            self.slots.push(slot);
        }
        self.spilt.resize((more as usize - SLOTS) * size, [0; LANES]);
        self.sums.add(table);
        for (n, &slot) in self.fresh.iter().enumerate() {
            let (scores, slot) = match (slot as usize).checked_sub(SLOTS) {
                Some(spilt) => (&mut self.spilt, spilt),
                None => (&mut self.scores, slot as usize),
            };
            for place in 0..PLACES {
                let to = slot * size + place * table.lanes();
                scores[to..to + table.lanes()].copy_from_slice(self.sums.of(table, n * PLACES + place));
            }
        }
    }

    /// Puts down what the words from one on, by its number, say of the token in their middle.
    #[inline(always)]
    pub(crate) fn say(&self, table: &Table, first: usize, scores: &mut Scores) {
        let lanes = table.lanes();
        let mut slots = self.slots[first..first + PLACES].iter().zip(0..PLACES);
        let told: [&Scores; PLACES] = std::array::from_fn(|_| {
            let (slot, place) = slots.next().map_or((0, 0), |(slot, place)| (*slot as usize, place));
            let (known, slot) = match slot.checked_sub(SLOTS) {
                Some(spilt) => (&self.spilt, spilt),
                None => (&self.scores, slot),
            };
            &known[(slot * PLACES + place) * lanes..][..lanes]
        });
        for (lane, scores) in scores.iter_mut().enumerate() {
            let [a, b, c, d, e] = told.map(|told| told[lane]);
            *scores = std::array::from_fn(|n| a[n] + b[n] + c[n] + d[n] + e[n]);
        }
    }
}
