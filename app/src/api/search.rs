//! Finding the institution.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ids::InstitutionId;
use super::refusal::{Fault, refusal};
use super::shared::named;

/// What a search found, best first; what cannot be chosen comes last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// At most as many as a page shows (20).
    pub hits: Vec<Hit>,
    /// How many match in all.
    pub total: u32,
    /// None fits all that was typed: worth a question to Mastercard, once the
    /// person stops typing.
    pub poor: bool,
}

/// One institution in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Mastercard's id.
    pub id: InstitutionId,
    /// The display name.
    pub name: String,
    /// What tells twins apart: the home page's host, without `www.`.
    pub host: Option<String>,
    /// What tells twins apart: city or state.
    pub place: Option<String>,
    /// What tells twins apart: what it is.
    pub kind: Option<Kind>,
    /// Where the person will sign in.
    pub sign_in: SignInPlace,
    /// Whether it can be chosen now.
    pub availability: Availability,
    /// Whether this person is connected to it.
    pub relation: Relation,
}

/// What an institution is, from `accountTypeDescription` and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// Checking and savings.
    Bank,
    /// A credit union.
    CreditUnion,
    /// Credit and store cards.
    Cards,
    /// Brokers and funds.
    Investments,
    /// 401(k) and other plans of an employer.
    Retirement,
    /// Mortgages and loans.
    Loans,
    /// Insurance.
    Insurance,
    /// Mastercard's test institutions.
    Test,
}

named!(Kind {
    Bank,
    CreditUnion,
    Cards,
    Investments,
    Retirement,
    Loans,
    Insurance,
    Test
});

/// Where the sign-in happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum SignInPlace {
    /// At the institution's own site (OAuth).
    OwnSite,
    /// On Mastercard Data Connect's page.
    DataConnect,
}

named!(SignInPlace {
    OwnSite,
    DataConnect
});

/// Whether an institution can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Availability {
    /// Yes.
    Open,
    /// Yes, but it may not work now.
    Maintenance,
    /// Yes, but many cannot be read there now.
    Troubled,
    /// No.
    Unavailable(Unavailable),
}

/// Why an institution cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Unavailable {
    /// It does not answer Mastercard at present.
    Offline,
    /// It lacks the products that this installation needs.
    Unsupported,
    /// Our registration at this OAuth institution is not finished.
    NotRegistered,
}

named!(Unavailable {
    Offline,
    Unsupported,
    NotRegistered
});

/// Whether the person is connected to it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Relation {
    /// Not yet.
    New,
    /// At least one connection.
    Connected,
}

named!(Relation { New, Connected });

/// Whether a term is all that the person wants to type. What is on the way to
/// a longer one is looked up in our directory and leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Typing {
    /// A key was just pressed.
    Ongoing,
    /// The form was sent, or no key came for a while: if nothing fits,
    /// Mastercard is asked once, and what is found nowhere is counted.
    #[default]
    Done,
}

named!(Typing { Ongoing, Done });

/// Why a search gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchError {
    /// The directory was never copied, and Mastercard does not answer.
    NoDirectory,
    /// As with any call.
    Fault(Fault),
}

refusal!(SearchError { Self::NoDirectory => 503 });

/// Institutions for a term: name, alias, address or routing number.
#[server(prefix = "/rpc", endpoint = "search", input = leptos::server_fn::codec::GetUrl)]
pub async fn search(
    /// What was typed.
    term: String,
    /// Whether that is all.
    #[server(default)]
    typing: Typing,
) -> Result<Found, SearchError> {
    super::visit::answer(async |person| person.institutions.search(&term, typing).await).await
}
