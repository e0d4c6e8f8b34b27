use counterclaim_claims::Reading;
use counterclaim_text::sketch::{Sketch, alike};

/// Reports that print nearly the same text: a wire and those who took it over. Ten of them are one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copies {
    /// Numbers of the readings, the earliest published first; those without a date come last, in the order of their addresses.
    pub reports: Vec<usize>,
}

/// All such groups, in the order of their first reports; `rank` is the place of each reading in the order of dates.
pub(crate) fn find(readings: &[Reading], sketches: &[Sketch], order: &[usize], rank: &[usize]) -> Vec<Copies> {
    let in_order: Vec<&Sketch> = order.iter().map(|&n| &sketches[n]).collect();
    let mut all: Vec<Copies> = Vec::new();
    for places in alike(&in_order) {
        let mut reports: Vec<usize> = places.into_iter().map(|place| order[place]).collect();
        reports.sort_by_key(|&n| (readings[n].document.published.is_none(), rank[n]));
        // Short bulletins of one office differ in a place or a figure only: what they claim tells them apart.
        let mut groups: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
        for n in reports {
            let claimed = contents(&readings[n]);
            match groups.iter_mut().find(|(first, _)| same_claims(first, &claimed)) {
                Some((_, group)) => group.push(n),
                None => groups.push((claimed, vec![n])),
            }
        }
        let copied = groups.into_iter().map(|(_, reports)| Copies { reports });
        all.extend(copied.filter(|one| one.reports.len() > 1));
    }
    all.sort_by_key(|one| rank[one.reports[0]]);
    all
}

/// The words of what a report claims.
fn contents(reading: &Reading) -> Vec<String> {
    let words = |text: &str| {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    };
    let claims = reading.claims.iter();
    claims
        .map(|claim| words(reading.slice(claim.start, claim.end)))
        .collect()
}

/// Whether half of what the one that claims less claims is claimed by the other, in the same words.
fn same_claims(a: &[String], b: &[String]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    2 * few.iter().filter(|one| many.contains(one)).count() >= few.len()
}

#[cfg(test)]
mod tests {
    use super::Copies;
    use counterclaim_claims::Reading;
    use counterclaim_text::sketch::Sketch;

    fn find(readings: &[Reading], order: &[usize]) -> Vec<Copies> {
        let sketches: Vec<Sketch> = readings.iter().map(|one| Sketch::of(&one.document.text)).collect();
        super::find(readings, &sketches, order, &crate::reports::ranks(order))
    }

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
        let claims = |text: &str| {
            let mut reading = reading(text, Some("2020-10-05"));
            let end = text.chars().count();
            reading.claims.push(counterclaim_claims::Claim {
                end,
                ..Default::default()
            });
            reading
        };
        let elsewhere = wire.replace("town", "port");
        assert_eq!(find(&[claims(wire), claims(&elsewhere)], &[0, 1]), [], "another claim");
        assert_eq!(find(&readings, &[0, 1, 3, 2]), [Copies { reports: vec![3, 2, 0] }]);
    }
}
