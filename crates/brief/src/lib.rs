//! From a ledger to the round-up a desk publishes.
