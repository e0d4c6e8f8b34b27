//! What MUC-4 asks of a report: a template an incident.

use std::fmt;

/// The kinds of incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the task")]
pub enum Kind {
    Attack,
    Bombing,
    Kidnapping,
    Arson,
    Robbery,
    ForcedWorkStoppage,
}

impl Kind {
    /// The kind by its name in a key.
    pub fn from_name(name: &str) -> Option<Kind> {
        Some(match name.trim() {
            "ATTACK" => Kind::Attack,
            "BOMBING" => Kind::Bombing,
            "KIDNAPPING" => Kind::Kidnapping,
            "ARSON" => Kind::Arson,
            "ROBBERY" => Kind::Robbery,
            "FORCED WORK STOPPAGE" => Kind::ForcedWorkStoppage,
            _ => return None,
        })
    }

    /// The name in a key.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Attack => "ATTACK",
            Kind::Bombing => "BOMBING",
            Kind::Kidnapping => "KIDNAPPING",
            Kind::Arson => "ARSON",
            Kind::Robbery => "ROBBERY",
            Kind::ForcedWorkStoppage => "FORCED WORK STOPPAGE",
        }
    }
}

/// How a report sees an organisation that it names as the doer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the task")]
pub enum Confidence {
    #[default]
    ReportedAsFact,
    ClaimedOrAdmitted,
    SuspectedOrAccusedByAuthorities,
    SuspectedOrAccused,
    Possible,
}

impl Confidence {
    /// The name in a key.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::ReportedAsFact => "REPORTED AS FACT",
            Confidence::ClaimedOrAdmitted => "CLAIMED OR ADMITTED",
            Confidence::SuspectedOrAccusedByAuthorities => "SUSPECTED OR ACCUSED BY AUTHORITIES",
            Confidence::SuspectedOrAccused => "SUSPECTED OR ACCUSED",
            Confidence::Possible => "POSSIBLE",
        }
    }
}

/// What an incident did to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the task")]
pub enum Effect {
    Death,
    Injury,
    Destroyed,
    SomeDamage,
}

impl Effect {
    /// The name in a key.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Death => "DEATH",
            Effect::Injury => "INJURY",
            Effect::Destroyed => "DESTROYED",
            Effect::SomeDamage => "SOME DAMAGE",
        }
    }
}

/// An incident as MUC-4 writes it down, as far as it is scored here.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What kind of incident.
    pub kind: Kind,
    /// EDTF date.
    pub date: Option<String>,
    /// The finest place told.
    pub place: Option<String>,
    /// People who did it.
    pub individuals: Vec<String>,
    /// Organisations that did it, and how surely.
    pub organisations: Vec<(String, Confidence)>,
    /// Things that were attacked.
    pub targets: Vec<(String, Option<Effect>)>,
    /// People who were attacked: by their name, else by what they are called.
    pub victims: Vec<(String, Option<Effect>)>,
    /// What it was done with.
    pub weapons: Vec<String>,
}

impl Template {
    /// A template of a kind, with nothing in it.
    pub fn new(kind: Kind) -> Template {
        Template {
            kind,
            date: None,
            place: None,
            individuals: Vec::new(),
            organisations: Vec::new(),
            targets: Vec::new(),
            victims: Vec::new(),
            weapons: Vec::new(),
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = String::new();
        writeln!(f, "INCIDENT: TYPE           {}", self.kind.name())?;
        writeln!(f, "INCIDENT: DATE           {}", self.date.as_ref().unwrap_or(&none))?;
        writeln!(f, "INCIDENT: LOCATION       {}", self.place.as_ref().unwrap_or(&none))?;
        self.weapons
            .iter()
            .try_for_each(|w| writeln!(f, "INCIDENT: INSTRUMENT ID  {w}"))?;
        self.individuals
            .iter()
            .try_for_each(|i| writeln!(f, "PERP: INDIVIDUAL ID      {i}"))?;
        for (name, confidence) in &self.organisations {
            writeln!(f, "PERP: ORGANIZATION ID    {name} ({})", confidence.name())?;
        }
        let effect = |e: &Option<Effect>| e.map_or(String::new(), |e| format!(" ({})", e.name()));
        for (name, e) in &self.targets {
            writeln!(f, "PHYS TGT: ID             {name}{}", effect(e))?;
        }
        for (name, e) in &self.victims {
            writeln!(f, "HUM TGT: NAME            {name}{}", effect(e))?;
        }
        Ok(())
    }
}
