//! Short labels in codes and numbers, the same in every language.

use counterclaim_claims::{Participant, Source};

/// What to call a source: the person and their body, or the words of the text where it has no name.
///
/// ```
/// use counterclaim_claims::Source;
/// use counterclaim_ledger::label;
///
/// let said = Source { person: Some("Nikol Pashinyan".into()), name: Some("Government of Armenia".into()), ..Source::default() };
/// assert_eq!(label::source(&said), "Nikol Pashinyan, Government of Armenia");
/// assert_eq!(label::source(&Source { text: "he".into(), ..Source::default() }), "he");
/// ```
pub fn source(source: &Source) -> String {
    match (&source.person, &source.name) {
        (Some(person), Some(name)) if person != name => format!("{person}, {name}"),
        (Some(name), _) | (None, Some(name)) => name.clone(),
        (None, None) if source.text.is_empty() => source.party.clone().unwrap_or_default(),
        (None, None) => source.text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// The same with party and sector in codes behind it, where either is known: `Ministry of Defence (AZE MIL)`.
///
/// ```
/// use counterclaim_claims::{Sector, Source};
/// use counterclaim_ledger::label;
///
/// let mut said = Source { name: Some("Ministry of Defence".into()), ..Source::default() };
/// assert_eq!(label::with_codes(&said), "Ministry of Defence");
/// (said.party, said.sector) = (Some("AZE".into()), Sector::Mil);
/// assert_eq!(label::with_codes(&said), "Ministry of Defence (AZE MIL)");
/// ```
pub fn with_codes(said: &Source) -> String {
    let (name, codes) = (source(said), codes(said.party.as_deref(), said.sector));
    if codes.is_empty() {
        name
    } else {
        format!("{name} ({codes})")
    }
}

/// Party and sector in codes: `AZE MIL`, `AZE`, `MIL`, or nothing where neither is known.
pub fn codes(party: Option<&str>, sector: counterclaim_claims::Sector) -> String {
    let sector = (sector != counterclaim_claims::Sector::Unk).then(|| sector.code());
    [party, sector].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What to call somebody in a role of an event: their codes, else their name, else `?`.
pub fn participant(who: &Participant) -> String {
    let codes = codes(who.party.as_deref(), who.sector);
    match &who.name {
        Some(name) if who.party.is_none() => format!("{name} {codes}").trim_end().to_owned(),
        _ if codes.is_empty() => "?".into(),
        _ => codes,
    }
}

/// A number with its bounds: `36`, `≥36`, `≤50`, `20–99`, with `~` before it where it is vague.
///
/// ```
/// use counterclaim_ledger::label::range;
///
/// assert_eq!(range(Some(36), None, false), "≥36");
/// assert_eq!(range(Some(20), Some(99), true), "~20–99");
/// assert_eq!(range(Some(0), Some(50), false), "≤50");
/// assert_eq!(range(Some(0), Some(0), false), "0");
/// assert_eq!(range(None, None, false), "?");
/// ```
pub fn range(min: Option<u64>, max: Option<u64>, approx: bool) -> String {
    let number = match (min, max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (None | Some(0), Some(b)) => format!("≤{b}"),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("≥{a}"),
        (None, None) => "?".into(),
    };
    if approx { format!("~{number}") } else { number }
}
