//! Pages over a ledger.
