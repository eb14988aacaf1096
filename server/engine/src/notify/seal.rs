//! What the installation's key proves.

use std::sync::Arc;

use secrecy::SecretSlice;

/// Signs tokens and hides codes; each use has a purpose of its own, so that
/// what was made for one is nothing to another.
#[derive(Clone)]
pub struct Seal(Arc<SecretSlice<u8>>);

impl Seal {
    /// With the installation's key.
    pub fn new(key: SecretSlice<u8>) -> Self {
        Self(Arc::new(key))
    }
}
