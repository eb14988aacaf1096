//! French: not translated yet.

pub(super) use super::super::en::connect::{CHOICE, CONFIRM, FIND, VISIT};
