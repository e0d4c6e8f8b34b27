//! Passes 1 and 2: a text cut into sentences, tokens and quotations, every token tagged, and the tokens joined to
//! *units*, the words of the lexicon.

use crate::bits;
use crate::tagging::Tagger;
use crate::units;
use counterclaim_lexicon::{ActSense, Cue, Func, Gazetteer, Hit, Inflection, Kind, Pack, PosClass, Sense, VerbForm};
use counterclaim_tagger::{Tag, Token as TaggerToken};
use counterclaim_text::{Layout, Quotation, Span, Token, TokenKind, quotations, tokenize};
use jiff::civil::Date;
use std::ops::Range;

/// A lexical unit: the longest entry of the lexicon that starts at a token, or one word.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Its tokens.
    pub(crate) tokens: Range<u32>,
    pub(crate) span: Span,
    pub(crate) class: PosClass,
    pub(crate) form: VerbForm,
    /// What it is, as [`bits`].
    pub(crate) bits: u128,
    /// Hash of its folded words, as rules' literals are compared.
    pub(crate) word: u64,
    /// Its hits, in [`Doc::hits`].
    pub(crate) hits: Range<u32>,
    /// The kinds of its hits ([`Kind::bit`]), so that most questions about a unit are answered without a look at them.
    pub(crate) kinds: u128,
    pub(crate) capital: bool,
}

/// One sentence and its units.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) units: Range<usize>,
    pub(crate) span: Span,
    pub(crate) paragraph: usize,
}

/// A document on its way through the passes.
pub(crate) struct Doc<'t> {
    pub(crate) text: &'t str,
    pub(crate) pack: &'static Pack,
    pub(crate) gazetteer: &'static Gazetteer,
    pub(crate) tokens: Vec<Token>,
    pub(crate) tags: Vec<(PosClass, VerbForm, bool)>,
    /// What each token is known by ([`counterclaim_lexicon::key`]).
    pub(crate) keys: Vec<u64>,
    /// Each token's number in the pack, 0 for numbers and what the pack does not know.
    pub(crate) words: Vec<u32>,
    pub(crate) units: Vec<Unit>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) sents: Vec<Sent>,
    /// Quotations, as unit ranges, marks included.
    pub(crate) quotes: Vec<Range<usize>>,
    /// What relative dates are read against.
    pub(crate) published: Option<Date>,
    /// The whole text is in capitals, so that a capital tells nothing.
    pub(crate) all_caps: bool,
}

impl<'t> Doc<'t> {
    /// Runs passes 1 and 2.
    pub(crate) fn new(
        text: &'t str,
        pack: &'static Pack,
        gazetteer: &'static Gazetteer,
        tagger: Option<Tagger>,
        published: Option<Date>,
    ) -> Self {
        let tokens = tokenize(text, pack.token_rules());
        let layout = Layout::new(text, &tokens);
        let quotes = quotations(text, &tokens, &layout);
        let all_caps = is_all_caps(text, &tokens);
        let mut doc = Doc {
            text,
            pack,
            gazetteer,
            tags: Vec::with_capacity(tokens.len()),
            keys: Vec::with_capacity(tokens.len()),
            words: Vec::with_capacity(tokens.len()),
            tokens,
            units: Vec::new(),
            hits: Vec::new(),
            sents: Vec::new(),
            quotes: Vec::new(),
            published,
            all_caps,
        };
        doc.look_up();
        doc.tag(&layout, tagger);
        units::build(&mut doc, &layout);
        doc.place_quotes(&quotes);
        doc
    }

    fn look_up(&mut self) {
        let mut buffer = String::new();
        for token in &self.tokens {
            let key = counterclaim_lexicon::key(token.of(self.text), &mut buffer);
            let number = token.kind == TokenKind::Number;
            self.keys.push(key);
            self.words.push(if number { 0 } else { self.pack.word(key) });
        }
    }

