/// What rules may ask of a word or phrase. Their order is their bit; `docs/grammar.md` explains each.
pub const FEATURES: &[&str] = &[
    // word classes
    "noun",
    "propn",
    "verb",
    "aux",
    "adj",
    "adv",
    "adp",
    "conj",
    "det",
    "num",
    "pron",
    "part",
    "punct", // 0-12
    // phrases
    "np",
    "vg",
    "time",
    "place",
    "quote",
    "open",
    "close", // 13-19
    // verb groups
    "finite",
    "passive",
    "neg",
    "gerund",
    "participle",
    "infinitive", // 20-25
    // cues by pos and frame
    "cue-v",
    "cue-n",
    "cue-p",
    "cue-a", // 26-29
    "clause",
    "quoting",
    "addressee",
    "names",
    "names-clause",
    "to",
    "prep",
    "blame",
    "as",
    "relay",
    "source",
    "show",
    "silent",
    "weak", // 30-43
    // who
    "who",
    "person",
    "org",
    "party",
    "recip",
    "both-sides",
    "pronoun",
    "media", // 44-51
    // closed classes
    "comma",
    "colon",
    "dash",
    "comp",
    "rel",
    "cc",
    "sub",
    "agent",
    "poss",
    "inf",
    "copula",
    "exist",
    "it",
    "modal",
    "should",
    "det-this",
    "backed", // 52-68
    // knowledge
    "act",
    "harm",
    "loss",
    "exhibit",
    "evidence",
    "hedge",
    "background",
    "number",
    "materiel",
    "passive-word",
    "passive-cue",
    "not-passive",
    "publishes",
    "first",
    "subject", // 69-83
];
