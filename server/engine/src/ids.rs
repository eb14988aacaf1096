//! Our own identifiers: one newtype a row kind, so that they cannot be mixed
//! up. All are UUIDs of version 7, made by [`crate::random::Random::id`].

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sqlx::Type,
        )]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A person with a sign-in of ours.
    UserId;
    /// One visit to Data Connect.
    ConnectSessionId;
    /// Our row for one institution login of one customer.
    ConnectionId;
    /// Our row for one account of a connection. Mastercard's own account id is
    /// `relink_mastercard::AccountId`.
    AccountId;
    /// A break of a connection.
    BreakId;
    /// Trouble at an institution or at Mastercard.
    OutageId;
    /// A daily reading of all customers.
    SweepId;
    /// An entry in a connection's history.
    HistoryId;
    /// A notice to a user.
    NoticeId;
    /// A letter or text message with notices.
    DeliveryId;
    /// What Mastercard was told of at once, and is followed.
    CaseId;
    /// An invitation that was not accepted yet.
    InvitationId;
    /// A passkey of a person.
    PasskeyId;
    /// What asks all affected people to repair.
    CampaignId;
    /// A queued job.
    JobId;
    /// A receipt of what a user was told before connecting.
    ReceiptId;
    /// An upload-free public handle of a sign-in session, for listing and
    /// revoking; the session's secret id is stored hashed only.
    SignInId;
}