    fn tag(&mut self, layout: &Layout, tagger: Option<Tagger>) {
        let (mut words, mut tags): (Vec<TaggerToken<'_>>, Vec<Tag>) = (Vec::new(), Vec::new());
        for sentence in &layout.sentences {
            tags.clear();
            if let Some(tagger) = tagger {
                words.clear();
                words.extend(
                    self.tokens[sentence.tokens.clone()]
                        .iter()
                        .map(|t| TaggerToken { text: t.of(self.text) }),
                );
                tagger.lend(|model, scratch| model.tag(&words, scratch, &mut tags));
            }
            for (n, token) in self.tokens[sentence.tokens.clone()].iter().enumerate() {
                let known = tags.get(n).and_then(|tag| self.pack.tags.get(tag.0 as usize));
                let (class, form, inside) = known.map_or((PosClass::Other, VerbForm::None, false), |t| {
                    (t.class, t.form, t.inside)
                });
                let class = match token.kind {
                    TokenKind::Punct => PosClass::Punct,
                    TokenKind::Number => PosClass::Num,
                    _ if class == PosClass::Punct => PosClass::Other,
                    _ => class,
                };
                // A number is a word by itself.
                self.tags
                    .push((class, form, inside && n > 0 && token.kind != TokenKind::Number));
            }
        }
    }

    fn place_quotes(&mut self, quotes: &[Quotation]) {
        for quote in quotes {
            let (from, to) = (quote.tokens.start as u32, quote.tokens.end as u32);
            let start = self.units.partition_point(|u| u.tokens.end <= from);
            let end = self.units.partition_point(|u| u.tokens.start < to);
            if start < end {
                self.units[start].bits |= bits::OPEN;
                if quote.closed {
                    self.units[end - 1].bits |= bits::CLOSE;
                }
                self.quotes.push(start..end);
            }
        }
    }

    /// The span from the first to the last unit of a range that is not empty.
    pub(crate) fn span(&self, units: &Range<usize>) -> Span {
        self.units[units.start].span.join(self.units[units.end - 1].span)
    }

    /// The words of a range of units.
    pub(crate) fn words(&self, units: &Range<usize>) -> &'t str {
        self.span(units).of(self.text)
    }

    /// The senses of a unit, each with the form it was met in; none past the last one.
    pub(crate) fn senses(&self, unit: usize) -> impl Iterator<Item = (&'static Sense, Inflection)> + '_ {
        self.hits(unit)
            .iter()
            .map(|h| (&self.pack.senses[h.sense as usize], h.inflection))
    }

    /// The senses of a kind that a unit has.
    pub(crate) fn of_kind(&self, unit: usize, kind: Kind) -> impl Iterator<Item = &'static Sense> + '_ {
        let hits = if self.kinds(unit) & kind.bit() == 0 {
            &[]
        } else {
            self.hits(unit)
        };
        hits.iter()
            .filter(move |h| h.kind == kind)
            .map(|h| &self.pack.senses[h.sense as usize])
    }

    /// The cue that a unit is, if it is one.
    pub(crate) fn cue(&self, unit: usize) -> Option<&'static Cue> {
        self.of_kind(unit, Kind::CUE)
            .find_map(|s| if let Sense::Cue(cue) = s { Some(cue) } else { None })
    }

