//! What changed of a connection: one record for its people and for admins.

use serde::{Deserialize, Serialize};

/// A change, as stored. Variants are added, never renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Its first account arrived.
    Connected,
    /// A reading found it broken.
    Broke {
        /// The aggregation status code.
        code: i64,
    },
    /// A reading found another cause.
    CauseChanged {
        /// The code before.
        from: i64,
        /// The code now.
        to: i64,
    },
    /// A reading proved that data flow again.
    Repaired,
    /// Nothing of it is left at Mastercard.
    Gone,
    /// Its person went to repair it.
    RepairBegun,
    /// Its person went to renew the permission.
    RenewalBegun,
    /// Mastercard's answer no longer lists an account.
    AccountGone {
        /// The institution's name for it.
        name: String,
        /// At most its last four letters or digits.
        mask: String,
    },
    /// An account that was gone is listed again.
    AccountBack {
        /// The institution's name for it.
        name: String,
        /// At most its last four letters or digits.
        mask: String,
    },
    /// It moved to another login, as a migration does; its accounts stayed.
    Moved,
    /// The permission to read it has another end.
    Renewed,
}
