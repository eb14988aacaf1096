//! Letters to people: what they say, without how they look.

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About<'a> {
    /// Prove that this address is yours.
    ConfirmEmail,
    /// Somebody signed up with an address that has a sign-in already.
    AlreadySignedUp,
    /// Choose a new password.
    ResetPassword,
    /// The password was changed.
    PasswordChanged,
    /// You are invited.
    Invitation,
    /// Accounts arrived and wait to be kept or removed.
    ChoiceWaiting {
        /// Where.
        institution: &'a str,
    },
}

/// A letter in words: the sentences, the button, why it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject line.
    pub subject: String,
    /// Plain paragraphs, before the button.
    pub paragraphs: Vec<String>,
    /// What the button says; where it leads is the sender's.
    pub button: String,
    /// Why the reader gets this, and what to do if it was not them.
    pub why: String,
}
