//! What the hosted pages need from the rest of the sandbox.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::people::{AccountSeed, Person, Username};
use crate::state::{AccountId, CustomerId, FixAnswer, InstitutionId, LinkId, LoginId, StatusCode};

/// The sandbox as the hosted pages see it. No method blocks on the network:
/// events are queued, and sent elsewhere.
pub trait World: Send + Sync + 'static {
    /// The sandbox's clock.
    fn now(&self) -> DateTime<Utc>;

    /// Bytes for the id of a visit, which is all that protects it.
    fn random(&self) -> [u8; 16];

    /// Checks signature, lifetime and single use of a link, given its raw query.
    fn open_link(&self, query: &str) -> Result<Link, LinkFault>;

    /// The visit succeeded: a single-use link dies.
    fn complete_link(&self, link: &LinkId);

    /// The institution as it is now, faults set by the control page included.
    fn institution(&self, id: InstitutionId) -> Option<Institution>;

    /// A customer's login with its accounts.
    fn login(&self, customer: CustomerId, login: LoginId) -> Option<Login>;

    /// Makes the person's login with the link's customer, or finds it, with these
    /// accounts; answers full account records as the `added` event carries them.
    fn connect(
        &self,
        link: &LinkId,
        institution: InstitutionId,
        person: &'static Person,
        seeds: &[AccountSeed],
    ) -> Vec<Value>;

    /// The sign-in of a login was renewed; answers its account records.
    fn repair(&self, link: &LinkId, login: LoginId) -> Vec<Value>;

    /// Queues an event for the link's webhook. `trigger` is the `eventTrigger`.
    fn record_event(
        &self,
        link: &LinkId,
        event_type: &str,
        payload: Value,
        trigger: Option<&'static str>,
    );
}

/// A generated link that has passed its check.
#[derive(Clone, Debug)]
pub struct Link {
    /// Names it.
    pub id: LinkId,
    /// Whom it was made for.
    pub customer: CustomerId,
    /// What it opens.
    pub flow: Flow,
    /// Where the browser goes at the end, unless an SDK is listening.
    pub redirect_uri: Option<String>,
    /// Types that the experience lets through; all when absent.
    pub account_types: Option<Vec<String>>,
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Adds accounts at one institution.
    Lite(InstitutionId),
    /// Renews the sign-in of one login.
    Fix(LoginId),
    /// Full, joint borrower or e-mail, by the name a person would use.
    NotPlayed(&'static str),
}

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// The signature is not ours, or a part is missing.
    Invalid,
    /// Past its lifetime.
    Expired,
    /// Single use, and a visit has succeeded.
    Used,
}

/// An institution as a visit needs it.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Its id.
    pub id: InstitutionId,
    /// Where people have the accounts that they find there: an institution that
    /// moved there, or itself.
    pub home: InstitutionId,
    /// What a person calls it.
    pub name: String,
    /// Whether people sign in on its own site.
    pub oauth: bool,
    /// Its colour, `#rrggbb`.
    pub colour: Option<String>,
    /// Its home page.
    pub url_home: Option<String>,
    /// Whether it can be reached.
    pub reach: Reach,
}

/// Whether an institution can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It can.
    Online,
    /// It cannot now.
    Offline,
    /// Data Connect does not work with it.
    Unsupported,
}

/// A login as Fix needs it.
#[derive(Clone, Debug)]
pub struct Login {
    /// Where its sign-in is renewed: at the new institution of one that moves.
    pub institution: InstitutionId,
    /// Where its accounts were opened.
    pub home: InstitutionId,
    /// What Fix says of it.
    pub answer: FixAnswer,
    /// Who signed in when it was made.
    pub person: Username,
    /// Its accounts.
    pub accounts: Vec<LoginAccount>,
}

/// An account of a login.
#[derive(Clone, Debug)]
pub struct LoginAccount {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Last four characters of its number.
    pub mask: String,
    /// Result of the last aggregation; absent before the first.
    pub code: Option<StatusCode>,
}

impl Login {
    /// Whether any account waits for the person. A code that Fix cannot heal
    /// does not make the login one for Fix.
    pub fn needs_person(&self) -> bool {
        let mut codes = self.accounts.iter().filter_map(|account| account.code);
        self.answer == FixAnswer::Honest && codes.any(StatusCode::is_fixable)
    }
}
