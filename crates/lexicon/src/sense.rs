use counterclaim_claims::{Act, Evidence, ExhibitKind, Group, Harm, LossHarm, Materiel, Sector, Stance};
use serde::{Deserialize, Serialize};

/// Part of speech of an entry, as its row gives it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Pos {
    Verb,
    Noun,
    Adjective,
    Preposition,
    Adverb,
    #[default]
    Fixed,
}

impl Pos {
    const ALL: [Pos; 6] = {
        use Pos::{Adjective, Adverb, Fixed, Noun, Preposition, Verb};
        [Verb, Noun, Adjective, Preposition, Adverb, Fixed]
    };
}

/// Which form of its paradigm the matched words are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Inflection {
    #[default]
    Base,
    Third,
    Past,
    Participle,
    PastOrParticiple,
    Gerund,
    Plural,
}

impl Inflection {
    const ALL: [Inflection; 7] = {
        use Inflection::{Base, Gerund, Participle, Past, PastOrParticiple, Plural, Third};
        [Base, Third, Past, Participle, PastOrParticiple, Gerund, Plural]
    };
}

/// Where a cue's content stands: a set of frames (`docs/languages.md`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frames(pub u32);

#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
impl Frames {
    pub const CLAUSE: Frames = Frames(1);
    pub const QUOTE: Frames = Frames(2);
    pub const ADDRESSEE: Frames = Frames(4);
    pub const NP: Frames = Frames(8);
    pub const NP_CLAUSE: Frames = Frames(16);
    pub const TO: Frames = Frames(32);
    pub const PREP: Frames = Frames(64);
    pub const BLAME: Frames = Frames(128);
    pub const AS: Frames = Frames(256);
    pub const SOURCE_CLAUSE: Frames = Frames(512);
    pub const SOURCE: Frames = Frames(1024);
    pub const SHOW: Frames = Frames(2048);
    pub const SILENT: Frames = Frames(4096);

    /// Whether it holds any of `other`.
    pub fn has(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }
}

/// Words that make a statement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub struct Cue {
    pub pos: Pos,
    pub frames: Frames,
    /// Hashes of the words after which the content stands, for [`Frames::PREP`] and [`Frames::BLAME`].
    pub preps: Vec<u64>,
    pub stance: Stance,
    pub hedged: bool,
    pub weak: bool,
    pub passive_only: bool,
    pub not_passive: bool,
    pub negates: bool,
    pub mutual: bool,
    pub evidence: Option<Evidence>,
}

impl Cue {
    /// A cue that tells nothing but that something is stated.
    pub const PLAIN: Cue = Cue {
        pos: Pos::Fixed,
        frames: Frames(0),
        preps: Vec::new(),
        stance: Stance::Asserts,
        hedged: false,
        weak: false,
        passive_only: false,
        not_passive: false,
        negates: false,
        mutual: false,
        evidence: None,
    };
}

/// Who is who around an act's word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub enum Frame {
    #[default]
    Transitive,
    Intransitive,
    Mutual,
    Undergo,
    Take,
    Leave,
    State,
    Object,
    Event,
    EventTarget,
}

/// Flags of an act's word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub struct ActFlags {
    pub attempt: bool,
    pub again: bool,
    pub start: bool,
    pub stop: bool,
    pub weak: bool,
}

/// Words that name an act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub struct ActSense {
    pub pos: Pos,
    pub act: Act,
    pub frame: Frame,
    pub weapon: Option<Materiel>,
    pub harm: Option<Harm>,
    pub flags: ActFlags,
}

/// What kind of body, office or title a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum OrgKind {
    Org,
    Title,
    Role,
    Place,
    State,
}

/// Words for bodies, offices, titles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct OrgSense {
    pub kind: OrgKind,
    pub sector: Option<Sector>,
}

/// Which form of a state's name the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PartyForm {
    Name,
    Adjective,
    People,
    Capital,
    Metonym,
}

/// Which list a proper name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum NameKind {
    Group,
    Outlet,
    Person,
}

/// Kinds of number words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub enum NumberKind {
    Digit,
    Unit,
    Vague,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Approx,
    Nearly,
    Half,
    Dozen,
    Each,
    None,
}

/// A number word.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NumberSense {
    pub kind: NumberKind,
    pub value: u64,
    pub max: Option<u64>,
}

/// Classes of time words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub enum TimeClass {
    Month,
    Weekday,
    Part,
    Unit,
    Deictic,
    Modifier,
    Prep,
    Season,
    Era,
    Ordinal,
    Holiday,
    Set,
    Now,
    Duration,
}

/// A time word: its class and the class's own value, as the row gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct TimeSense {
    pub class: TimeClass,
    pub value: String,
}

/// How far a mark of evidence reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub enum Scope {
    #[default]
    Claim,
    Previous,
    All,
}

