//! Spans, encoding repair, language identification, sentences and tokens.
