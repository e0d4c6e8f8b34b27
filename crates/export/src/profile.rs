//! What leaves the house: everything, or what the public may have.

use crate::held::{Held, hold_back};
use crate::sidecar::{LeftOut, ProfileNote};
use crate::words;
use counterclaim_claims::{Claim, Mark, Place, Reading, Sector, Source};
use counterclaim_ledger::{ClaimRef, Decision, Overview, Review, Ruling};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// For whom an export is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Profile {
    /// For the desk: everything as it stands in the ledger.
    Full,
    /// For everybody: coordinates rounded, private persons masked, words cut, and only what people released.
    Public {
        /// Coordinates are rounded to multiples of that many degrees; 0.1 is about 11 km from north to south.
        degrees: f64,
        /// Words of a claim are cut to that many code points.
        quote: usize,
    },
}

impl Profile {
    /// The public profile as it is when nothing else is asked for: a tenth of a degree, 200 code points.
    pub const PUBLIC: Profile = Profile::Public {
        degrees: 0.1,
        quote: 200,
    };
}

/// Readings made ready to be exported, with what the ledger makes of them.
pub struct Material {
    pub(crate) readings: Vec<Reading>,
    pub(crate) overview: Overview,
    pub(crate) profile: Profile,
    /// Numbers of the disputes that a claim is a side of.
    pub(crate) disputes_of: HashMap<ClaimRef, Vec<usize>>,
    /// Numbers of the incidents that a claim tells of.
    pub(crate) incidents_of: HashMap<ClaimRef, Vec<usize>>,
    /// How people left the claims that they decided about.
    pub(crate) reviews: HashMap<ClaimRef, Review>,
    /// What is held back altogether.
    pub(crate) withheld: Vec<LeftOut>,
    masked: usize,
    /// Digests of the texts that were masked, as they were before.
    digests: HashMap<usize, String>,
}

impl Material {
    /// Makes readings ready, as people decided about them.
    ///
    /// What was rejected or redacted goes nowhere. For the public, where anybody has decided anything, goes what was released
    /// and is under no embargo at the instant `now`. The overview is made of what is let out, so that nothing held back shows in
    /// it.
    pub fn new(readings: Vec<Reading>, decisions: &[Decision], profile: Profile, now: Timestamp) -> Material {
        let (mut readings, decided) = Overview::of_decided(readings, decisions);
        let public = profile != Profile::Full;
        let Held { withheld, reviews } = hold_back(&mut readings, &decided, public && !decisions.is_empty(), now);
        let mut digests = HashMap::new();
        let mut masked = 0;
        for (n, reading) in readings.iter_mut().enumerate().filter(|_| public) {
            let digest = digest(&reading.document.text);
            let persons = mask(reading);
            if persons > 0 {
                digests.insert(n, digest);
            }
            masked += persons;
            // Where a desk keeps its files is nobody's affair.
            reading.document.uri = words::file_name(&reading.document.uri).to_owned();
        }
        let overview = if withheld.is_empty() && !public {
            decided
        } else {
            // Corrected claims stand in the readings already; put in anew they would undo what was held back and masked.
            let corrected = |decision: &&Decision| matches!(decision.what, Ruling::Correct(_));
            let rest: Vec<Decision> = decisions
                .iter()
                .filter(|decision| !corrected(decision))
                .cloned()
                .collect();
            let overview;
            (readings, overview) = Overview::of_decided(readings, &rest);
            overview
        };
        if let Profile::Public { degrees, .. } = profile {
            readings.iter_mut().for_each(|reading| coarsen(reading, degrees));
        }
        let mut disputes_of: HashMap<ClaimRef, Vec<usize>> = HashMap::new();
        for (n, dispute) in overview.disputes.iter().enumerate() {
            disputes_of.entry(dispute.a).or_default().push(n);
            disputes_of.entry(dispute.b).or_default().push(n);
        }
        let mut incidents_of: HashMap<ClaimRef, Vec<usize>> = HashMap::new();
        for (n, incident) in overview.incidents.iter().enumerate() {
            for mention in &incident.mentions {
                let own = incidents_of.entry(mention.at).or_default();
                if own.last() != Some(&n) {
                    own.push(n);
                }
            }
        }
        Material {
            readings,
            overview,
            profile,
            disputes_of,
            incidents_of,
            reviews,
            withheld,
            masked,
            digests,
        }
    }

