//! The features that passes set and rules ask for, as bits. Their names and order are
//! [`counterclaim_packs::FEATURES`]; a test holds the two together.

macro_rules! bits {
    ($($name:ident = $at:literal $code:literal),* $(,)?) => {
        $(pub(crate) const $name: u128 = 1 << $at;)*
        #[cfg(test)]
        const CODES: &[(usize, &str)] = &[$(($at, $code)),*];
    };
}

bits! {
    NOUN = 0 "noun", PROPN = 1 "propn", VERB = 2 "verb", AUX = 3 "aux", ADJ = 4 "adj", ADV = 5 "adv", ADP = 6 "adp", CONJ = 7 "conj",
    DET = 8 "det", NUM = 9 "num", PRON = 10 "pron", PART = 11 "part", PUNCT = 12 "punct",
    NP = 13 "np", VG = 14 "vg", TIME = 15 "time", PLACE = 16 "place", QUOTE = 17 "quote", OPEN = 18 "open", CLOSE = 19 "close",
    FINITE = 20 "finite", PASSIVE = 21 "passive", NEG = 22 "neg", GERUND = 23 "gerund", PARTICIPLE = 24 "participle", INFINITIVE = 25 "infinitive",
    CUE_V = 26 "cue-v", CUE_N = 27 "cue-n", CUE_P = 28 "cue-p", CUE_A = 29 "cue-a",
    CLAUSE = 30 "clause", QUOTING = 31 "quoting", ADDRESSEE = 32 "addressee", NAMES = 33 "names", NAMES_CLAUSE = 34 "names-clause",
    TO = 35 "to", PREP = 36 "prep", BLAME = 37 "blame", AS = 38 "as", RELAY = 39 "relay", SOURCE = 40 "source", SHOW = 41 "show",
    SILENT = 42 "silent", WEAK = 43 "weak",
    WHO = 44 "who", PERSON = 45 "person", ORG = 46 "org", PARTY = 47 "party", RECIP = 48 "recip", BOTH_SIDES = 49 "both-sides",
    PRONOUN = 50 "pronoun", MEDIA = 51 "media",
    COMMA = 52 "comma", COLON = 53 "colon", DASH = 54 "dash", COMP = 55 "comp", REL = 56 "rel", CC = 57 "cc", SUB = 58 "sub",
    AGENT = 59 "agent", POSS = 60 "poss", INF = 61 "inf", COPULA = 62 "copula", EXIST = 63 "exist", IT = 64 "it", MODAL = 65 "modal",
    SHOULD = 66 "should", DET_THIS = 67 "det-this", BACKED = 68 "backed",
    ACT = 69 "act", HARM = 70 "harm", LOSS = 71 "loss", EXHIBIT = 72 "exhibit", EVIDENCE = 73 "evidence", HEDGE = 74 "hedge",
    BACKGROUND = 75 "background", NUMBER = 76 "number", MATERIEL = 77 "materiel", PASSIVE_WORD = 78 "passive-word",
    PASSIVE_CUE = 79 "passive-cue", NOT_PASSIVE = 80 "not-passive", PUBLISHES = 81 "publishes", FIRST = 82 "first", SUBJECT = 83 "subject",
    FIXED = 84 "fixed", CAUSE = 85 "cause",
}

#[cfg(test)]
mod tests {
    #[test]
    fn bits_are_the_features_of_rules() {
        for (at, code) in super::CODES {
            assert_eq!(counterclaim_packs::FEATURES[*at], *code);
        }
        assert_eq!(super::CODES.len(), counterclaim_packs::FEATURES.len());
    }
}
