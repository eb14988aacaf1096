//! What is known of a user when it is decided what to tell.

/// Everything that [`super::decide`] looks at.
#[derive(Debug, Clone)]
pub struct Facts {}
