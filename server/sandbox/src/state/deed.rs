//! What can befall logins, accounts and institutions: the common language of
//! the control page and of scenarios.

use std::num::NonZeroUsize;

use chrono::{DateTime, Duration, Utc};

use super::{
    AccountId, Availability, Break, CustomerId, FixAnswer, HealsBy, InstitutionId, LoginId, NewIds,
    StatusCode,
};

/// Something that happens, and to whom.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// To logins.
    Logins(Whom, LoginDeed),
    /// To one account.
    Account(AccountId, AccountDeed),
    /// To institutions, for logins that are made later as well.
    Institutions(Vec<InstitutionId>, InstitutionDeed),
    /// The customers are deleted upstream.
    DeleteCustomers(Whom),
}

/// Which logins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whom {
    /// Of these,
    pub who: Who,
    /// so many.
    pub part: Part,
}

/// Logins by what they have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// All there are.
    Everybody,
    /// Those of a customer.
    Customer(CustomerId),
    /// Those that a person signed in to, whatever the customer.
    Person(String),
    /// Those at any of these institutions: twins share a host.
    Institutions(Vec<InstitutionId>),
    /// One.
    Login(LoginId),
}

/// How many of some logins, in an order that follows from the sandbox's seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All.
    All,
    /// So many of a hundred, rounded; one at least, if there is any.
    Percent(Percent),
    /// At most so many.
    Count(usize),
    /// Every Nth.
    Every(NonZeroUsize),
}

/// A share of 1 to 100 in a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(u8);

impl Percent {
    /// The whole.
    pub const ALL: Self = Self(100);

    /// Takes 1 to 100.
    pub fn new(percent: u8) -> Option<Self> {
        (1..=100).contains(&percent).then_some(Self(percent))
    }

    pub(super) fn of(self, all: usize) -> usize {
        let share = (all * usize::from(self.0) + 50) / 100;
        share.max(1).min(all)
    }
}

impl Part {
    pub(super) fn keep<T>(self, all: Vec<T>) -> Vec<T> {
        let many = all.len();
        let all = all.into_iter();
        match self {
            Self::All => all.collect(),
            Self::Percent(percent) => all.take(percent.of(many)).collect(),
            Self::Count(count) => all.take(count).collect(),
            Self::Every(nth) => all.skip(nth.get() - 1).step_by(nth.get()).collect(),
        }
    }
}

/// What befalls a login.
#[derive(Clone, Debug, PartialEq)]
pub enum LoginDeed {
    /// Something befalls this share of its accounts.
    Accounts(Percent, AccountDeed),
    /// The nightly batch and first aggregations pass it over.
    Freeze,
    /// They no longer do.
    Thaw,
    /// It is to go to another institution.
    Migrate(Migration),
    /// Ids change, and nothing else.
    ChangeIds(NewIds),
    /// What Fix says from now on.
    Fix(FixAnswer),
    /// The person signs in anew, as through Fix.
    SignIn,
}

/// What befalls an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountDeed {
    /// It breaks, or heals.
    Break(Option<Wound>),
    /// Its authorization ends.
    Expire(When),
    /// It is not listed any more.
    Close,
}

/// What befalls an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstitutionDeed {
    /// An availability over its record; `None` takes it off.
    Availability(Option<Availability>),
    /// It is announced to move there; `None` takes that off.
    Successor(Option<InstitutionId>),
    /// The nightly batch and first aggregations pass it over.
    Freeze,
    /// They no longer do.
    Thaw,
}

/// A time, or a span from the moment of the deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Then.
    At(DateTime<Utc>),
    /// So much later.
    After(Duration),
}

impl When {
    pub(super) fn from(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::At(time) => time,
            Self::After(span) => now + span,
        }
    }
}

/// A break to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wound {
    /// What attempts will end with.
    pub code: StatusCode,
    /// What will end it.
    pub cure: Cure,
}

/// What will end a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// [`HealsBy::Fix`].
    Fix,
    /// [`HealsBy::At`].
    Time(When),
    /// [`HealsBy::Never`].
    Never,
}

impl Cure {
    /// What ends breaks of which nothing else is said: Fix, where it can.
    pub fn of(code: StatusCode) -> Self {
        if code.is_fixable() {
            Self::Fix
        } else {
            Self::Never
        }
    }
}

impl Wound {
    pub(super) fn at(self, now: DateTime<Utc>) -> Break {
        let heals = match self.cure {
            Cure::Fix => HealsBy::Fix,
            Cure::Time(end) => HealsBy::At(end.from(now)),
            Cure::Never => HealsBy::Never,
        };
        Break {
            code: self.code,
            heals,
        }
    }
}

/// How a login moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Where to.
    pub to: InstitutionId,
    /// Whether people sign in on its own site.
    pub oauth: bool,
    /// The code of its accounts until Fix.
    pub code: StatusCode,
    /// Which ids change.
    pub ids: NewIds,
    /// When the accounts carry the new ids.
    pub moves: Moves,
}

/// When a migrating login's records change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Moves {
    /// With the Fix.
    #[default]
    WithFix,
    /// At once; the code stays until Fix.
    AtOnce,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn every(nth: usize) -> Part {
        Part::Every(NonZeroUsize::new(nth).unwrap())
    }

    fn percent(percent: u8) -> Part {
        Part::Percent(Percent::new(percent).unwrap())
    }

    #[rstest]
    #[case(Part::All, 5, &[1, 2, 3, 4, 5])]
    #[case(Part::Count(2), 5, &[1, 2])]
    #[case(Part::Count(9), 3, &[1, 2, 3])]
    #[case(every(2), 5, &[2, 4])]
    #[case(every(7), 5, &[])]
    #[case(percent(50), 5, &[1, 2, 3])]
    #[case(percent(1), 5, &[1])]
    #[case(percent(1), 0, &[])]
    #[case(percent(100), 3, &[1, 2, 3])]
    fn parts(#[case] part: Part, #[case] all: u32, #[case] kept: &[u32]) {
        assert_eq!(part.keep((1..=all).collect()), kept);
    }

    #[test]
    fn a_share_is_one_to_a_hundred() {
        assert_eq!(Percent::new(0), None);
        assert_eq!(Percent::new(101), None);
        assert_eq!(Percent::new(100), Some(Percent::ALL));
    }
}
