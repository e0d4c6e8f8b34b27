//! Training: sentences of forms and tags in, a model's file out. The same sentences in the same order give the same bytes.
//!
//! An averaged perceptron: the tagger guesses with the weights it has, and where it is wrong the weights of the right tag go up and
//! those of the wrong one down; what is kept is each weight's mean over all steps. Then the means are rounded to whole numbers of one byte, and
//! the smallest are dropped.

mod conllu;

pub use conllu::{BadRow, Scheme, Sentence, from_conllu, segmentation, train_conllu};

use crate::features::{self, Case, Context, Features, Place, Template, Word};
use crate::format::{self, MAX_TAGS, Parts, Weight};
use crate::model::{Model, Scratch, Token};
use rustc_hash::FxHashMap;

/// Gathers sentences, then trains on them. See the [crate] for an example.
pub struct Trainer {
    template: Template,
    /// How often all sentences are gone through.
    pub epochs: u32,
    /// Weights nearer to nought than this share of the largest are dropped.
    pub prune: f64,
    tags: Vec<String>,
    words: Vec<Word>,
    gold: Vec<u8>,
    /// Where each sentence ends in `words`, and how it is written.
    ends: Vec<(usize, Case)>,
}

/// A token goes into the dictionary when it was seen this often, and had another tag at most once in so many times. A syllable says less
/// than a word.
fn dictionary_bar(template: Template) -> (u32, u32) {
    match template {
        Template::Words => (4, 100),
        Template::Syllables => (20, 150),
    }
}

impl Trainer {
    /// A trainer with nothing gathered.
    #[must_use]
    pub fn new(template: Template) -> Trainer {
        let (tags, words, gold, ends) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Trainer {
            template,
            epochs: 8,
            prune: 0.04,
            tags,
            words,
            gold,
            ends,
        }
    }

    /// Adds a sentence: each token's form and tag.
    ///
    /// # Panics
    /// When there are more than 64 different tags.
    pub fn push(&mut self, sentence: &[(&str, &str)]) {
        for &(form, tag) in sentence {
            let number = self.tags.iter().position(|known| known == tag).unwrap_or_else(|| {
                assert!(
                    self.tags.len() < MAX_TAGS,
                    "a model has no room for more than {MAX_TAGS} tags"
                );
                self.tags.push(tag.to_owned());
                self.tags.len() - 1
            });
            self.words.push(features::word(self.template, form));
            self.gold.push(number as u8);
        }
        let begin = self.ends.last().map_or(0, |&(end, _)| end);
        let case = features::case(
            self.words[begin..]
                .iter()
                .take(features::CASE_TOKENS)
                .map(|word| word.shape),
        );
        self.ends.push((self.words.len(), case));
    }

    /// Trains on all that was pushed and gives the model's file.
    #[must_use]
    pub fn train(&self) -> Vec<u8> {
        let dictionary = self.dictionary();
        let known: FxHashMap<u64, u8> = dictionary.iter().copied().collect();
        let mut weights = Weights::new(self.tags.len());
        let mut order: Vec<usize> = (0..self.ends.len()).collect();
        let mut random = Lcg(0x5eed);
        for _ in 0..self.epochs {
            random.shuffle(&mut order);
            for &sentence in &order {
                self.learn(sentence, &known, &mut weights);
            }
        }
        let (features, weights) = weights.quantised(self.prune);
        let tags = if self.tags.is_empty() {
            vec![String::new()]
        } else {
            self.tags.clone()
        };
        format::write(&Parts {
            template: self.template,
            tags,
            dictionary,
            features,
            weights,
        })
    }

    fn learn(&self, sentence: usize, known: &FxHashMap<u64, u8>, weights: &mut Weights) {
        let begin = if sentence == 0 { 0 } else { self.ends[sentence - 1].0 };
        let (end, case) = self.ends[sentence];
        let start = self.tags.len() as u8;
        let mut previous = [start, start];
        let word = |at: isize| match usize::try_from(at) {
            Ok(at) if at >= begin && at < end => self.words[at],
            _ => Word::EDGE,
        };
        for at in begin..end {
            let i = at as isize;
            let words = [word(i - 2), word(i - 1), word(i), word(i + 1), word(i + 2)];
            let mut found = Features::NONE;
            let context = Context {
                words: &words,
                previous,
                case,
            };
            for (place, word) in Place::ALL.into_iter().zip(&words) {
                found.of_word(self.template, place, word, case);
            }
            found.of_words(self.template, &context);
            found.of_tags(self.template, &context);
            found.of_pair(previous);
            let guess = weights.guess(&found);
            weights.step(&found, self.gold[at], guess);
            // Words of the dictionary teach, too (what ends like them is often tagged like them), but what follows them sees the tag that they
            // will have.
            let tag = known.get(&words[2].key()).copied().unwrap_or(guess);
            previous = [tag, previous[0]];
        }
    }

