//! French: not translated yet.

pub(super) use super::super::en::frame::{FAULT, FRAME, LANDING, OUTBOX};
