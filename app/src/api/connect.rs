//! One visit to Data Connect: the start, what is known while it runs, its end.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::accounts::AccountRow;
use super::ids::{ConnectionRef, InstitutionId, SessionRef};
use super::refusal::{Fault, refusal};
use super::search::Unavailable;
use super::shared::{InstitutionName, Reference, When, named};
use super::wording::Wording;

/// What a person asks for with the button of the confirm page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Where.
    pub institution: InstitutionId,
    /// The version of the texts that were on the page.
    pub consent_version: String,
    /// How the hosted page will be shown.
    pub window: Window,
    /// Whether it is another sign-in than one there that can be fixed.
    pub another: bool,
}

/// How the hosted page is shown. The script asks for a window on wide screens
/// only; the server decides again, by the operator's setting and OAuth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Window {
    /// The whole page leaves.
    Redirect,
    /// In a frame of ours, by the SDK.
    Embedded,
    /// In a window of its own, by the SDK.
    Popup,
}

/// A link, once. It is a bearer credential: never stored, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// Our row of the visit.
    pub session: SessionRef,
    /// Where it leads.
    pub institution: InstitutionName,
    /// How to show it.
    pub window: Window,
    /// Mastercard's link.
    pub link: String,
    /// The path of `redirectUri`: where the script goes when the SDK ends, with
    /// `reason` and `code` as Data Connect would append them.
    pub return_url: String,
}

impl std::fmt::Debug for Launch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Launch")
            .field("session", &self.session)
            .field("institution", &self.institution)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

/// Why no link could be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StartError {
    /// The institution is not there any more.
    Gone,
    /// The institution cannot be chosen now.
    Unavailable(Unavailable),
    /// The operator's texts changed while the page was open.
    ConsentChanged,
    /// The person has a connection there that can be fixed.
    FixFirst,
    /// The person's e-mail address is not confirmed.
    EmailNotConfirmed,
    /// Mastercard refuses our credentials.
    NotAccepted(Reference),
    /// Mastercard could not reach our webhook.
    WebhookNotReached(Reference),
    /// Mastercard does not answer, or answers nonsense.
    Upstream(Reference),
    /// As with any call.
    Fault(Fault),
}

refusal!(StartError {
    Self::Gone => 404,
    Self::Unavailable(_) | Self::ConsentChanged | Self::FixFirst => 409,
    Self::EmailNotConfirmed => 403,
    Self::NotAccepted(_) | Self::WebhookNotReached(_) | Self::Upstream(_) => 503,
});

/// A visit as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Which visit.
    pub id: SessionRef,
    /// Where.
    pub institution: InstitutionName,
    /// How far it is.
    pub stage: Stage,
    /// The connection that it repairs; absent: it connects.
    pub repairs: Option<ConnectionRef>,
}

/// How far a visit is. The first three change by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The link is made, its page was not seen to open.
    Waiting,
    /// The person is at Data Connect or the institution.
    AtInstitution,
    /// The person is back, or was seen to finish; the accounts are being read.
    Checking(Steps),
    /// Proven: accounts arrived.
    Connected(Arrived),
    /// Time is up. It seemed to end well, but no account has arrived yet; a
    /// late one still turns this into [`Stage::Connected`].
    SettingUp,
    /// It did not work.
    Failed(Cause),
    /// The person went away without an end.
    Left,
    /// The link or the visit ran out of time.
    Expired,
    /// A repair is over.
    Repair(RepairEnd),
}

/// How a repair ended. Leaving, running out of time and "no link" end as they
/// do where one connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RepairEnd {
    /// Proven by a reading.
    Repaired {
        /// The next connection that can be fixed, and how many there are.
        next: Option<(ConnectionRef, String, u32)>,
    },
    /// The person signed in, and no data has come yet.
    SignedIn {
        /// Whether the person may ask for it.
        refresh: Refresh,
        /// By when it is read next.
        reading: When,
    },
    /// Data Connect found nothing to repair, and a reading disagrees.
    NothingToRepair {
        /// By when it is read next.
        reading: When,
    },
    /// The permission has another end: proven by a reading.
    Renewed,
    /// The person signed in, and the permission still ends when it did.
    RenewalOpen {
        /// By when it is read next.
        reading: When,
    },
    /// Data Connect found nothing to renew yet.
    TooEarly {
        /// The end of the permission: from then on it can be fixed.
        by: When,
    },
    /// Somebody signed in whose accounts are others.
    OtherAccounts,
    /// It is still broken, by this cause.
    StillBroken(Wording),
}

