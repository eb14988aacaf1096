//! Spanish.

pub(super) mod codes;
