//! The known defects of the description.

use serde::Deserialize;
use serde_json::Value;

const FILE: &str = include_str!("defects.yaml");

#[derive(Deserialize)]
pub(crate) struct Defects {
    pub(crate) mend: Vec<Mend>,
    pub(crate) replies: Vec<UnlistedReply>,
}

/// A place to mend.
#[derive(Deserialize)]
pub(crate) struct Mend {
    at: String,
    set: Value,
    because: String,
}

/// A status that may come although it is not listed.
#[derive(Deserialize)]
pub(crate) struct UnlistedReply {
    status: u16,
    operations: Option<Vec<String>>,
    because: String,
}

impl Defects {
    /// # Panics
    ///
    /// When the file is not what the types above say, or gives no reason.
    pub(crate) fn load() -> Self {
        let defects: Self = serde_yaml_ng::from_str(FILE).expect("defects.yaml is well-formed");
        let reasons = defects.mend.iter().map(|mend| &mend.because);
        let reasons = reasons.chain(defects.replies.iter().map(|reply| &reply.because));
        assert!(
            reasons.into_iter().all(|reason| !reason.trim().is_empty()),
            "each defect has a reason"
        );
        defects
    }
}

impl Mend {
    /// Mends the document.
    ///
    /// # Panics
    ///
    /// When the place is gone, or holds the mended value already: the defect
    /// was repaired upstream, and its entry must go.
    pub(crate) fn apply(&self, document: &mut Value) {
        let place = document.pointer_mut(&self.at);
        let place =
            place.unwrap_or_else(|| panic!("{} is not in the description any more", self.at));
        assert_ne!(*place, self.set, "{} is not a defect any more", self.at);
        *place = self.set.clone();
    }
}

impl UnlistedReply {
    pub(crate) fn covers(&self, status: u16, operation: &str) -> bool {
        let here = self.operations.as_ref();
        self.status == status && here.is_none_or(|names| names.iter().any(|name| name == operation))
    }
}
