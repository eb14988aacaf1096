//! What a page posts without script, and what the next page says about it.
//!
//! A form handler of the server answers a mistake with 303 to the page it came
//! from and leaves a [`Flash`]; the page shows it once. Names are shared here,
//! so that a field cannot be called one thing by the page and another by its
//! handler.

use serde::{Deserialize, Serialize};

use super::accounts::Kept;
use super::campaigns::CampaignNotice;
use super::connect::StartError;
use super::connections::RepairError;
use super::factor::FactorNotice;
pub use super::fields::Field;
use super::jobs::OperationNotice;
use super::people::PersonNotice;
use super::shared::{Reference, When};
use super::story::HelpNotice;

/// What a form left behind for the next page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flash {
    /// Which form; none for a notice about the whole page.
    pub form: Option<Form>,
    /// What happened.
    pub notice: Option<Notice>,
    /// What is wrong, beside the field.
    pub problems: Vec<(Field, Problem)>,
    /// What was typed. Never a password: [`Field::is_secret`].
    pub values: Vec<(Field, String)>,
}

impl Flash {
    /// What is wrong with a field of a form.
    pub fn problem(&self, form: Form, field: Field) -> Option<Problem> {
        let mut all = self.problems.iter().filter(|_| self.form == Some(form));
        all.find(|(at, _)| *at == field)
            .map(|(_, problem)| *problem)
    }

    /// What was typed into a field of a form.
    pub fn value(&self, form: Form, field: Field) -> Option<&str> {
        let mut all = self.values.iter().filter(|_| self.form == Some(form));
        all.find(|(at, _)| *at == field && !field.is_secret())
            .map(|(_, value)| &**value)
    }

    /// All that was chosen where several can be.
    pub fn chosen(&self, form: Form, field: Field) -> impl Iterator<Item = &str> {
        let mine = self.form == Some(form) && !field.is_secret();
        let all = self.values.iter();
        all.filter(move |(at, _)| mine && *at == field)
            .map(|(_, value)| &**value)
    }
}

/// A form of ours. Where it posts is in [`super::paths`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// E-mail and password.
    SignIn,
    /// A new person.
    SignUp,
    /// The button behind the link in the mail.
    ConfirmEmail,
    /// A mail for a new password.
    ForgotPassword,
    /// The new password itself.
    ResetPassword,
    /// On the account page.
    ChangePassword,
    /// On the account page: language and time zone.
    Preferences,
    /// On the account page.
    SignIns,
    /// Erases the person.
    Erase,
    /// An institution that is missing.
    Missing,
    /// The confirm page's button.
    Connect,
    /// The choice of accounts.
    Keep,
    /// One account, or a whole connection.
    Remove,
    /// The button "fix" of a connection.
    Repair,
    /// How a person is told.
    Telling,
    /// A number to be proven.
    Phone,
    /// The code that came to it.
    PhoneCode,
    /// The code of the second step.
    SecondStep,
    /// The first code of a second step.
    SetUp,
    /// New recovery codes.
    RecoveryCodes,
    /// Removes the app of the second step.
    RemoveFactor,
    /// A new passkey.
    AddPasskey,
    /// Another name for one.
    RenamePasskey,
    /// Removes one.
    RemovePasskey,
    /// An invitation.
    Invite,
    /// What an admin does with one person.
    Person,
    /// Erases another.
    ErasePerson,
    /// A new campaign.
    Campaign,
}

/// The least length of a password.
pub const PASSWORD_LEAST: usize = 12;

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nothing was typed.
    Missing,
    /// No e-mail address.
    NotAnEmail,
    /// Shorter than [`PASSWORD_LEAST`].
    TooShort,
    /// Longer than we take.
    TooLong,
    /// In the list of common passwords.
    Common,
    /// Not the present password.
    WrongPassword,
    /// Not an invitation, used, or for another address.
    BadInvitation,
    /// No web address.
    NotAnAddress,
    /// No telephone number.
    NotAPhone,
    /// The number's owner answered STOP.
    PhoneStopped,
    /// Not the code that was sent.
    WrongCode,
    /// Not the code of the app, or one that was used.
    WrongAppCode,
    /// The code is older than 10 minutes, or was used.
    CodeTooOld,
    /// No time of day.
    NotATime,
    /// Quiet hours that begin when they end.
    SameTime,
}