/// One meaning of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "a variant a lexicon file, explained in docs/languages.md")]
pub enum Sense {
    Cue(Cue),
    Act(ActSense),
    Harm {
        pos: Pos,
        harm: Harm,
        frame: HarmFrame,
    },
    Loss {
        pos: Pos,
        harm: LossHarm,
        frame: HarmFrame,
    },
    Person {
        who: Group,
        sector: Sector,
        plural: bool,
    },
    Org(OrgSense),
    Materiel {
        class: Materiel,
        weapon: bool,
        object: bool,
    },
    Exhibit {
        kind: ExhibitKind,
        pos: Pos,
    },
    Evidence {
        kind: Evidence,
        scope: Scope,
    },
    Hedge,
    Background,
    Func(Func),
    Number(NumberSense),
    Time(TimeSense),
    /// `party` indexes [`crate::Pack::parties`].
    Party {
        party: u16,
        form: PartyForm,
    },
    /// `party` and `states` index [`crate::Pack::parties`], `name` [`crate::Pack::strings`].
    Named {
        kind: NameKind,
        party: Option<u16>,
        sector: Sector,
        name: Option<u32>,
        /// The states that a group belongs to or fights in, the foremost first.
        states: Vec<u16>,
        /// The rarer of the senses that its form has: meant only where the text is about one of its states or names it in full.
        rare: bool,
    },
    /// A hand-made region; indexes [`crate::Pack::regions`].
    Region(u32),
}

/// Where a harm's sufferer stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
pub enum HarmFrame {
    #[default]
    Transitive,
    Intransitive,
    Noun,
    Adjective,
    Lose,
}

impl Sense {
    /// The part of speech that its words must have; none where any will do.
    #[must_use]
    pub fn pos(&self) -> Option<Pos> {
        match self {
            Sense::Cue(Cue { pos, .. })
            | Sense::Act(ActSense { pos, .. })
            | Sense::Harm { pos, .. }
            | Sense::Loss { pos, .. }
            | Sense::Exhibit { pos, .. } => Some(*pos),
            Sense::Org(_) | Sense::Person { .. } | Sense::Materiel { .. } => Some(Pos::Noun),
            _ => None,
        }
    }
}

/// A sense, the form it was met in, and what the text's capitals must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into [`crate::Pack::senses`].
    pub sense: u32,
    /// Of what kind that sense is.
    pub kind: Kind,
    /// [`Sense::pos`] of that sense.
    pub pos: Option<Pos>,
    /// Which form of the paradigm.
    pub inflection: Inflection,
    /// A bit a word: it must begin with a capital. The highest bit: the form is one word in capitals throughout.
    pub capitals: u16,
}

impl Hit {
    /// The bit of [`Hit::capitals`] for one word in capitals throughout.
    pub(crate) const ACRONYM: u16 = 1 << 15;

    /// Whether the form is one word in capitals throughout: "FACT" is a group, "Fact" opens a sentence.
    #[must_use]
    pub fn acronym(self) -> bool {
        self.capitals & Hit::ACRONYM != 0
    }

    /// Whether every word of the form that must begin with a capital does.
    #[must_use]
    pub fn fits(self, capital: impl Fn(usize) -> bool) -> bool {
        let mut rest = self.capitals & !Hit::ACRONYM;
        while rest != 0 {
            if !capital(rest.trailing_zeros() as usize) {
                return false;
            }
            rest &= rest - 1;
        }
        true
    }

    pub(crate) fn pack(self) -> u64 {
        let kind = u64::from(self.kind.0);
        let form = self.inflection as u64 | self.pos.map_or(0, |pos| pos as u64 + 1) << 4;
        u64::from(self.sense) << 32 | kind << 24 | u64::from(self.capitals) << 8 | form
    }

    pub(crate) fn unpack(bits: u64) -> Hit {
        Hit {
            sense: (bits >> 32) as u32,
            kind: Kind((bits >> 24) as u8),
            capitals: (bits >> 8) as u16,
            pos: (bits as usize >> 4 & 0xf)
                .checked_sub(1)
                .and_then(|pos| Pos::ALL.get(pos).copied()),
            inflection: Inflection::ALL[(bits as usize & 0xf) % Inflection::ALL.len()],
        }
    }
}

/// Of what kind a sense is, and of which closed class, so that most hits are passed over without a look at their sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind(u8);

#[allow(missing_docs, reason = "the names are those of Sense")]
impl Kind {
    pub const CUE: Kind = Kind(0);
    pub const ACT: Kind = Kind(1);
    pub const HARM: Kind = Kind(2);
    pub const LOSS: Kind = Kind(3);
    pub const PERSON: Kind = Kind(4);
    pub const ORG: Kind = Kind(5);
    pub const MATERIEL: Kind = Kind(6);
    pub const EXHIBIT: Kind = Kind(7);
    pub const EVIDENCE: Kind = Kind(8);
    pub const HEDGE: Kind = Kind(9);
    pub const BACKGROUND: Kind = Kind(10);
    pub const NUMBER: Kind = Kind(11);
    pub const TIME: Kind = Kind(12);
    pub const PARTY: Kind = Kind(13);
    pub const NAMED: Kind = Kind(14);
    pub const REGION: Kind = Kind(15);
    /// Kinds from here on are closed classes.
    const FUNC: u8 = 16;

