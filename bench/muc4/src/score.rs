//! The measure of Du, Rush and Cardie (2021) for template filling: micro F1 over the entities of all slots, after the best
//! one-to-one alignment of a report's templates with those of its key.
//!
//! The incident's type is a slot like the others. An entity is right if any of its mentions is one of the key's entity's, each
//! entity of either side being counted once. Templates without a partner count as missing or spurious with all they hold.

use crate::assign::assign;
use crate::key::{Filled, Slot};

/// Right, found and sought entities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entities that are in both.
    pub right: usize,
    /// Entities that were given.
    pub found: usize,
    /// Entities of the key.
    pub sought: usize,
}

impl Tally {
    /// Right of found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Right of sought.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.sought)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.sought)
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.found += other.found;
        self.sought += other.sought;
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// The tallies of each slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score(pub [Tally; 6]);

impl Score {
    /// Adds a report: the templates given and those of its key.
    pub fn report(&mut self, given: &[Filled], key: &[Filled]) {
        let matched = |g: &Filled, k: &Filled| -> usize { (0..6).map(|s| in_both(&g.0[s], &k.0[s])).sum() };
        let gains: Vec<Vec<usize>> = given
            .iter()
            .map(|g| key.iter().map(|k| matched(g, k)).collect())
            .collect();
        for (g, k) in assign(&gains) {
            for s in 0..6 {
                self.0[s].right += in_both(&given[g].0[s], &key[k].0[s]);
            }
        }
        for s in 0..6 {
            self.0[s].found += given.iter().map(|t| t.0[s].len()).sum::<usize>();
            self.0[s].sought += key.iter().map(|t| t.0[s].len()).sum::<usize>();
        }
    }

    /// All slots together.
    pub fn all(&self) -> Tally {
        let mut sum = Tally::default();
        self.0.iter().for_each(|t| sum.add(*t));
        sum
    }

    /// The figures as a table.
    pub fn table(&self) -> String {
        let row = |name: &str, t: Tally| {
            format!(
                "{name:25} P {:5.1}  R {:5.1}  F1 {:5.1}  ({} right, {} found, {} sought)\n",
                t.precision() * 100.0,
                t.recall() * 100.0,
                t.f1() * 100.0,
                t.right,
                t.found,
                t.sought
            )
        };
        let mut out: String = Slot::ALL
            .iter()
            .zip(self.0)
            .map(|(slot, t)| row(slot.name(), t))
            .collect();
        out += &row("all slots", self.all());
        out + &format!("micro F1 {:.1}\n", self.all().f1() * 100.0)
    }
}

/// How many entities of two lists can be paired.
fn in_both(given: &[Vec<String>], key: &[Vec<String>]) -> usize {
    let gains: Vec<Vec<usize>> = given
        .iter()
        .map(|g| {
            key.iter()
                .map(|k| usize::from(g.iter().any(|m| k.contains(m))))
                .collect()
        })
        .collect();
    assign(&gains).iter().map(|&(g, k)| gains[g][k]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(kind: &str, slots: [&[&[&str]]; 5]) -> Filled {
        let entities = |list: &[&[&str]]| {
            list.iter()
                .map(|e| e.iter().map(|m| (*m).to_owned()).collect())
                .collect()
        };
        let [a, b, c, d, e] = slots;
        Filled([
            vec![vec![kind.to_owned()]],
            entities(a),
            entities(b),
            entities(c),
            entities(d),
            entities(e),
        ])
    }

    #[test]
    fn the_best_alignment_counts() {
        // Two given, two sought, in the other order: the first pair shares its type and a bridge, the second only a victim.
        let given = [
            filled("bombing", [&[], &[], &[&["bridge"]], &[], &[]]),
            filled("attack", [&[&["men"]], &[], &[], &[&["peasants"]], &[]]),
        ];
        let key = [
            filled("kidnapping", [&[], &[], &[], &[&["peasants", "farmers"]], &[]]),
            filled(
                "bombing",
                [&[], &[&["fm"]], &[&["road bridge", "bridge"]], &[], &[&["bomb"]]],
            ),
        ];
        let mut score = Score::default();
        score.report(&given, &key);
        // Right: bombing, bridge, peasants. Found: 2 types, bridge, men, peasants. Sought: 2 types, peasants, fm, bridge, bomb.
        assert_eq!(
            score.all(),
            Tally {
                right: 3,
                found: 5,
                sought: 6
            }
        );
        assert!((score.all().f1() - 6.0 / 11.0).abs() < 1e-9);
    }

    #[test]
    fn templates_without_a_partner_are_missing_or_spurious() {
        let one = filled("attack", [&[], &[], &[], &[&["mayor"]], &[]]);
        let mut score = Score::default();
        score.report(&[one.clone(), one.clone()], std::slice::from_ref(&one));
        score.report(&[], std::slice::from_ref(&one));
        assert_eq!(
            score.all(),
            Tally {
                right: 2,
                found: 4,
                sought: 4
            }
        );
    }

    #[test]
    fn an_entity_is_counted_once() {
        let given = filled("attack", [&[], &[], &[], &[&["mayor"], &["mayor of oro"]], &[]]);
        let key = filled("attack", [&[], &[], &[], &[&["mayor", "mayor of oro"]], &[]]);
        let mut score = Score::default();
        score.report(&[given], &[key]);
        assert_eq!(
            score.0[Slot::Victim as usize],
            Tally {
                right: 1,
                found: 2,
                sought: 1
            }
        );
    }
}