/// What happened, for the top of a page or form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Fields are wrong; look beside them.
    LookBelow,
    /// E-mail and password do not fit, whichever it is.
    WrongSignIn,
    /// Too many tries; another may be made after so many minutes.
    TooMany {
        /// At least 1.
        minutes: u32,
    },
    /// Signing in is needed for that page.
    SignInFirst,
    /// The person signed out.
    SignedOut,
    /// The sign-in ended by itself or was revoked.
    SignInEnded,
    /// A mail is on its way, if the address is known to us.
    MailSent,
    /// Sign-up done; a mail is on its way. The same for a known address.
    ConfirmationSent,
    /// The address is proven.
    EmailConfirmed,
    /// The token is unknown, used or older than 30 minutes.
    LinkDead,
    /// The password is new; other sign-ins have ended.
    PasswordChanged,
    /// Language and time zone are chosen.
    PreferencesKept,
    /// One other sign-in has ended.
    SignInRevoked,
    /// All sign-ins have ended.
    SignedOutEverywhere,
    /// The person is erased.
    Erased,
    /// The missing institution was noted.
    MissingNoted,
    /// No link could be made.
    NotStarted(StartError),
    /// The choice is made.
    Kept(Kept),
    /// Accounts arrived meanwhile; choose again.
    ChoiceChanged,
    /// An account was removed.
    AccountRemoved,
    /// A connection is being removed with all its accounts.
    Disconnected,
    /// Everything is being removed.
    AllDisconnected,
    /// The person said which account a missing one is now.
    AccountFound,
    /// A reading just now shows that the connection works.
    AlreadyWorks,
    /// No link to Data Connect Fix could be made.
    NotRepaired(RepairError),
    /// All notices are read.
    NoticesRead,
    /// How the person is told is stored.
    TellingSaved,
    /// Letters go to the address again.
    EmailAgain,
    /// A code is on its way to the phone.
    CodeSent,
    /// Text messages go to the phone.
    PhoneConfirmed,
    /// The phone is forgotten.
    PhoneRemoved,
    /// This installation sends no text messages.
    NoTexts,
    /// Nothing is told of a connection until then.
    Snoozed(When),
    /// A connection is told of again.
    Unsnoozed,
    /// No more letters with notices.
    Unsubscribed,
    /// A letter's link that stops nothing of ours.
    NotALetter,
    /// What became of an act on the second step.
    Factor(FactorNotice),
    /// What became of an act on a person.
    Person(PersonNotice),
    /// What became of an act on events or jobs.
    Operation(OperationNotice),
    /// What became of what support did.
    Help(HelpNotice),
    /// What became of an act on a campaign.
    Campaign(CampaignNotice),
    /// The form came from another site, or the page was too old.
    NotFromHere,
    /// Ours to find; logged under the reference.
    Internal(Reference),
}

impl Notice {
    /// How it is said.
    pub fn tone(&self) -> Tone {
        match self {
            Self::SignedOut
            | Self::MailSent
            | Self::ConfirmationSent
            | Self::EmailConfirmed
            | Self::PasswordChanged
            | Self::PreferencesKept
            | Self::SignInRevoked
            | Self::SignedOutEverywhere
            | Self::Erased
            | Self::MissingNoted
            | Self::Kept(_)
            | Self::AccountRemoved
            | Self::Disconnected
            | Self::AllDisconnected
            | Self::AccountFound
            | Self::AlreadyWorks
            | Self::NoticesRead
            | Self::TellingSaved
            | Self::EmailAgain
            | Self::CodeSent
            | Self::PhoneConfirmed
            | Self::PhoneRemoved
            | Self::Snoozed(_)
            | Self::Unsnoozed
            | Self::Unsubscribed => Tone::Fine,
            Self::Factor(notice) => notice.tone(),
            Self::Person(notice) => notice.tone(),
            Self::Operation(notice) => notice.tone(),
            Self::Help(notice) => notice.tone(),
            Self::Campaign(notice) => notice.tone(),
            Self::SignInFirst | Self::SignInEnded => Tone::Wait,
            Self::LookBelow
            | Self::WrongSignIn
            | Self::TooMany { .. }
            | Self::LinkDead
            | Self::NotStarted(_)
            | Self::NotRepaired(_)
            | Self::ChoiceChanged
            | Self::NoTexts
            | Self::NotALetter
            | Self::NotFromHere
            | Self::Internal(_) => Tone::Act,
        }
    }
}

/// How a state is shown: always icon, words and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Well.
    Fine,
    /// Needs the person.
    Act,
    /// Somebody else is on it.
    Wait,
    /// Over.
    Ended,
}

#[cfg(test)]
mod tests {
    use super::{Field, Flash, Form, Problem};

    #[test]
    fn a_secret_is_never_shown_again_and_forms_do_not_mix() {
        let flash = Flash {
            form: Some(Form::SignIn),
            notice: None,
            problems: vec![(Field::Email, Problem::NotAnEmail)],
            values: vec![(Field::Email, "a".into()), (Field::Password, "b".into())],
        };
        assert_eq!(flash.value(Form::SignIn, Field::Email), Some("a"));
        assert_eq!(flash.value(Form::SignIn, Field::Password), None);
        assert_eq!(flash.value(Form::SignUp, Field::Email), None);
        let found = flash.problem(Form::SignIn, Field::Email);
        assert_eq!(found, Some(Problem::NotAnEmail));
        assert_eq!(flash.problem(Form::SignUp, Field::Email), None);
    }
}
