//! The weights as they lie in memory: what one feature says is found in three looks, none of which waits for a guess of the processor.

use crate::features::{Features, MAX_FEATURES};
use crate::format::Weight;
use std::borrow::Cow;

/// Upper bits of a feature: its group.
const GROUP_BITS: u32 = 16;
/// Bytes of a group: its filter and its first row.
const GROUP: usize = 8;
/// Bits of a feature that its row's place does not tell. They stand in the row's head, the row's kind above them.
const REST_BITS: u32 = 32 - GROUP_BITS - 5;
const ROW: usize = 8;
/// The most weights that stand in the row itself; three features in four have two.
const SHORT: usize = 3;

/// Kinds of rows.
const KIND: u16 = 1 << REST_BITS;
/// The weights themselves, a byte the tag and a byte the value.
const WEIGHTS: u16 = 0;
/// The number of a row of `wide`.
const WIDE: u16 = KIND;
/// Several features stand here: the number of the first in `shared`, and how many they are.
const SHARED: u16 = 2 * KIND;

/// Scores are added up so many tags at a time.
pub(crate) const LANES: usize = 16;

/// What features say for and against tags.
pub(crate) struct Table {
    tags: usize,
    /// Per group of features that share their upper bits: four bytes with a bit for each value of the next five bits that any feature has, and
    /// four bytes with the number of the first one's row. Many features of a token have no weights, and this says so from the cache.
    groups: Cow<'static, [u8]>,
    /// A row for each bit of the filters, in order.
    rows: Cow<'static, [u8]>,
    /// Features with many weights: one byte a tag, tags filled up to whole lanes.
    wide: Cow<'static, [u8]>,
    /// Rows of features that share a bit.
    shared: Cow<'static, [u8]>,
}

impl Table {
    /// Lays out features, ascending, each with how many of the weights are its own.
    pub(crate) fn new(tags: usize, features: &[(u32, u8)], weights: &[Weight]) -> Table {
        let (mut groups, mut rows, mut wide, mut shared) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut rest = weights;
        let mut row = |&(feature, count): &(u32, u8)| {
            let (own, others) = rest.split_at(usize::from(count));
            rest = others;
            let mut bytes = [0; 2 * SHORT];
            let kind = if own.len() <= SHORT {
                bytes
                    .chunks_exact_mut(2)
                    .zip(own)
                    .for_each(|(two, weight)| two.copy_from_slice(&[weight.tag, weight.value as u8]));
                WEIGHTS
            } else {
                bytes[..4].copy_from_slice(&((wide.len() / width(tags)) as u32).to_le_bytes());
                let from = wide.len();
                wide.resize(from + width(tags), 0);
                own.iter().for_each(|w| wide[from + usize::from(w.tag)] = w.value as u8);
                WIDE
            };
            laid(kind | feature as u16 & (KIND - 1), bytes)
        };
        let mut features = features
            .chunk_by(|a, b| a.0 >> REST_BITS == b.0 >> REST_BITS)
            .peekable();
        for group in 0..1u32 << GROUP_BITS {
            let (mut filter, first) = (0u32, (rows.len() / ROW) as u32);
            while let Some(alike) = features.next_if(|alike| alike[0].0 >> (32 - GROUP_BITS) == group) {
                filter |= 1 << bit(alike[0].0);
                if let [one] = alike {
                    rows.extend(row(one));
                    continue;
                }
                let mut bytes = [0; 2 * SHORT];
                bytes[..4].copy_from_slice(&((shared.len() / ROW) as u32).to_le_bytes());
                bytes[4..].copy_from_slice(&(alike.len() as u16).to_le_bytes());
                rows.extend(laid(SHARED, bytes));
                alike.iter().for_each(|one| shared.extend(row(one)));
            }
            groups.extend_from_slice(&filter.to_le_bytes());
            groups.extend_from_slice(&first.to_le_bytes());
        }
        Table {
            tags,
            groups: groups.into(),
            rows: rows.into(),
            wide: wide.into(),
            shared: shared.into(),
        }
    }