    /// Whether there is any claim to export.
    pub fn is_empty(&self) -> bool {
        self.readings.iter().all(|reading| reading.claims.is_empty())
    }

    /// The words of a claim on one line, cut to the profile's length.
    pub(crate) fn words(&self, reading: &Reading, claim: &Claim) -> String {
        let pieces = match claim.parts.as_slice() {
            [] => vec![reading.slice(claim.start, claim.end)],
            parts => parts.iter().map(|part| reading.slice(part.start, part.end)).collect(),
        };
        let pieces = pieces
            .into_iter()
            .map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "));
        self.cut(&pieces.collect::<Vec<_>>().join(" … "))
    }

    /// Words cut to the profile's length.
    pub(crate) fn cut(&self, words: &str) -> String {
        match self.profile {
            Profile::Public { quote, .. } if words.chars().count() > quote => {
                let kept: String = words.chars().take(quote.saturating_sub(1)).collect();
                format!("{}…", kept.trim_end())
            }
            Profile::Public { .. } | Profile::Full => words.to_owned(),
        }
    }

    /// The digest of a report's text as offsets point into it, in lower-case hex.
    pub(crate) fn text_digest(&self, number: usize) -> String {
        let known = self.digests.get(&number).cloned();
        known.unwrap_or_else(|| digest(&self.readings[number].document.text))
    }

    pub(crate) fn profile_note(&self) -> ProfileNote {
        match self.profile {
            Profile::Full => ProfileNote {
                name: "full",
                degrees: None,
                quote: None,
                masked: None,
            },
            Profile::Public { degrees, quote } => ProfileNote {
                name: "public",
                degrees: Some(degrees),
                quote: Some(quote),
                masked: Some(self.masked),
            },
        }
    }

    pub(crate) fn is_public(&self) -> bool {
        self.profile != Profile::Full
    }

