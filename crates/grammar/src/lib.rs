//! The pattern language over annotated tokens: its compiler and matcher.
