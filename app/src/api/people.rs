//! People with a sign-in, as an admin sees them.

use serde::{Deserialize, Serialize};

use super::account::SignIn;
use super::forms::Tone;
use super::ids::{InvitationRef, UserRef};
use super::paths;
use super::shared::When;

/// The query's names: how an address begins, a role, and whom to go on after.
pub const QUERY: [&str; 3] = ["q", "role", "after"];

/// No e-mail address is longer.
pub const LONGEST: usize = 320;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Sees and changes their own.
    User,
    /// Looks at the pages of staff.
    Viewer,
    /// Helps users.
    Support,
    /// Runs the installation.
    Admin,
}

impl Role {
    /// From who may least to who may most.
    pub const ALL: [Self; 4] = [Self::User, Self::Viewer, Self::Support, Self::Admin];

    /// What forms and addresses carry.
    pub const fn value(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Viewer => "viewer",
            Self::Support => "support",
            Self::Admin => "admin",
        }
    }

    /// Reads it back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.value() == text)
    }
}

/// Which people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleFilter {
    /// How their address begins.
    pub beginning: String,
    /// What they may do.
    pub role: Option<Role>,
}

impl PeopleFilter {
    /// The page after `after`.
    pub fn address(&self, after: Option<UserRef>) -> String {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let role = self.role.map(Role::value).unwrap_or_default();
        paths::with_query(paths::PEOPLE, &QUERY, &[&self.beginning, role, &after])
    }
}

/// Whether somebody can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// They can.
    Active,
    /// Not before the address is confirmed.
    Unconfirmed,
    /// Not since then.
    Disabled(When),
}

/// Somebody in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub id: UserRef,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they can sign in.
    pub standing: Standing,
    /// Since when there is a sign-in.
    pub since: When,
    /// Whether a second step is asked of them.
    pub has_factor: bool,
}

/// Some of the people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeoplePage {
    /// By address.
    pub rows: Vec<PersonRow>,
    /// After whom the next page begins, if there is one.
    pub next: Option<UserRef>,
}

/// An invitation that can still be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub id: InvitationRef,
    /// Whom it is for.
    pub email: String,
    /// As what.
    pub role: Role,
    /// Who invited; absent: somebody at the machine.
    pub inviter: Option<String>,
    /// Until when it is good.
    pub until: When,
}

/// Who holds a letter that invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Whom it is for.
    pub email: String,
    /// As what.
    pub role: Role,
}

/// Some of the invitations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitations {
    /// By address.
    pub rows: Vec<Invitation>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// Whose page an admin looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Their own: some acts need another admin.
    Own,
    /// Another's.
    Another,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPage {
    /// As in the list.
    pub row: PersonRow,
    /// Whether it is the admin.
    pub whose: Whose,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// When one was last used.
    pub passkey_used: Option<When>,
    /// Where they are signed in.
    pub sign_ins: Vec<SignIn>,
}

/// What became of an act on a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonNotice {
    /// A letter is on its way.
    Invited,
    /// The address has a user.
    AlreadyThere,
    /// Nobody may sign up here.
    SignUpOff,
    /// They may do more, or less.
    RoleChanged,
    /// They are let in no more.
    Disabled,
    /// They are let in again.
    Enabled,
    /// So many sign-ins ended.
    SignInsEnded(u32),
    /// Their second step is gone.
    FactorReset,
    /// There was no second step to take away.
    NoFactor,
    /// Nobody does this to themselves.
    Oneself,
    /// There would be no admin left.
    LastAdmin,
    /// The address is not confirmed.
    Unproven,
    /// Another address was typed than theirs.
    AnotherAddress,
    /// They are erased.
    Erased,
    /// An invitation is taken back.
    Withdrawn,
    /// It is not open any more.
    NotOpen,
}

impl PersonNotice {
    /// How it is said.
    pub fn tone(self) -> Tone {
        match self {
            Self::Invited
            | Self::RoleChanged
            | Self::Disabled
            | Self::Enabled
            | Self::SignInsEnded(_)
            | Self::FactorReset
            | Self::Erased
            | Self::Withdrawn => Tone::Fine,
            Self::AlreadyThere
            | Self::SignUpOff
            | Self::NoFactor
            | Self::Oneself
            | Self::LastAdmin
            | Self::Unproven
            | Self::AnotherAddress
            | Self::NotOpen => Tone::Act,
        }
    }
}