    /// All claims with where they stand, in the ledger's order.
    pub(crate) fn claims(&self) -> impl Iterator<Item = (ClaimRef, &Reading, &Claim)> {
        self.readings.iter().enumerate().flat_map(|(reading, r)| {
            let at = move |claim| ClaimRef { reading, claim };
            r.claims.iter().enumerate().map(move |(n, claim)| (at(n), r, claim))
        })
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands in place of every letter of a masked name.
const MASK: char = '█';

/// Whether words have a masked name in them.
pub(crate) fn is_masked(words: &str) -> bool {
    words.contains(MASK)
}

/// Whether somebody is named as a private person: a civilian, or somebody who neither holds an office by their part of
/// society nor speaks for a body that is named.
fn is_private(sector: Sector, for_a_body: bool) -> bool {
    match sector {
        Sector::Cvl => true,
        Sector::Ngo | Sector::Med | Sector::Bus | Sector::Exp | Sector::Unk => !for_a_body,
        Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud | Sector::Reb | Sector::Opp | Sector::Igo => false,
    }
}

/// Masks the private persons of a reading, in its fields and wherever their names stand in its words, letter for letter
/// so that offsets hold. Gives how many there were.
fn mask(reading: &mut Reading) -> usize {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut marks: Vec<Mark> = Vec::new();
    let mut known = |name: &str| {
        let next = names.len() + 1;
        *names.entry(name.to_owned()).or_insert(next)
    };
    for claim in &mut reading.claims {
        for source in claim.source.iter_mut().chain(&mut claim.via) {
            mask_source(source, &mut known, &mut marks);
        }
        for event in &mut claim.events {
            for one in event.actor.iter_mut().chain(&mut event.target) {
                if let Some(name) = &mut one.name
                    && matches!(one.sector, Sector::Cvl | Sector::Unk)
                {
                    marks.extend(one.mark);
                    *name = format!("{MASK}{}", known(name));
                }
            }
        }
    }
    if let Some(mentions) = &reading.mentions {
        for party in &mentions.parties {
            if let Some(person) = &party.person
                && is_private(party.sector, party.name.is_some())
            {
                known(person);
                marks.push(Mark {
                    start: party.start,
                    end: party.end,
                });
            }
        }
    }
    if names.is_empty() {
        return 0;
    }
    // What lists persons apart from claims, and what is no part of the text, does not go out.
    reading.mentions = None;
    reading.document.page = None;
    reading.incidents.clear();
    let mut letters: Vec<char> = reading.document.text.chars().collect();
    for mark in marks {
        let end = mark.end.min(letters.len());
        blot(&mut letters[mark.start.min(end)..end]);
    }
    let title = reading.document.title.take();
    let mut title: Option<Vec<char>> = title.map(|title| title.chars().collect());
    for name in names.keys() {
        let name: Vec<char> = name.chars().collect();
        blot_all(&mut letters, &name);
        title.iter_mut().for_each(|title| blot_all(title, &name));
    }
    reading.document.text = letters.into_iter().collect();
    reading.document.title = title.map(|title| title.into_iter().collect());
    names.len()
}

fn mask_source(source: &mut Source, known: &mut impl FnMut(&str) -> usize, marks: &mut Vec<Mark>) {
    let Some(person) = source.person.clone() else { return };
    let body = source.name.as_ref().is_some_and(|name| *name != person);
    if !is_private(source.sector, body) {
        return;
    }
    marks.extend(source.mark);
    source.text = format!("{MASK}{}", known(&person));
    source.person = None;
    source.name = source.name.take().filter(|name| *name != person);
}

/// Every letter and digit becomes the mask; spaces stay.
pub(crate) fn blot(letters: &mut [char]) {
    letters
        .iter_mut()
        .filter(|letter| !letter.is_whitespace())
        .for_each(|letter| *letter = MASK);
}

/// Masks a name wherever it stands as words of its own.
fn blot_all(letters: &mut [char], name: &[char]) {
    if name.is_empty() {
        return;
    }
    let mut at = 0;
    while at + name.len() <= letters.len() {
        let end = at + name.len();
        let inside = |n: Option<usize>| n.and_then(|n| letters.get(n)).is_some_and(|c| c.is_alphanumeric());
        if letters[at..end] == *name && !inside(at.checked_sub(1)) && !inside(Some(end)) {
            blot(&mut letters[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
}

/// Rounds all coordinates to multiples of so many degrees.
fn coarsen(reading: &mut Reading, degrees: f64) {
    let round = |coordinate: &mut Option<f64>, most: f64| {
        if let Some(value) = coordinate {
            // Twelve decimals are more than any degree has, and hide what binary fractions leave over.
            let rounded = (*value / degrees).round() * degrees;
            *value = ((rounded * 1e12).round() / 1e12).clamp(-most, most);
        }
    };
    let place = |place: &mut Place| {
        round(&mut place.lat, 90.0);
        round(&mut place.lon, 180.0);
    };
    let events = reading.claims.iter_mut().flat_map(|claim| &mut claim.events);
    events.flat_map(|event| &mut event.place).for_each(place);
    reading
        .incidents
        .iter_mut()
        .flat_map(|incident| &mut incident.place)
        .for_each(place);
    for mention in reading.mentions.iter_mut().flat_map(|mentions| &mut mentions.places) {
        round(&mut mention.lat, 90.0);
        round(&mut mention.lon, 180.0);
    }
}
