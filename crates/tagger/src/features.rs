//! What the tagger looks at: a token boiled down to a few hashes, and the features made of them. Training and tagging share this file,
//! so that a feature means the same in both.

use std::sync::LazyLock;

/// Which features a model uses. It is written into the model's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// Tokens are words; suffixes and the shape of neighbours count.
    Words,
    /// Tokens are syllables; what stands together counts.
    Syllables,
}

/// The most features a token has, over both templates.
pub(crate) const MAX_FEATURES: usize = 28;

/// A token as the features see it.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// Hash of the folded form: lower case, one kind of quotation mark and dash.
    pub(crate) hash: u64,
    /// Hashes of the last one to four characters of the folded form; of words alone, not of syllables.
    suffix: [u32; 4],
    /// Hash of the first character of the folded form; of words alone, too.
    prefix: u32,
    /// Bits of [`shape`].
    pub(crate) shape: u8,
}

impl Word {
    /// What stands before the first and after the last token.
    pub(crate) const EDGE: Word = Word {
        hash: 0x9e37_79b9_7f4a_7c15,
        suffix: [1; 4],
        prefix: 1,
        shape: shape::EDGE,
    };

    /// The key of the tag dictionary: the folded form and how it was written, since "may" and "May" are two words.
    pub(crate) fn key(&self) -> u64 {
        mix(self.hash ^ u64::from(self.shape))
    }

    /// What tells this word in sentences written so from all others; never 0.
    pub(crate) fn key_in(&self, case: Case) -> u64 {
        mix(self.hash ^ shape_in(self, case).wrapping_mul(K1)) | 1
    }
}

/// Bits of [`Word::shape`].
pub(crate) mod shape {
    pub(crate) const INITIAL_UPPER: u8 = 1;
    pub(crate) const LATER_UPPER: u8 = 2;
    pub(crate) const LOWER: u8 = 4;
    pub(crate) const DIGIT: u8 = 8;
    pub(crate) const HYPHEN: u8 = 16;
    pub(crate) const OTHER: u8 = 32;
    /// Outside the sentence.
    pub(crate) const EDGE: u8 = 64;
    pub(crate) const LETTERS: u8 = INITIAL_UPPER | LATER_UPPER | LOWER;
}

/// How a sentence is written: capitals tell nothing in a headline in title case or in capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Normal,
    Lower,
    Title,
    Upper,
}

/// A long "sentence" is judged by how its first tokens are written.
pub(crate) const CASE_TOKENS: usize = 40;

/// Longer tokens are judged by their first bytes: nobody's word is longer, and time stays bounded.
const LONGEST: usize = 64;

const K1: u64 = 0x9e37_79b9_7f4a_7c15;
const K2: u64 = 0xd6e8_feb8_6659_fd93;

fn mix(mut h: u64) -> u64 {
    h ^= h >> 32;
    h = h.wrapping_mul(K2);
    h ^ (h >> 29)
}

fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut h = bytes.len() as u64 ^ 0x51_7c_c1_b7;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let v = u64::from_le_bytes(chunk.try_into().expect("eight bytes"));
        h = (h.rotate_left(23) ^ v).wrapping_mul(K1);
    }
    let mut v = 0u64;
    for &b in chunks.remainder() {
        v = v << 8 | u64::from(b);
    }
    mix((h.rotate_left(23) ^ v).wrapping_mul(K1))
}

/// Reduces a token to its hashes. Takes no heap.
pub(crate) fn word(template: Template, text: &str) -> Word {
    let mut folded = [0u8; LONGEST + 4];
    let mut len = 0;
    let mut bits = 0;
    if text.is_ascii() {
        for &b in text.as_bytes().iter().take(LONGEST) {
            bits |= match b {
                b'A'..=b'Z' if len == 0 => shape::INITIAL_UPPER,
                b'A'..=b'Z' => shape::LATER_UPPER,
                b'a'..=b'z' => shape::LOWER,
                b'0'..=b'9' => shape::DIGIT,
                b'-' => shape::HYPHEN,
                _ => shape::OTHER,
            };
            folded[len] = b.to_ascii_lowercase();
            len += 1;
        }
    } else {
        for c in text.chars() {
            if len + 4 > LONGEST {
                break;
            }
            let (lower, shape) = match LETTERS.get(c as usize) {
                Some(known) => *known,
                None => letter(c),
            };
            bits |= if shape == shape::LATER_UPPER && len == 0 {
                shape::INITIAL_UPPER
            } else {
                shape
            };
            len += lower.encode_utf8(&mut folded[len..]).len();
        }
    }
    let folded = &folded[..len];
    let mut word = Word {
        hash: hash_bytes(folded),
        suffix: [0; 4],
        prefix: 0,
        shape: bits,
    };
    if template == Template::Words {
        ends(folded, &mut word);
    }
    word
}