    /// A table that lies in these bytes, as [`Table::sections`] gave them.
    pub(crate) fn lying(tags: usize, [groups, rows, wide, shared]: [&'static [u8]; 4]) -> Table {
        Table {
            tags,
            groups: groups.into(),
            rows: rows.into(),
            wide: wide.into(),
            shared: shared.into(),
        }
    }

    pub(crate) fn sections(&self) -> [&[u8]; 4] {
        [&self.groups, &self.rows, &self.wide, &self.shared]
    }

    /// How many lanes scores have.
    pub(crate) fn lanes(&self) -> usize {
        self.tags.div_ceil(LANES)
    }

    /// The first of the tags with the best score.
    pub(crate) fn best(&self, scores: &Scores) -> u8 {
        let scores = &scores.as_flattened()[..self.tags];
        let top = scores.iter().copied().max().unwrap_or(0);
        scores.iter().position(|&score| score == top).unwrap_or(0) as u8
    }

    fn group(&self, feature: u32) -> u64 {
        word(&self.groups, (feature >> (32 - GROUP_BITS)) as usize)
    }
}

/// What speaks for and against each tag, sixteen tags at a time.
pub(crate) type Scores = [[i16; LANES]];

/// Adds scores to others.
#[inline(always)]
pub(crate) fn add(scores: &mut Scores, more: &Scores) {
    for (scores, more) in scores.iter_mut().zip(more) {
        let (old, more) = (*scores, *more);
        *scores = std::array::from_fn(|n| old[n] + more[n]);
    }
}

/// Sums of what many sets of features say. They are added up in step, so that no look into the tables waits for another: first all groups are
/// looked up, then all rows, then the weights are added. Memory is kept from sentence to sentence.
pub(crate) struct Sums {
    /// Features that may have weights: of which set they are, the feature, and its group.
    hits: List<(u32, u32, u64)>,
    rows: Vec<u64>,
    /// Rows found, what stands behind their heads, by kind.
    few: List<(u32, u64)>,
    wide: List<(u32, u64)>,
    shared: List<(u32, u16, u64)>,
    scores: Vec<[i16; LANES]>,
    /// How many sets were pushed.
    pub(crate) len: usize,
}

impl Sums {
    pub(crate) const NEW: Sums = Sums {
        hits: List::NEW,
        rows: Vec::new(),
        few: List::NEW,
        wide: List::NEW,
        shared: List::NEW,
        scores: Vec::new(),
        len: 0,
    };

    /// Begins anew.
    pub(crate) fn clear(&mut self) {
        self.hits.used = 0;
        self.scores.clear();
        self.len = 0;
    }

    /// Looks up the groups of one more set of features, whose scores begin at nought.
    #[inline(always)]
    pub(crate) fn push(&mut self, table: &Table, features: &Features) -> &mut Scores {
        let whose = self.len as u32;
        self.len += 1;
        let from = self.scores.len();
        self.scores.resize(from + table.lanes(), [0; LANES]);
        self.hits.room(MAX_FEATURES);
        let (hits, mut used) = (&mut self.hits.items[self.hits.used..], 0);
        for &feature in features.iter() {
            let group = table.group(feature);
            hits[used] = (whose, feature, group);
            used += (group >> bit(feature) & 1) as usize;
        }
        self.hits.used += used;
        &mut self.scores[from..]
    }

