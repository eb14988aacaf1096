//! Funnels: how far visits and repairs come, and where they stop.
//!
//! A visit that connects is a journey from the choice of an institution to
//! accounts that are kept; a break is one from the first bad reading to the
//! proof. Where a [`Journey`] stands is a pure function of the facts that are
//! kept of it, and no time passes in it: a link that nobody opened is one that
//! nobody has opened so far. So a fact that comes late moves the day on which
//! the journey began, and a recount finds the same.
//!
//! As with [`crate::health`], the unit of work that keeps a fact changes the
//! figures: it takes the journey out as it was and puts it in as it is.

mod broken;
mod journey;
mod look;
#[cfg(test)]
mod look_tests;
mod slice;
mod stop;
#[cfg(any(test, feature = "testing"))]
mod testing;
#[cfg(test)]
mod tests;
mod visit;

pub use broken::{Broken, Repairing};
pub use journey::{Journey, SOON, STEPS, Tried};
pub use look::{Asked, Cohort, Funnels, Part, Seen, Steps, Stopped};
pub use slice::{Channel, Funnel, Slice, Tongue};
pub use stop::Stop;
pub(crate) use visit::connecting;
