use crate::incident::Incidents;
use crate::reports::{self, Reports, ranks};
use crate::review::{Reviews, correct};
use crate::{ClaimRef, Decision, Incident, Overview};
use counterclaim_claims::Reading;
use counterclaim_text::sketch::Sketch;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Readings and decisions as they come in, and the incidents of all of them at any time.
///
/// What comes in costs what it changes: its own mentions are held against those near them, and incidents are put together anew only
/// where links touch. In whatever order reports and decisions come, one by one or many at once, the same come to the same.
///
/// ```
/// use counterclaim_claims::Reading;
/// use counterclaim_ledger::Ledger;
///
/// let told = |day: u8| -> Reading {
///     let strike = r#""events":[{"act":"shelling","actor":[{"party":"ARM"}],"place":[{"name":"Ganja"}],"time":"2020-10-04"}]"#;
///     let line = format!(
///         r#"{{"document":{{"id":"sha256:{day}","uri":"{day}","published":"2020-10-0{day}","text":"…"}},
///             "claims":[{{"id":"clm_{day}","start":0,"end":1,{strike}}}]}}"#
///     );
///     serde_json::from_str(&line).unwrap()
/// };
/// let mut ledger = Ledger::default();
/// ledger.add([told(6)]);
/// ledger.add([told(5)]);
/// assert_eq!(ledger.incidents()[0].mentions.len(), 2);
/// // What is told first is told first, however late it comes.
/// assert_eq!(ledger.incidents()[0].mentions[0].at.reading, 1);
/// ```
#[derive(Default)]
pub struct Ledger {
    /// As people left them, in the order of arrival.
    readings: Vec<Reading>,
    /// Those that people corrected, as they were read.
    read: BTreeMap<usize, Reading>,
    decisions: Vec<Decision>,
    /// The decisions about each document.
    about: HashMap<String, Vec<usize>>,
    /// The readings of each document.
    known: HashMap<String, Vec<usize>>,
    /// The numbers of the readings by date, address and id.
    order: Vec<usize>,
    sketches: Vec<Sketch>,
    incidents: Incidents,
}

impl Ledger {
    /// Takes readings in. They are numbered in the order in which they come.
    pub fn add(&mut self, readings: impl IntoIterator<Item = Reading>) {
        let first = self.readings.len();
        for reading in readings {
            let number = self.readings.len();
            self.known.entry(reading.document.id.clone()).or_default().push(number);
            self.sketches.push(Sketch::of(&reading.document.text));
            self.readings.push(reading);
        }
        self.put(&(first..self.readings.len()).collect());
    }

    /// Puts another reading in the place of one, as a newer program reads the report.
    pub fn read_again(&mut self, number: usize, reading: Reading) {
        self.incidents.take(&self.readings, number);
        self.read.remove(&number);
        if let Some(known) = self.known.get_mut(&self.readings[number].document.id) {
            known.retain(|&n| n != number);
        }
        self.known.entry(reading.document.id.clone()).or_default().push(number);
        self.sketches[number] = Sketch::of(&reading.document.text);
        self.readings[number] = reading;
        self.put(&BTreeSet::from([number]));
    }

    /// Takes decisions in, also about what is not there yet.
    pub fn decide(&mut self, decisions: impl IntoIterator<Item = Decision>) {
        let mut changed = BTreeSet::new();
        for decision in decisions {
            let document = decision.about.document.clone();
            changed.extend(self.known.get(&document).into_iter().flatten());
            self.about.entry(document).or_default().push(self.decisions.len());
            self.decisions.push(decision);
        }
        for &n in &changed {
            self.incidents.take(&self.readings, n);
            if let Some(read) = self.read.remove(&n) {
                self.readings[n] = read;
            }
        }
        self.put(&changed);
    }

    /// The readings as people left them, in the order in which they came.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// What happened, each happening once, whoever tells of it.
    pub fn incidents(&self) -> Vec<Incident> {
        self.incidents.all(&self.readings)
    }

    /// All that the readings come to.
    pub fn overview(&self) -> Overview {
        let reports = Reports::of(&self.readings, self.order.clone(), &self.sketches);
        let reviews = Reviews::of(&self.readings, &self.decisions);
        Overview::made(reports, self.incidents(), reviews, &self.decisions)
    }

    /// Puts readings in their places that are new, or were taken out.
    fn put(&mut self, changed: &BTreeSet<usize>) {
        self.order.retain(|n| !changed.contains(n));
        for &n in changed {
            let key = reports::key(&self.readings, n);
            let at = self.order.partition_point(|&m| reports::key(&self.readings, m) < key);
            self.order.insert(at, n);
        }
        let rank = ranks(&self.order);
        self.incidents.order(&rank);
        let mut changed: Vec<usize> = changed.iter().copied().collect();
        changed.sort_unstable_by_key(|&n| rank[n]);
        for n in changed {
            let decided = self.decided(n);
            if !decided.is_empty() {
                let read = self.readings[n].clone();
                correct(std::slice::from_mut(&mut self.readings[n]), &decided);
                self.read.insert(n, read);
            }
            let reviews = Reviews::of(std::slice::from_ref(&self.readings[n]), &decided);
            let counts = |at: ClaimRef| reviews.count(ClaimRef { reading: 0, ..at });
            self.incidents.put(&self.readings, n, counts);
        }
        self.incidents.settle(&self.readings, &self.decisions);
    }

    /// The decisions about a reading.
    fn decided(&self, n: usize) -> Vec<Decision> {
        let about = self.about.get(&self.readings[n].document.id).into_iter().flatten();
        about.map(|&n| self.decisions[n].clone()).collect()
    }
}
