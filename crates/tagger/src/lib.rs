//! A part-of-speech tagger: the tokens of one sentence in, one tag a token out.
//!
//! The model is an averaged perceptron read greedily from left to right (Collins 2002; the form spread by Honnibal 2013). What it knows
//! lies in one file a language, `languages/<tag>/tagger.bin`, made by [`train`] from treebanks that may be trained on
//! (`tagger.LICENSE.md` beside the file). The code knows no language: a file says which of two feature [`Template`]s it was
//! trained with.
//!
//! - [`Template::Words`]: a token is a word, its tag a part of speech (`NN`, `VBD`, …, `PUNCT`).
//! - [`Template::Syllables`]: a token is a syllable, its tag says whether it begins a word or goes on with one, and what word that is
//!   (`B-NOUN`, `I-NOUN`, …, `PUNCT`), so that one pass both cuts words and tags them.
//!
//! The same sentence gives the same tags on every machine: weights are whole numbers, ties go to the tag that stands first.
//!
//! ```
//! use counterclaim_tagger::{Model, Scratch, Template, Token, train};
//!
//! let mut trainer = train::Trainer::new(Template::Words);
//! for _ in 0..4 {
//!     trainer.push(&[("Guns", "NNS"), ("fell", "VBD"), ("silent", "JJ"), (".", "PUNCT")]);
//!     trainer.push(&[("Shells", "NNS"), ("hit", "VBD"), ("Stepanakert", "NNP"), (".", "PUNCT")]);
//! }
//! let bytes = trainer.train();
//!
//! let model = Model::from_bytes(&bytes).unwrap();
//! let tokens = ["Guns", "hit", "Stepanakert", "."].map(|text| Token { text });
//! let mut tags = Vec::new();
//! model.tag(&tokens, &mut Scratch::default(), &mut tags);
//! let names: Vec<&str> = tags.iter().map(|&tag| model.name(tag)).collect();
//! assert_eq!(names, ["NNS", "VBD", "NNP", "PUNCT"]);
//! ```

mod features;
mod format;
mod known;
mod model;
mod table;
pub mod train;

pub use features::Template;
pub use format::Error;
pub use model::{Model, Scratch, Tag, Token};
