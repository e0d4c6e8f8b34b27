//! From a document to its claims: the passes, in the order they run.
