//! The person's own sign-in with us (not an account at an institution).

use serde::{Deserialize, Serialize};

use super::ids::SignInRef;
use super::shared::When;

/// What every page may say about who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The e-mail address.
    pub email: String,
    /// Whether it is proven.
    pub address: Address,
}

/// Whether an e-mail address is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Address {
    /// The link in the mail was used.
    Confirmed,
    /// Not yet.
    Unconfirmed,
}

/// One signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// For revoking.
    pub id: SignInRef,
    /// "Firefox on Linux", read from the user agent by the server.
    pub device: String,
    /// The network address last seen.
    pub address: String,
    /// When it began.
    pub started: When,
    /// When it was last used, to the nearest few minutes.
    pub last_used: When,
    /// Whether it is the one looking.
    pub which: Which,
}

/// Time zones, by their IANA names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    /// What the person chose.
    pub chosen: Option<String>,
    /// What counts for people who chose none.
    pub usual: String,
    /// Every one.
    pub all: Vec<String>,
}

/// Which signed-in browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// The one looking at this page.
    This,
    /// Another.
    Other,
}
