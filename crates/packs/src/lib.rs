//! The language packs and the gazetteer, compiled from `languages/` and `gazetteer/` when the program is built and
//! carried inside it. Each is loaded on first use.
//!
//! ```
//! let pack = counterclaim_packs::pack("vi").unwrap();
//! assert_eq!(pack.tag, "vi");
//! ```

use counterclaim_lexicon::{Gazetteer, Pack, Side, Sides, War, Wars};
use std::sync::OnceLock;

mod features;

pub use features::FEATURES;

static PACKS: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/packs.rs"));
static PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.gaz"));

static SIDES: &[Side] = &include!(concat!(env!("OUT_DIR"), "/sides.rs"));

/// Who held which place when.
pub fn sides() -> Sides {
    Sides::new(SIDES)
}

static WARS: &[War] = &include!(concat!(env!("OUT_DIR"), "/wars.rs"));

/// When wars began and ended.
pub fn wars() -> Wars {
    Wars::new(WARS)
}

/// Tags of the languages that can be read.
pub fn languages() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|(tag, _)| *tag)
}

/// The pack of a language, by its tag; none where the language cannot be read.
pub fn pack(tag: &str) -> Option<&'static Pack> {
    static LOADED: [OnceLock<Option<Pack>>; 16] = [const { OnceLock::new() }; 16];
    let at = PACKS.iter().position(|(name, _)| *name == tag)?;
    LOADED
        .get(at)?
        .get_or_init(|| Pack::from_bytes(PACKS[at].1).ok())
        .as_ref()
}

/// The gazetteer that the program carries.
pub fn gazetteer() -> &'static Gazetteer {
    static OPENED: OnceLock<Gazetteer> = OnceLock::new();
    OPENED.get_or_init(|| Gazetteer::open(PLACES).expect("the build has made it"))
}
