//! What is the same for everybody: the installation itself.

use serde::{Deserialize, Serialize};

use super::connect::Window;

/// The installation, as pages need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFacts {
    /// What it is called, in titles and the header.
    pub product: String,
    /// Who runs it, in the footer and consent texts.
    pub operator: Option<String>,
    /// Where to ask for help, if configured.
    pub help: Option<Help>,
    /// The operator's privacy notice, if configured (`https`).
    pub privacy_url: Option<String>,
    /// Who may sign up.
    pub sign_up: SignUpPolicy,
    /// Which Mastercard environment.
    pub environment: Environment,
    /// How the hosted page is shown on wide screens.
    pub window: Window,
    /// Where people begin to repair.
    pub repair_entry: RepairEntry,
    /// What helps before a permission ends.
    pub renewal: Renewal,
    /// Addresses of the built files.
    pub assets: Assets,
}

/// Where people begin to repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepairEntry {
    /// On the card of the connection.
    Standalone,
    /// Where one starts to connect its institution.
    Integrated,
    /// Both.
    Both,
}

/// What helps before a permission ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// The page explains what will happen, and a fresh connection is offered.
    Explained,
    /// Data Connect Fix.
    ThroughFix,
}

/// Where to ask for help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Help {
    /// An e-mail address.
    Email(String),
    /// A page (`https`).
    Page(String),
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignUpPolicy {
    /// Everybody.
    Open,
    /// Who has an invitation.
    Invitation,
    /// Nobody.
    Off,
}

/// Which Mastercard environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Environment {
    /// The built-in simulator.
    Sandbox,
    /// Mastercard's free test environment.
    TestDrive,
    /// Real people, real data.
    Production,
}

/// `assets.json` of `cargo xtask site`: address paths of the built files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The glue of the browser module.
    pub js: String,
    /// The browser module.
    pub wasm: String,
    /// connect-web-sdk, where the build had it.
    pub sdk: Option<String>,
}
