//! Which mentions fit one happening, and how well, kept from both ends.

/// The links of each mention: to which, and with how many points.
#[derive(Default)]
pub(super) struct Links(Vec<Vec<(u32, i32)>>);

impl Links {
    /// Makes room for so many mentions.
    pub(super) fn grow(&mut self, mentions: usize) {
        self.0.resize_with(mentions, Vec::new);
    }

    pub(super) fn of(&self, i: u32) -> &[(u32, i32)] {
        &self.0[i as usize]
    }

    pub(super) fn has(&self, i: u32, j: u32) -> bool {
        let (i, j) = if self.of(i).len() < self.of(j).len() {
            (i, j)
        } else {
            (j, i)
        };
        self.of(i).iter().any(|&(other, _)| other == j)
    }

    /// Two that are not linked yet.
    pub(super) fn put(&mut self, i: u32, j: u32, points: i32) {
        self.0[i as usize].push((j, points));
        self.0[j as usize].push((i, points));
    }

    pub(super) fn take(&mut self, i: u32, j: u32) {
        self.0[i as usize].retain(|&(other, _)| other != j);
        self.0[j as usize].retain(|&(other, _)| other != i);
    }

    /// Takes all links of a mention, and gives to which they were.
    pub(super) fn take_all(&mut self, i: u32) -> Vec<u32> {
        let others: Vec<u32> = std::mem::take(&mut self.0[i as usize])
            .into_iter()
            .map(|(j, _)| j)
            .collect();
        for &j in &others {
            self.0[j as usize].retain(|&(other, _)| other != i);
        }
        others
    }
}
