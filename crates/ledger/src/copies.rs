use counterclaim_claims::Reading;
use counterclaim_text::sketch::{Sketch, alike};

/// Reports that print nearly the same text: a wire and those who took it over. Ten of them are one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copies {
    /// Numbers of the readings, the earliest published first; those without a date come last, in the ledger's order.
    pub reports: Vec<usize>,
}

/// All such groups, in the order of the ledger.
pub(crate) fn find(readings: &[Reading]) -> Vec<Copies> {
    let sketches: Vec<Sketch> = readings
        .iter()
        .map(|reading| Sketch::of(&reading.document.text))
        .collect();
    let order = |mut reports: Vec<usize>| {
        reports.sort_by_key(|&n| {
            let day = readings[n].document.published.as_deref();
            (day.is_none(), day)
        });
        Copies { reports }
    };
    alike(&sketches).into_iter().map(order).collect()
}

#[cfg(test)]
mod tests {
    use super::{Copies, find};
    use counterclaim_claims::Reading;

    #[test]
    fn a_wire_and_its_copies_are_one_group_with_the_earliest_first() {
        let wire = "The ministry said on Monday that its forces had left the town and that nobody had been hurt in the fighting there.";
        let other = "Two villages were shelled overnight, the governor of the province said, and asked for help for all who had fled.";
        let reading = |text: &str, day: Option<&str>| {
            let mut reading = Reading::default();
            reading.document.text = text.to_owned();
            reading.document.published = day.map(str::to_owned);
            reading
        };
        let paper = format!("{wire} It gave no numbers.");
        let readings = [
            reading(wire, None),
            reading(other, None),
            reading(&paper, Some("2020-10-06")),
            reading(wire, Some("2020-10-05")),
        ];
        assert_eq!(find(&readings), [Copies { reports: vec![3, 2, 0] }]);
    }
}