/// The hashes of what a word ends and begins with.
fn ends(folded: &[u8], word: &mut Word) {
    let mut at = folded.len();
    for (k, slot) in word.suffix.iter_mut().enumerate() {
        while at > 0 {
            at -= 1;
            if folded[at] & 0xc0 != 0x80 {
                break;
            }
        }
        *slot = small_hash(&folded[at..], k as u64);
    }
    let first = folded.iter().skip(1).take_while(|&&b| b & 0xc0 == 0x80).count() + 1;
    word.prefix = small_hash(&folded[..first.min(folded.len())], 7);
}

/// What [`letter`] says of the characters of the alphabets of Europe and of Vietnamese: the standard library takes its time to say it.
static LETTERS: LazyLock<Vec<(char, u8)>> = LazyLock::new(|| ('\0'..'\u{2100}').map(letter).collect());

/// A character folded, and its bit of [`shape`] within a word.
fn letter(c: char) -> (char, u8) {
    let c = fold_mark(c);
    let shape = if c.is_uppercase() {
        shape::LATER_UPPER
    } else if c.is_alphabetic() {
        shape::LOWER
    } else if c.is_numeric() {
        shape::DIGIT
    } else if c == '-' {
        shape::HYPHEN
    } else {
        shape::OTHER
    };
    // Of a lower case of several characters (only U+0130 has one) the first is enough to know the word by.
    (c.to_lowercase().next().unwrap_or(c), shape)
}

/// At most four characters: sixteen bytes.
fn small_hash(bytes: &[u8], salt: u64) -> u32 {
    let mut h = salt + 1;
    for &b in bytes {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (mix(h) >> 16) as u32
}

/// Quotation marks and dashes are one each: treebanks have the typewriter's, newspapers the printer's.
fn fold_mark(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{02bc}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{00ab}' | '\u{00bb}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

/// How the sentence of these words is written.
pub(crate) fn case(words: impl Iterator<Item = u8>) -> Case {
    let (mut lettered, mut initial, mut upper) = (0u32, 0u32, 0u32);
    for bits in words {
        let letters = bits & shape::LETTERS;
        if letters == 0 {
            continue;
        }
        lettered += 1;
        initial += u32::from(letters & shape::INITIAL_UPPER != 0);
        upper += u32::from(letters & shape::LOWER == 0);
    }
    match () {
        () if initial == 0 && upper == 0 => Case::Lower,
        () if lettered >= 3 && upper * 4 >= lettered * 3 => Case::Upper,
        () if lettered >= 4 && initial * 3 >= lettered * 2 => Case::Title,
        () => Case::Normal,
    }
}

/// What a decision may look at.
pub(crate) struct Context<'a> {
    /// Two tokens before, the token, two tokens after.
    pub(crate) words: &'a [Word; 5],
    /// The tag before, and the one before that; the number of tags stands for the sentence's start.
    pub(crate) previous: [u8; 2],
    pub(crate) case: Case,
}

/// Where a word stands, seen from a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    TwoBefore,
    Before,
    Here,
    After,
    TwoAfter,
}

impl Place {
    /// All of them, in the order of the text.
    pub(crate) const ALL: [Place; 5] = [
        Place::TwoBefore,
        Place::Before,
        Place::Here,
        Place::After,
        Place::TwoAfter,
    ];
}

/// Features of one token. A feature is known by 32 bits: of 100,000 that a model weighs, one unknown in 40,000 is taken for another.
#[derive(Clone, Copy)]
pub(crate) struct Features {
    found: [u32; MAX_FEATURES],
    len: usize,
}

impl Features {
    /// No features yet.
    pub(crate) const NONE: Features = Features {
        found: [0; MAX_FEATURES],
        len: 0,
    };

