use counterclaim_claims::{Claim, Reading, Sector, Source, Voice};

/// Whose claim it is, as far as claims are put together by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// A part of a party: its government, its forces, its people.
    Party {
        /// ISO 3166-1 alpha-3 or a code of `codes/parties.tsv`.
        code: String,
        /// Which part.
        sector: Sector,
    },
    /// Somebody without a code, by name.
    Named(String),
    /// An outlet in its own voice: by its name, else by where the report came from.
    Outlet(String),
    /// Nobody: it is attributed, but the text names no one.
    Nobody,
}

impl Who {
    /// Who a source is.
    pub fn of_source(source: &Source) -> Who {
        match &source.party {
            Some(code) => Who::Party {
                code: code.clone(),
                sector: source.sector,
            },
            None => Who::Named(crate::label::source(source)),
        }
    }

    /// Everybody who makes a claim.
    pub fn of_claim(reading: &Reading, claim: &Claim) -> Vec<Who> {
        let mut all: Vec<Who> = match claim.voice {
            Voice::Report => {
                let document = &reading.document;
                vec![Who::Outlet(
                    document.outlet.clone().unwrap_or_else(|| document.uri.clone()),
                )]
            }
            Voice::Source if claim.source.is_empty() => vec![Who::Nobody],
            Voice::Source => claim.source.iter().map(Who::of_source).collect(),
        };
        all.sort();
        all.dedup();
        all
    }

    /// The party's code, if it is one.
    pub fn party(&self) -> Option<&str> {
        match self {
            Who::Party { code, .. } => Some(code),
            _ => None,
        }
    }
}
