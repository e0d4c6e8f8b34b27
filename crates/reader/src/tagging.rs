//! The taggers of the languages, and what each thread remembers of their words.

use counterclaim_lexicon::Pack;
use counterclaim_tagger::{Model, Scratch, Tag};
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::OnceLock;

/// No more languages than this have a tagger.
const MOST: usize = 16;

/// The tagger of a language.
#[derive(Clone, Copy)]
pub(crate) struct Tagger {
    model: &'static Model,
    number: usize,
}

impl Tagger {
    /// The tagger of a pack, loaded when it is first asked for.
    pub(crate) fn of(pack: &'static Pack) -> Option<Tagger> {
        static LOADED: [OnceLock<Option<Model>>; MOST] = [const { OnceLock::new() }; MOST];
        let number = counterclaim_packs::languages().position(|tag| tag == pack.tag)?;
        let load = || match &pack.tagger {
            Cow::Borrowed(bytes) => Model::from_prepared(bytes).ok(),
            Cow::Owned(_) => None,
        };
        let model = LOADED.get(number)?.get_or_init(load).as_ref()?;
        Some(Tagger { model, number })
    }

    /// The name of a tag of this tagger.
    pub(crate) fn name(self, tag: Tag) -> &'static str {
        self.model.name(tag)
    }

    /// Lends the model and this thread's memory of its words, which changes how long tagging takes and nothing else.
    pub(crate) fn lend<T>(self, work: impl FnOnce(&Model, &mut Scratch) -> T) -> T {
        thread_local! {
            static SCRATCH: [RefCell<Scratch>; MOST] = const { [const { RefCell::new(Scratch::NEW) }; MOST] };
        }
        SCRATCH.with(|all| work(self.model, &mut all[self.number].borrow_mut()))
    }
}