/// What the page's script asks for: a [`Stage`] without what only the page
/// shows. (The whole view would add a third to what the browser loads.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How far it is.
    pub phase: Phase,
    /// The steps, while checking.
    pub steps: Option<Steps>,
}

/// A stage by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Phase {
    /// [`Stage::Waiting`].
    Waiting,
    /// [`Stage::AtInstitution`].
    AtInstitution,
    /// [`Stage::Checking`].
    Checking,
    /// Any other: nothing changes by itself.
    Over,
}

named!(Phase {
    Waiting,
    AtInstitution,
    Checking,
    Over
});

impl From<&Stage> for Progress {
    fn from(stage: &Stage) -> Self {
        let (phase, steps) = match stage {
            Stage::Waiting => (Phase::Waiting, None),
            Stage::AtInstitution => (Phase::AtInstitution, None),
            Stage::Checking(steps) => (Phase::Checking, Some(*steps)),
            Stage::Connected(_)
            | Stage::SettingUp
            | Stage::Failed(_)
            | Stage::Left
            | Stage::Expired
            | Stage::Repair(_) => (Phase::Over, None),
        };
        Self { phase, steps }
    }
}

/// The real steps of "checking", each as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// The person came back to us.
    pub returned: Step,
    /// The institution accepted the sign-in.
    pub signed_in: Step,
    /// Accounts were found.
    pub accounts_found: Step,
    /// Seconds until an end is told, at most 120.
    pub seconds_left: u32,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Step {
    /// Not seen yet.
    Open,
    /// Seen.
    Done,
}

named!(Step { Open, Done });

/// What arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Our row.
    pub connection: ConnectionRef,
    /// Every account that this visit brought, also those already decided.
    pub accounts: Vec<AccountRow>,
    /// Whether the choice was made.
    pub choice: Choice,
    /// Whether their first data is there.
    pub data: FirstData,
    /// Whether the person may ask for it.
    pub refresh: Refresh,
}

/// Whether a refresh can be asked for: once a visit, with the person present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refresh {
    /// Yes.
    Possible,
    /// It was, or there is nothing left to wait for.
    Spent,
}

/// Whether every arrived account had its first aggregation. An absent
/// aggregation status code is `Coming`, never `There`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstData {
    /// Not yet.
    Coming,
    /// Yes.
    There,
}

/// Whether the person said which accounts to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// Not yet. Without an answer, the operator's setting applies at that time.
    Open(Option<Unanswered>),
    /// Yes.
    Made,
}

/// What happens to accounts that nobody decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unanswered {
    /// They are kept from then on.
    Kept(When),
    /// They are removed then.
    Removed(When),
}

/// Why a visit ended without a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// User name or password refused.
    SignInRefused,
    /// The second factor was wrong or too late.
    SecondFactor,
    /// The institution has locked the sign-in.
    Locked,
    /// The institution wants something done on its own site first.
    ActionNeeded,
    /// The person did not give the permission, or took it back.
    PermissionRefused,
    /// Signed in, but there is no account that can be connected.
    NoAccounts,
    /// The institution does not answer.
    InstitutionDown,
    /// The institution is not supported any more.
    NotSupported,
    /// It ended well, but everything it showed was connected before.
    NothingNew,
    /// Mastercard made no link, so there was nothing to open.
    NoLink,
    /// Mastercard does not answer.
    Upstream,
    /// Nothing was proven in time, and nothing says why.
    Unproven,
}

/// Why a visit cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionError {
    /// As with any call.
    Fault(Fault),
}

refusal!(SessionError {});

/// Makes a link, for the embedded and popup windows.
#[server(name = StartCall, prefix = "/rpc", endpoint = "start", input = leptos::server_fn::codec::Json)]
pub async fn start(
    /// Where.
    institution: InstitutionId,
    /// The version of the texts that were on the page.
    consent_version: String,
    /// How the hosted page will be shown.
    window: Window,
    /// Whether it is another sign-in than one there that can be fixed.
    #[server(default)]
    another: bool,
) -> Result<Launch, StartError> {
    let start = Start {
        institution,
        consent_version,
        window,
        another,
    };
    super::visit::answer(async |person| person.connecting.start(start).await).await
}

/// How far a visit is.
#[server(prefix = "/rpc", endpoint = "session", input = leptos::server_fn::codec::GetUrl)]
pub async fn session(
    /// Which visit.
    id: SessionRef,
) -> Result<Progress, SessionError> {
    super::visit::answer(async |person| {
        let view = person.connecting.session(id).await?;
        Ok(Progress::from(&view.stage))
    })
    .await
}
