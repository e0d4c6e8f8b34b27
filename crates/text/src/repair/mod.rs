//! Encoding damage, found and mended.
