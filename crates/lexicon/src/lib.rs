//! Language packs: dictionaries and rules as loaded data.
