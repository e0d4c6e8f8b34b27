//! SQLite: reports and their readings, kept whole.