    /// Frequent words that have one tag, ascending by key.
    fn dictionary(&self) -> Vec<(u64, u8)> {
        let (bar, pure) = dictionary_bar(self.template);
        let mut seen: FxHashMap<u64, [u32; MAX_TAGS]> = FxHashMap::default();
        for (word, &tag) in self.words.iter().zip(&self.gold) {
            seen.entry(word.key()).or_insert([0; MAX_TAGS])[usize::from(tag)] += 1;
        }
        let mut dictionary: Vec<(u64, u8)> = seen
            .into_iter()
            .filter_map(|(key, counts)| {
                let all: u32 = counts.iter().sum();
                let (tag, &most) = counts.iter().enumerate().max_by_key(|&(_, &count)| count)?;
                (all >= bar && (all - most) * pure <= all).then_some((key, tag as u8))
            })
            .collect();
        dictionary.sort_unstable();
        dictionary
    }
}

/// Weights and their sums over time.
struct Weights {
    tags: usize,
    /// The row of each feature that ever was wrong.
    rows: FxHashMap<u32, usize>,
    now: Vec<i32>,
    /// Sum over the steps of the change times the step at which it came: the mean is `now - changes / steps`.
    changes: Vec<i64>,
    steps: i64,
}

impl Weights {
    fn new(tags: usize) -> Weights {
        Weights {
            tags,
            rows: FxHashMap::default(),
            now: Vec::new(),
            changes: Vec::new(),
            steps: 1,
        }
    }

    fn guess(&self, found: &Features) -> u8 {
        let mut scores = [0i32; MAX_TAGS];
        for row in found.iter().filter_map(|feature| self.rows.get(feature)) {
            let at = row * self.tags;
            for (score, &weight) in scores.iter_mut().zip(&self.now[at..at + self.tags]) {
                *score += weight;
            }
        }
        let scores = &scores[..self.tags];
        (0..self.tags).rev().max_by_key(|&tag| scores[tag]).unwrap_or(0) as u8
    }

    fn step(&mut self, found: &Features, gold: u8, guess: u8) {
        self.steps += 1;
        if gold == guess {
            return;
        }
        for &feature in found.iter() {
            let next = self.rows.len();
            let row = *self.rows.entry(feature).or_insert(next);
            if row == next {
                self.now.resize(self.now.len() + self.tags, 0);
                self.changes.resize(self.changes.len() + self.tags, 0);
            }
            for (tag, change) in [(gold, 1), (guess, -1)] {
                let cell = row * self.tags + usize::from(tag);
                self.now[cell] += change;
                self.changes[cell] += i64::from(change) * self.steps;
            }
        }
    }

    /// The means, rounded to bytes. The scale is set by the weight that only one in ten thousand exceeds: those few are cut.
    fn quantised(&self, prune: f64) -> (Vec<(u32, u8)>, Vec<Weight>) {
        let mean = |cell: usize| f64::from(self.now[cell]) - self.changes[cell] as f64 / self.steps as f64;
        let mut sizes: Vec<f64> = (0..self.now.len())
            .map(|cell| mean(cell).abs())
            .filter(|&size| size > 0.0)
            .collect();
        sizes.sort_unstable_by(f64::total_cmp);
        let top = sizes
            .get(sizes.len().saturating_sub(1 + sizes.len() / 10_000))
            .copied()
            .unwrap_or(1.0);
        let scale = 127.0 / top;
        let cut = (prune * 127.0).max(0.5);
        let mut order: Vec<(u32, usize)> = self.rows.iter().map(|(&feature, &row)| (feature, row)).collect();
        order.sort_unstable();
        let (mut features, mut weights) = (Vec::new(), Vec::new());
        for (feature, row) in order {
            let before = weights.len();
            for tag in 0..self.tags {
                let scaled = mean(row * self.tags + tag) * scale;
                if scaled.abs() >= cut {
                    weights.push(Weight {
                        tag: tag as u8,
                        value: scaled.round().clamp(-127.0, 127.0) as i8,
                    });
                }
            }
            if weights.len() > before {
                features.push((feature, (weights.len() - before) as u8));
            }
        }
        assert!(
            weights.len() < format::MAX_WEIGHTS,
            "too many weights for a model: prune more"
        );
        (features, weights)
    }
}

/// Knuth's linear congruential generator: all the chance that training needs, the same on every machine.
pub(crate) struct Lcg(pub(crate) u64);

impl Lcg {
    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// The share of tokens of these sentences that the model tags as they are tagged, and how many tokens there are.
#[must_use]
pub fn accuracy(model: &Model, sentences: &[Sentence]) -> (f64, usize) {
    let (mut right, mut all) = (0usize, 0usize);
    let (mut scratch, mut tags) = (Scratch::default(), Vec::new());
    for sentence in sentences {
        let tokens: Vec<Token<'_>> = sentence.iter().map(|(form, _)| Token { text: form }).collect();
        tags.clear();
        model.tag(&tokens, &mut scratch, &mut tags);
        right += sentence
            .iter()
            .zip(&tags)
            .filter(|((_, gold), tag)| model.name(**tag) == gold)
            .count();
        all += sentence.len();
    }
    (right as f64 / all.max(1) as f64, all)
}