    /// The kind of the words of a closed class.
    pub const fn func(class: Func) -> Kind {
        Kind(Kind::FUNC + class as u8)
    }

    /// Whether it is that of words of any closed class.
    pub const fn is_func(self) -> bool {
        self.0 >= Kind::FUNC
    }

    /// Its bit in a set of kinds.
    pub const fn bit(self) -> u128 {
        1 << self.0
    }

    /// The kind of a sense.
    pub const fn of(sense: &Sense) -> Kind {
        match sense {
            Sense::Cue(_) => Kind::CUE,
            Sense::Act(_) => Kind::ACT,
            Sense::Harm { .. } => Kind::HARM,
            Sense::Loss { .. } => Kind::LOSS,
            Sense::Person { .. } => Kind::PERSON,
            Sense::Org(_) => Kind::ORG,
            Sense::Materiel { .. } => Kind::MATERIEL,
            Sense::Exhibit { .. } => Kind::EXHIBIT,
            Sense::Evidence { .. } => Kind::EVIDENCE,
            Sense::Hedge => Kind::HEDGE,
            Sense::Background => Kind::BACKGROUND,
            Sense::Func(class) => Kind::func(*class),
            Sense::Number(_) => Kind::NUMBER,
            Sense::Time(_) => Kind::TIME,
            Sense::Party { .. } => Kind::PARTY,
            Sense::Named { .. } => Kind::NAMED,
            Sense::Region(_) => Kind::REGION,
        }
    }
}

const _: () = assert!(
    Kind::FUNC as usize + Func::CODES.len() <= 128,
    "a set of kinds has 128 bits"
);

macro_rules! funcs {
    ($($name:ident = $code:literal),* $(,)?) => {
        /// Closed classes of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "named and explained in docs/languages.md")]
        pub enum Func { $($name),* }
        impl Func {
            /// The class of a code of `function.tsv`.
            pub fn from_code(code: &str) -> Option<Func> {
                match code { $($code => Some(Func::$name),)* _ => None }
            }
            /// Every code.
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }
    };
}

funcs! {
    Cc = "cc", CcContrast = "cc-contrast", CcOr = "cc-or", Sub = "sub", SubTime = "sub-time", SubCause = "sub-cause", SubCond = "sub-cond",
    Comp = "comp", Rel = "rel", Neg = "neg",
    PronSg = "pron-sg", PronPl = "pron-pl", PronIt = "pron-it", Pron1Sg = "pron-1sg", Pron1Pl = "pron-1pl",
    PronPossSg = "pron-poss-sg", PronPossPl = "pron-poss-pl", Recip = "recip", BothSides = "both-sides", Attacker = "attacker", Ours = "ours", Trace = "trace", Both = "both", Enemy = "enemy",
    Det = "det", DetThis = "det-this", Modal = "modal", ModalShould = "modal-should", ModalMay = "modal-may",
    Future = "future", Past = "past", Progressive = "progressive", AuxBe = "aux-be", AuxHave = "aux-have", AuxDo = "aux-do",
    Passive = "passive", Agent = "agent", Poss = "poss", Cause = "cause", Result = "result", Copula = "copula", Exist = "exist",
    Inf = "inf", Classifier = "classifier", Plural = "plural", Side = "side", Backed = "backed", Pro = "pro", Anti = "anti",
    Former = "former", DeadBy = "dead-by", Idiom = "idiom", ReadMore = "read-more",
    Light = "light", LightUndergo = "light-undergo",
    There = "there", PlaceNoun = "place-noun", Land = "land", Local = "local", Compass = "compass", Bearing = "bearing", Attempt = "attempt", Repulse = "repulse",
    MadeUp = "made-up", About = "about", Also = "also", Breach = "breach", Ground = "ground", Happening = "happening", Sequence = "sequence", Shooter = "shooter",
    Including = "including", Mostly = "mostly", Total = "total", Along = "along", Among = "among", Other = "other", Measure = "measure", Age = "age", Tally = "tally", Single = "single", Unreal = "unreal",
    Described = "described", Price = "price", Mistake = "mistake", Tied = "tied",
    Credit = "credit", Publish = "publish", Witness = "witness",
    ToTarget = "to:target", ToPlace = "to:place", ToActor = "to:actor", ToWeapon = "to:weapon", ToSource = "to:source",
    ToGoal = "to:goal", ToTopic = "to:topic", ToWith = "to:with", ToBetween = "to:between",
}
