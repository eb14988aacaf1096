//! Spanish: not translated yet.

pub(super) use super::super::en::forms::FORMS;
