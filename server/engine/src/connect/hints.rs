//! What events and returns hint at.

use relink_mastercard::event::EventKind;

use super::session::Hint;

/// The hint in an event; `None` for kinds that say nothing of a lite visit.
pub fn hint_of_event(kind: &EventKind, code: Option<i64>) -> Option<Hint> {
    match kind {
        EventKind::Started => Some(Hint::Opened),
        EventKind::Adding | EventKind::Mfa | EventKind::Discovered => Some(Hint::Adding),
        EventKind::InvalidCredentials => Some(Hint::SignInRefused),
        EventKind::Added | EventKind::CredentialsUpdated => Some(Hint::Added),
        EventKind::UnableToConnect | EventKind::InstitutionNotSupported => {
            Some(Hint::Trouble(code))
        }
        EventKind::Done => Some(Hint::Finished),
        EventKind::Ping
        | EventKind::InstitutionNotFound
        | EventKind::InstitutionSupported
        | EventKind::AccountsDeleted
        | EventKind::Unknown(_) => None,
    }
}

/// The parameters that Data Connect appends to `redirectUri`. No official table
/// of them is known and anybody can forge them, so each is a hint, an unknown
/// one is none, and their absence says only that the browser is back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnHint {
    /// `complete`, `exit`, `error`, `timeout`, `done`.
    pub reason: Option<String>,
    /// 200, 100, 500, 201, 1440; seen as number and as text.
    pub code: Option<String>,
}

impl ReturnHint {
    /// What to learn from it.
    pub fn hints(&self) -> Vec<Hint> {
        let said = match (self.reason.as_deref(), self.code.as_deref()) {
            // Fix's "nothing to repair", whatever the reason beside it says.
            (_, Some("201")) => return vec![Hint::Returned, Hint::NothingToRepair],
            (_, Some("200")) | (Some("complete" | "done"), _) => Some(Hint::Finished),
            (_, Some("100")) | (Some("exit" | "cancel"), _) => Some(Hint::Left),
            (_, Some("1440")) | (Some("timeout"), _) => Some(Hint::TimedOut),
            // The code here is the visit's, not an aggregation's.
            (Some("error"), _) | (_, Some("500")) => Some(Hint::Trouble(None)),
            _ => None,
        };
        std::iter::once(Hint::Returned).chain(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::complete(Some("complete"), Some("200"), Some(Hint::Finished))]
    #[case::exit(Some("exit"), Some("100"), Some(Hint::Left))]
    #[case::nothing_to_repair(Some("error"), Some("201"), Some(Hint::NothingToRepair))]
    #[case::error(Some("error"), Some("500"), Some(Hint::Trouble(None)))]
    #[case::timeout(Some("timeout"), Some("1440"), Some(Hint::TimedOut))]
    #[case::oauth(Some("done"), None, Some(Hint::Finished))]
    #[case::forged(Some("<script>"), Some("-1"), None)]
    #[case::bare(None, None, None)]
    fn returns(
        #[case] reason: Option<&str>,
        #[case] code: Option<&str>,
        #[case] said: Option<Hint>,
    ) {
        let hint = ReturnHint {
            reason: reason.map(str::to_owned),
            code: code.map(str::to_owned),
        };
        let expected: Vec<Hint> = std::iter::once(Hint::Returned).chain(said).collect();
        assert_eq!(hint.hints(), expected);
    }
}