    /// The act that a unit names, if it names one.
    pub(crate) fn act(&self, unit: usize) -> Option<&'static ActSense> {
        self.of_kind(unit, Kind::ACT)
            .find_map(|s| if let Sense::Act(act) = s { Some(act) } else { None })
    }

    /// Whether a unit belongs to a closed class.
    pub(crate) fn is(&self, unit: usize, class: Func) -> bool {
        self.kinds(unit) & Kind::func(class).bit() != 0
    }

    /// The kinds of senses that a unit has; none past the last one.
    pub(crate) fn kinds(&self, unit: usize) -> u128 {
        self.units.get(unit).map_or(0, |u| u.kinds)
    }

    /// Gives a unit other hits.
    pub(crate) fn set_hits(&mut self, unit: usize, hits: Range<u32>) {
        self.units[unit].kinds = kinds(&self.hits[hits.start as usize..hits.end as usize]);
        self.units[unit].hits = hits;
    }

    /// The hits of a unit; none past the last one.
    pub(crate) fn hits(&self, unit: usize) -> &[Hit] {
        let range = self.units.get(unit).map_or(0..0, |u| u.hits.clone());
        &self.hits[range.start as usize..range.end as usize]
    }

    /// Whether a unit of several words begins with a word of a closed class: "bị bắn".
    pub(crate) fn starts_with(&self, unit: usize, class: Func) -> bool {
        let Some(unit) = self.units.get(unit).filter(|u| u.tokens.len() > 1) else {
            return false;
        };
        self.word_is(unit.tokens.start as usize, class)
    }

    /// Whether words of a closed class stand in a unit, by themselves or with others: "local officials", "chính quyền địa phương".
    pub(crate) fn holds(&self, unit: usize, class: Func) -> bool {
        let tokens = self.units[unit].tokens.clone();
        self.is(unit, class)
            || tokens.len() > 1
                && tokens.clone().any(|first| {
                    let mut found = false;
                    self.pack.entries_at(
                        |depth| {
                            let at = first + depth as u32;
                            (at < tokens.end).then(|| self.words[at as usize])
                        },
                        |_, hits| {
                            let fits = |s: &Sense| matches!(s, Sense::Func(f) if *f == class);
                            found |= hits.iter().any(|h| fits(&self.pack.senses[h.sense as usize]));
                        },
                    );
                    found
                })
    }

    /// Whether a unit is a conjunction that opens what is said, or ends in one: "nói rằng".
    pub(crate) fn said_that(&self, unit: usize) -> bool {
        let tokens = &self.units[unit].tokens;
        self.is(unit, Func::Comp) || tokens.len() > 1 && self.word_is(tokens.end as usize - 1, Func::Comp)
    }

    /// Whether a token by itself is a word of a closed class.
    pub(crate) fn word_is(&self, token: usize, class: Func) -> bool {
        let mut found = false;
        self.pack.entries_at(
            |depth| (depth == 0).then_some(self.words[token]),
            |_, hits| {
                found |= hits
                    .iter()
                    .any(|h| matches!(self.pack.senses[h.sense as usize], Sense::Func(f) if f == class));
            },
        );
        found
    }

    /// Whether a unit has any of these features.
    pub(crate) fn has(&self, unit: usize, features: u128) -> bool {
        self.units.get(unit).is_some_and(|u| u.bits & features != 0)
    }

    /// The sentence that a unit stands in.
    pub(crate) fn sent_of(&self, unit: usize) -> usize {
        self.sents
            .partition_point(|s| s.units.end <= unit)
            .min(self.sents.len().saturating_sub(1))
    }

    /// Numbers of the quotations that share a unit with a range.
    pub(crate) fn quotes_in(&self, units: &Range<usize>) -> Range<usize> {
        let from = self.quotes.partition_point(|q| q.end <= units.start);
        let to = self.quotes.partition_point(|q| q.start < units.end);
        from..to.max(from)
    }

    /// The quotation that a unit stands in, marks included.
    pub(crate) fn quote_of(&self, unit: usize) -> Option<&Range<usize>> {
        let at = self.quotes.partition_point(|q| q.end <= unit);
        self.quotes.get(at).filter(|q| q.start <= unit)
    }
}

/// The set of the kinds of some hits.
pub(crate) fn kinds(hits: &[Hit]) -> u128 {
    hits.iter().fold(0, |all, hit| all | hit.kind.bit())
}

/// Whether nearly all letters of a text are capitals.
fn is_all_caps(text: &str, tokens: &[Token]) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for token in tokens.iter().filter(|t| t.kind == TokenKind::Word).take(400) {
        for c in token.of(text).chars() {
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
        // A text has no more capitals than bytes: nearly every one is told by its first lines.
        if lower * 12 >= text.len() {
            return false;
        }
    }
    upper > 60 && lower * 12 < upper
}
