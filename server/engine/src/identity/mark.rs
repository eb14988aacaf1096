//! What a sign-in gives to a browser's session.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Shown;
use crate::ids::UserId;

const LONGEST_USER_AGENT: usize = 200;

/// Where a sign-in comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The address, behind the trusted proxies.
    pub address: IpAddr,
    /// The browser, in its own words.
    pub user_agent: Option<String>,
}

impl Client {
    /// The browser's words as they are stored.
    pub(crate) fn short_user_agent(&self) -> Option<String> {
        let words = self.user_agent.as_ref()?;
        let words = words.chars().filter(|c| !c.is_control());
        Some(words.take(LONGEST_USER_AGENT).collect())
    }
}

/// Says in a new session's data whose it is. Only a sign-in makes one.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct SignInMark(Mark);

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) user: UserId,
    pub(super) at: DateTime<Utc>,
    pub(super) address: IpAddr,
    pub(super) user_agent: Option<String>,
    #[serde(default)]
    pub(super) shown: Option<Shown>,
    #[serde(default)]
    pub(super) reason: Reason,
    /// When they signed in, where this is no sign-in.
    #[serde(default)]
    pub(super) since: Option<DateTime<Utc>>,
}

/// Why there is a new session of a user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// They signed in.
    #[default]
    SignedIn,
    /// In the place of one that ended with all others.
    Renewed,
}

impl SignInMark {
    pub(super) fn new(
        user: UserId,
        at: DateTime<Utc>,
        client: &Client,
        shown: Option<Shown>,
        reason: Reason,
    ) -> Self {
        Self(Mark {
            user,
            at,
            address: client.address,
            user_agent: client.short_user_agent(),
            shown,
            reason,
            since: None,
        })
    }

    /// The new session is as old as one that ends: no sign-in comes between.
    pub(super) fn since(mut self, then: DateTime<Utc>) -> Self {
        self.0.since = Some(then);
        self
    }

    /// Who signed in.
    pub fn user(&self) -> UserId {
        self.0.user
    }
}
