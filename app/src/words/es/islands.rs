//! Spanish: not translated yet.

pub(super) use super::super::en::islands::ISLANDS;