    /// Forgets them.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, u32> {
        self.found[..self.len].iter()
    }

    /// Adds what one word tells where it stands at a place beside the token, or is the token.
    pub(crate) fn of_word(&mut self, template: Template, place: Place, word: &Word, case: Case) {
        let words = template == Template::Words;
        match place {
            Place::Here => {
                let shape = shape_in(word, case);
                self.put(2, word.hash);
                self.put2(11, word.hash, shape);
                if words {
                    let [s1, s2, s3, s4] = word.suffix.map(u64::from);
                    self.put(14, s1);
                    self.put(15, s2);
                    self.put(16, s3);
                    self.put(17, s4);
                    self.put(18, s2 ^ shape << 40);
                    self.put(20, u64::from(word.prefix) | shape << 40);
                }
            }
            Place::Before => {
                self.put(3, word.hash);
                if words {
                    self.put(21, u64::from(word.suffix[2]));
                }
            }
            Place::TwoBefore => self.put(4, word.hash),
            Place::After => {
                self.put(5, word.hash);
                if words {
                    self.put(22, u64::from(word.suffix[2]));
                }
            }
            Place::TwoAfter => self.put(6, word.hash),
        }
    }

    /// Adds what the words tell together, whatever the tags before them.
    #[inline(always)]
    pub(crate) fn of_words(&mut self, template: Template, context: &Context<'_>) {
        let [b2, b1, w, a1, a2] = context.words;
        self.put2(9, b1.hash, w.hash);
        self.put2(10, w.hash, a1.hash);
        self.put(13, context.shape() | context.around());
        match template {
            Template::Words => {
                self.put2(23, u64::from(w.suffix[2]), u64::from(a1.suffix[1]));
                self.put2(24, a1.hash, u64::from(b1.suffix[1]));
            }
            Template::Syllables => {
                self.put2(14, b1.hash, a1.hash);
                self.put2(15, a1.hash, a2.hash);
                self.put2(16, b2.hash, b1.hash);
                self.put2(19, b2.hash ^ b1.hash.rotate_left(9), w.hash);
                self.put2(20, b1.hash ^ w.hash.rotate_left(9), a1.hash);
                self.put2(21, w.hash ^ a1.hash.rotate_left(9), a2.hash);
            }
        }
    }

    /// Adds what the tags before tell together with the words.
    #[inline(always)]
    pub(crate) fn of_tags(&mut self, template: Template, context: &Context<'_>) {
        let [_, b1, w, a1, _] = context.words;
        let [p1, p2] = context.previous.map(|tag| u64::from(tag) + 1);
        let shape = context.shape();
        self.put2(7, w.hash, p1);
        self.put2(8, a1.hash, p1);
        self.put(12, shape << 8 | p1);
        match template {
            Template::Words => {
                self.put(19, u64::from(w.suffix[2]) << 16 | p1);
                self.put2(25, w.hash, p1 << 8 | p2);
            }
            Template::Syllables => {
                self.put2(17, b1.hash ^ w.hash.rotate_left(9), p1);
                self.put2(18, w.hash ^ a1.hash.rotate_left(9), p1);
                self.put2(22, w.hash, p1 << 8 | p2);
                self.put2(23, b1.hash, p1);
                self.put(24, shape | context.around() | p1 << 32);
            }
        }
    }

    /// Adds what the tags before tell alone.
    pub(crate) fn of_pair(&mut self, previous: [u8; 2]) {
        let [p1, p2] = previous.map(|tag| u64::from(tag) + 1);
        self.put(0, p1);
        self.put(1, p1 << 8 | p2);
    }

    /// Each kind of feature, by its number, salts its own hashes.
    #[inline(always)]
    fn put(&mut self, kind: u64, value: u64) {
        let salt = (kind + 1).wrapping_mul(K2);
        let h = (value ^ salt).wrapping_mul(K1);
        self.found[self.len] = ((h ^ h >> 31).wrapping_mul(K2) >> 32) as u32;
        self.len += 1;
    }

    #[inline(always)]
    fn put2(&mut self, kind: u64, a: u64, b: u64) {
        self.put(kind, a.rotate_left(17) ^ b.wrapping_mul(K1));
    }
}

impl Context<'_> {
    fn shape(&self) -> u64 {
        shape_in(&self.words[2], self.case)
    }

    fn around(&self) -> u64 {
        u64::from(self.words[1].shape) << 16 | u64::from(self.words[3].shape) << 24
    }
}

/// How a word is written, and how the sentence around it.
fn shape_in(word: &Word, case: Case) -> u64 {
    u64::from(word.shape) | (case as u64) << 8
}
