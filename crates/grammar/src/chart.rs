use std::cell::Cell;

/// A word or phrase of a sentence, between two positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Position it starts at.
    pub start: u16,
    /// Position it ends at, greater than `start`.
    pub end: u16,
    /// What it is: a bit a feature.
    pub features: u128,
    /// [`crate::word_hash`] of its lower-cased words; 0 for a phrase.
    pub word: u64,
}

/// The edges of one sentence, found by where they start and where they end.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    edges: Vec<Edge>,
    /// The edges of the sentence before, for their memory.
    sorted: Vec<Edge>,
    by_end: Vec<u32>,
    first_start: Vec<u32>,
    first_end: Vec<u32>,
    positions: u16,
    /// By position, the features of the edges that end there or before, that start there or later, that end there, that start there.
    sums: Vec<[u128; 4]>,
    steps: Cell<u64>,
}

impl Chart {
    /// Forgets all edges and keeps the memory.
    pub fn clear(&mut self) {
        self.edges.clear();
    }

    /// Adds an edge; [`Chart::build`] makes it findable.
    pub fn push(&mut self, edge: Edge) {
        self.edges.push(edge);
    }

    /// Sorts the edges, longer ones first where they start (or end) together. `positions` is the sentence's last position.
    pub fn build(&mut self, positions: u16) {
        self.positions = positions;
        self.by_end.clear();
        self.by_end.extend(0..self.edges.len() as u32);
        let edges = &self.edges;
        self.by_end.sort_unstable_by_key(|&i| {
            let edge = &edges[i as usize];
            (edge.start, std::cmp::Reverse(edge.end), i)
        });
        self.sorted.clear();
        self.sorted.extend(self.by_end.iter().map(|&i| edges[i as usize]));
        std::mem::swap(&mut self.edges, &mut self.sorted);
        let edges = &self.edges;
        self.by_end
            .sort_unstable_by_key(|&i| (edges[i as usize].end, edges[i as usize].start, i));
        index(&mut self.first_start, positions, self.edges.iter().map(|e| e.start));
        index(
            &mut self.first_end,
            positions,
            self.by_end.iter().map(|&i| edges[i as usize].end),
        );
        self.sum();
    }

    fn sum(&mut self) {
        self.sums.clear();
        self.sums.resize(self.positions as usize + 1, [0; 4]);
        for edge in &self.edges {
            if let Some(sums) = self.sums.get_mut(edge.end as usize) {
                sums[2] |= edge.features;
            }
            if let Some(sums) = self.sums.get_mut(edge.start as usize) {
                sums[3] |= edge.features;
            }
        }
        let (mut before, mut after) = (0, 0);
        for sums in &mut self.sums {
            before |= sums[2];
            sums[0] = before;
        }
        for sums in self.sums.iter_mut().rev() {
            after |= sums[3];
            sums[1] = after;
        }
    }

    /// The features of all edges that lie before `start`, and of those behind `end`.
    pub(crate) fn around(&self, start: u16, end: u16) -> [u128; 2] {
        [self.sum_at(start, 0), self.sum_at(end, 1)]
    }

    /// The features of all edges that end at `start`, and of those that start at `end`.
    pub(crate) fn beside(&self, start: u16, end: u16) -> [u128; 2] {
        [self.sum_at(start, 2), self.sum_at(end, 3)]
    }

    fn sum_at(&self, position: u16, which: usize) -> u128 {
        self.sums.get(position as usize).map_or(0, |sums| sums[which])
    }

    /// All edges, by start.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Edges that start at `position`, longest first.
    pub fn starting(&self, position: u16) -> &[Edge] {
        let p = position as usize;
        if position > self.positions {
            &[]
        } else {
            &self.edges[self.first_start[p] as usize..self.first_start[p + 1] as usize]
        }
    }

    /// Edges that end at `position`, longest first.
    pub fn ending(&self, position: u16) -> impl Iterator<Item = &Edge> {
        let p = position as usize;
        let range = if position > self.positions {
            0..0
        } else {
            self.first_end[p] as usize..self.first_end[p + 1] as usize
        };
        self.by_end[range].iter().map(|&i| &self.edges[i as usize])
    }

    /// How many elements of patterns were tried on this chart, over all its sentences: what matching costs, whatever the machine.
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    pub(crate) fn tried(&self, steps: u32) {
        self.steps.set(self.steps.get() + u64::from(steps));
    }

    /// The sentence's last position.
    pub fn positions(&self) -> u16 {
        self.positions
    }
}

fn index(first: &mut Vec<u32>, positions: u16, keys: impl Iterator<Item = u16>) {
    first.clear();
    first.resize(positions as usize + 2, 0);
    for key in keys {
        if let Some(slot) = first.get_mut(key as usize + 1) {
            *slot += 1;
        }
    }
    for i in 1..first.len() {
        first[i] += first[i - 1];
    }
}
