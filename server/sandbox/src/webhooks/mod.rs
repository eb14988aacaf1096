//! Session events: what they look like and how they are sent.

mod event;
mod sender;
mod xml;

pub(crate) use event::Event;
pub(crate) use sender::{ping, run, sender};
