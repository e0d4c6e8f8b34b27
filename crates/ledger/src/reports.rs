use crate::{ClaimRef, Copies, Who, copies};
use counterclaim_claims::{Claim, Reading};
use counterclaim_text::sketch::Sketch;

/// The readings with what all passes ask of them: an order that does not hang on that of adding, and whose text each prints.
pub(crate) struct Reports<'a> {
    pub(crate) readings: &'a [Reading],
    /// The numbers of the readings by date, address and id.
    pub(crate) order: Vec<usize>,
    /// Reports that print nearly the same text.
    pub(crate) copies: Vec<Copies>,
    /// The place of each reading in the order.
    rank: Vec<usize>,
    /// The reading whose text each one prints: itself, but for copies.
    origin: Vec<usize>,
}

impl<'a> Reports<'a> {
    /// `order` as [`order`] gives it; a sketch of each report's text.
    pub(crate) fn of(readings: &'a [Reading], order: Vec<usize>, sketches: &[Sketch]) -> Self {
        let rank = ranks(&order);
        let copies = copies::find(readings, sketches, &order, &rank);
        let mut origin: Vec<usize> = (0..readings.len()).collect();
        for Copies { reports } in &copies {
            for &n in reports {
                origin[n] = reports[0];
            }
        }
        Reports {
            readings,
            order,
            copies,
            rank,
            origin,
        }
    }

    /// All claims in that order, those of a report as they stand in it.
    pub(crate) fn claims(&self) -> impl Iterator<Item = ClaimRef> {
        let claims =
            |&reading: &usize| (0..self.readings[reading].claims.len()).map(move |claim| ClaimRef { reading, claim });
        self.order.iter().flat_map(claims)
    }

    /// What claims are put in order by.
    pub(crate) fn key(&self, at: ClaimRef) -> (usize, usize) {
        (self.rank[at.reading], at.claim)
    }

    /// The place of a claim's report in the order.
    pub(crate) fn rank(&self, at: ClaimRef) -> usize {
        self.rank[at.reading]
    }

    pub(crate) fn claim(&self, at: ClaimRef) -> &'a Claim {
        &self.readings[at.reading].claims[at.claim]
    }

    /// Whose claim it is. What a copy says in its own voice is said by the one whose text it prints.
    pub(crate) fn who(&self, at: ClaimRef) -> Vec<Who> {
        Who::of_claim(&self.readings[self.origin[at.reading]], self.claim(at))
    }

    /// The day that a claim was made: as the text tells, else when the report came out.
    pub(crate) fn said(&self, at: ClaimRef) -> Option<&'a str> {
        crate::toll::as_of(&self.readings[at.reading], self.claim(at))
    }
}

/// The numbers of readings in the order of telling: by date, address and id.
pub(crate) fn order(readings: &[Reading]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..readings.len()).collect();
    order.sort_by_key(|&n| key(readings, n));
    order
}

/// What a reading is put in order by; of two alike in all of that, the first is first.
pub(crate) fn key(readings: &[Reading], n: usize) -> (&Option<String>, &str, &str, usize) {
    let document = &readings[n].document;
    (&document.published, &document.uri, &document.id, n)
}

/// The place of each reading in an order.
pub(crate) fn ranks(order: &[usize]) -> Vec<usize> {
    let mut rank = vec![0; order.len()];
    for (place, &n) in order.iter().enumerate() {
        rank[n] = place;
    }
    rank
}
