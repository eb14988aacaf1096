//! French.

pub(super) mod codes;