    /// Adds up what the features that were pushed say.
    pub(crate) fn add(&mut self, table: &Table) {
        let hits = &self.hits.items[..self.hits.used];
        self.rows.clear();
        self.rows.extend(hits.iter().map(|&(_, feature, group)| {
            let before = group as u32 & ((1 << bit(feature)) - 1);
            word(&table.rows, ((group >> 32) as u32 + before.count_ones()) as usize)
        }));
        let (few, wide, shared) = (&mut self.few, &mut self.wide, &mut self.shared);
        few.clear(hits.len());
        wide.clear(hits.len());
        shared.clear(hits.len());
        let (mut f, mut w, mut s) = (0, 0, 0);
        for (&(whose, feature, _), &row) in hits.iter().zip(&self.rows) {
            let (head, body, rest) = (row as u16, row >> 16, feature as u16 & (KIND - 1));
            few.items[f] = (whose, body);
            f += usize::from(head == WEIGHTS | rest);
            wide.items[w] = (whose, body);
            w += usize::from(head == WIDE | rest);
            shared.items[s] = (whose, rest, body);
            s += usize::from(head == SHARED);
        }
        (few.used, wide.used) = (f, w);
        for &(whose, rest, body) in &shared.items[..s] {
            let (from, count) = (body as u32 as usize, (body >> 32) as usize);
            for at in from..from + count {
                let row = word(&table.shared, at);
                match row as u16 {
                    head if head == WEIGHTS | rest => few.push((whose, row >> 16)),
                    head if head == WIDE | rest => wide.push((whose, row >> 16)),
                    _ => {}
                }
            }
        }
        let (width, lanes) = (width(table.tags), table.lanes());
        for &(whose, number) in &self.wide.items[..self.wide.used] {
            let (from, whose) = (number as u32 as usize * width, whose as usize * lanes);
            let weights = table.wide.get(from..from + width).unwrap_or_default();
            let scores = &mut self.scores[whose..whose + lanes];
            for (scores, weights) in scores.iter_mut().zip(weights.as_chunks::<LANES>().0) {
                let (old, weights) = (*scores, *weights);
                *scores = std::array::from_fn(|n| old[n] + i16::from(weights[n] as i8));
            }
        }
        let scores = self.scores.as_flattened_mut();
        for &(whose, weights) in &self.few.items[..self.few.used] {
            let from = whose as usize * width;
            for weight in weights.to_le_bytes()[..2 * SHORT].as_chunks::<2>().0 {
                if let Some(score) = scores.get_mut(from + usize::from(weight[0])) {
                    *score += i16::from(weight[1] as i8);
                }
            }
        }
    }

    /// The scores of the set that was pushed as that number.
    pub(crate) fn of(&self, table: &Table, number: usize) -> &Scores {
        &self.scores[number * table.lanes()..][..table.lanes()]
    }
}

/// A list that is written to without a branch: the items after the used ones are written over.
struct List<T> {
    items: Vec<T>,
    used: usize,
}

impl<T: Copy + Default> List<T> {
    const NEW: List<T> = List {
        items: Vec::new(),
        used: 0,
    };

    /// Empties it and makes room for that many items.
    fn clear(&mut self, items: usize) {
        self.used = 0;
        self.room(items);
    }

    /// Makes room for that many more, and one that is not used.
    fn room(&mut self, more: usize) {
        if self.items.len() < self.used + more + 1 {
            self.items
                .resize((self.used + more + 1).next_power_of_two(), T::default());
        }
    }

    fn push(&mut self, item: T) {
        self.room(1);
        self.items[self.used] = item;
        self.used += 1;
    }
}

fn laid(head: u16, body: [u8; 2 * SHORT]) -> [u8; ROW] {
    let mut out = [0; ROW];
    out[..2].copy_from_slice(&head.to_le_bytes());
    out[2..].copy_from_slice(&body);
    out
}

/// Which bit of its group's filter a feature has.
fn bit(feature: u32) -> u32 {
    feature >> REST_BITS & 31
}

/// How wide a wide row is.
fn width(tags: usize) -> usize {
    tags.next_multiple_of(LANES)
}

/// The eight bytes of that number, nought where there are none.
#[inline(always)]
fn word(bytes: &[u8], number: usize) -> u64 {
    let at = number * ROW;
    bytes
        .get(at..at + ROW)
        .and_then(|b| b.first_chunk())
        .map_or(0, |b| u64::from_le_bytes(*b))
}

const _: () = assert!(GROUP == ROW);
