//! From a wish to a deed.

use std::num::NonZeroUsize;

use chrono::Duration;

use super::{Heals, Place, Verb, Wish, WishError};
use crate::directory::{Directory, InstitutionId};
use crate::people;
use crate::state::{
    AccountDeed, AccountId, Cure, CustomerId, Deed, InstitutionDeed, LoginDeed, LoginId, Migration,
    Part, Percent, StatusCode, When, Who, Whom, Wound,
};

/// The code of migrated accounts until the first sign-in at the new institution.
const MIGRATED: StatusCode = StatusCode(948);

/// Members that are given, by name; whom, how many and when apart.
type Given = (&'static str, bool);

enum Target {
    Logins(Whom),
    Account(AccountId),
}

impl Verb {
    /// The members that say what, as far as the wish takes them.
    fn takes(self) -> &'static [&'static str] {
        match self {
            Self::Break => &["code", "heals", "inDays", "inHours", "at", "accounts"],
            Self::CloseAccounts => &["code", "accounts"],
            Self::Heal => &["accounts"],
            Self::ExpireAuthorization => &["inDays", "inHours", "at", "accounts"],
            Self::SetFix => &["answer"],
            Self::ChangeIds => &["ids"],
            Self::Migrate => &["successor", "code", "ids", "moves"],
            Self::AnnounceSuccessor => &["successor"],
            Self::SetInstitution => &["availability"],
            Self::SignIn | Self::Freeze | Self::Thaw | Self::DeleteCustomer => &[],
        }
    }
}

impl Wish {
    /// The deed that is meant, with institutions looked up.
    pub(crate) fn deed(&self, directory: &Directory) -> Result<Deed, WishError> {
        let takes = self.verb.takes();
        if let Some((name, _)) = self
            .given()
            .iter()
            .find(|(name, given)| *given && !takes.contains(name))
        {
            return Err(WishError::Unfit(name));
        }
        match self.verb {
            Verb::Break => self.on_accounts(AccountDeed::Break(self.wound()?), directory),
            Verb::Heal => self.on_accounts(AccountDeed::Break(None), directory),
            Verb::ExpireAuthorization => {
                let end = self.when()?.unwrap_or(When::After(Duration::zero()));
                self.on_accounts(AccountDeed::Expire(end), directory)
            }
            Verb::CloseAccounts => {
                let closed = self.code.map(|code| Wound {
                    code: StatusCode(code),
                    cure: Cure::Never,
                });
                let deed =
                    closed.map_or(AccountDeed::Close, |wound| AccountDeed::Break(Some(wound)));
                self.on_accounts(deed, directory)
            }
            Verb::Freeze => self.frost(directory, InstitutionDeed::Freeze, LoginDeed::Freeze),
            Verb::Thaw => self.frost(directory, InstitutionDeed::Thaw, LoginDeed::Thaw),
            Verb::SetFix => {
                self.on_logins(LoginDeed::Fix(self.answer.unwrap_or_default()), directory)
            }
            Verb::SignIn => self.on_logins(LoginDeed::SignIn, directory),
            Verb::ChangeIds => {
                let ids = self.ids.ok_or(WishError::Missing("ids"))?;
                self.on_logins(LoginDeed::ChangeIds(ids), directory)
            }
            Verb::Migrate => self.migration(directory),
            Verb::AnnounceSuccessor => {
                let to = self.successor.as_ref();
                let to = to.map(|place| successor(place, directory)).transpose()?;
                let ids = self.institutions(directory)?;
                Ok(Deed::Institutions(ids, InstitutionDeed::Successor(to)))
            }
            Verb::SetInstitution => {
                let ids = self.institutions(directory)?;
                let deed = InstitutionDeed::Availability(self.availability);
                Ok(Deed::Institutions(ids, deed))
            }
            Verb::DeleteCustomer => Ok(Deed::DeleteCustomers(self.whom(directory)?)),
        }
    }

    fn given(&self) -> [Given; 11] {
        [
            ("code", self.code.is_some()),
            ("heals", self.heals.is_some()),
            ("inDays", self.in_days.is_some()),
            ("inHours", self.in_hours.is_some()),
            ("at", self.at.is_some()),
            ("accounts", self.accounts.is_some()),
            ("successor", self.successor.is_some()),
            ("ids", self.ids.is_some()),
            ("moves", self.moves.is_some()),
            ("availability", self.availability.is_some()),
            ("answer", self.answer.is_some()),
        ]
    }

    fn on_accounts(&self, deed: AccountDeed, directory: &Directory) -> Result<Deed, WishError> {
        let share = self
            .accounts
            .map(|share| Percent::new(share).ok_or(WishError::Range("accounts")));
        match (self.target(directory)?, share.transpose()?) {
            (Target::Account(_), Some(_)) => Err(WishError::Unfit("accounts")),
            (Target::Account(id), None) => Ok(Deed::Account(id, deed)),
            (Target::Logins(whom), share) => {
                let share = share.unwrap_or(Percent::ALL);
                Ok(Deed::Logins(whom, LoginDeed::Accounts(share, deed)))
            }
        }
    }

    fn on_logins(&self, deed: LoginDeed, directory: &Directory) -> Result<Deed, WishError> {
        Ok(Deed::Logins(self.whom(directory)?, deed))
    }

    /// A whole institution is frozen for logins that are yet to come as well.
    fn frost(
        &self,
        directory: &Directory,
        whole: InstitutionDeed,
        some: LoginDeed,
    ) -> Result<Deed, WishError> {
        let whom = self.whom(directory)?;
        Ok(match whom {
            Whom {
                who: Who::Institutions(ids),
                part: Part::All,
            } => Deed::Institutions(ids, whole),
            whom => Deed::Logins(whom, some),
        })
    }

    fn migration(&self, directory: &Directory) -> Result<Deed, WishError> {
        let whom = self.whom(directory)?;
        let to = match (&self.successor, &whom.who) {
            (Some(place), _) => successor(place, directory)?,
            (None, Who::Institutions(ids)) => ids
                .iter()
                .filter_map(|id| directory.get(*id))
                .find_map(|record| record.oauth_institution_id.or(record.new_institution_id))
                .filter(|to| directory.get(*to).is_some())
                .ok_or(WishError::Missing("successor"))?,
            (None, _) => return Err(WishError::Missing("successor")),
        };
        let plan = Migration {
            to,
            oauth: directory.get(to).is_some_and(|record| record.oauth_enabled),
            code: self.code.map_or(MIGRATED, StatusCode),
            ids: self.ids.unwrap_or_default(),
            moves: self.moves.unwrap_or_default(),
        };
        Ok(Deed::Logins(whom, LoginDeed::Migrate(plan)))
    }

    fn whom(&self, directory: &Directory) -> Result<Whom, WishError> {
        match self.target(directory)? {
            Target::Logins(whom) => Ok(whom),
            Target::Account(_) => Err(WishError::Unfit("account")),
        }
    }

    fn target(&self, directory: &Directory) -> Result<Target, WishError> {
        let mut named = Vec::new();
        named.extend(self.login.map(|id| Who::Login(LoginId(id))));
        named.extend(self.customer.map(|id| Who::Customer(CustomerId(id))));
        if let Some(name) = &self.person {
            people::person(name).ok_or(WishError::Unknown("person"))?;
            named.push(Who::Person(name.clone()));
        }
        if let Some(place) = &self.institution {
            named.push(Who::Institutions(found(place, directory)?));
        }
        named.extend(self.everybody.then_some(Who::Everybody));
        let part = self.part()?;
        match (self.account, named.len()) {
            (None, 1) => {}
            (Some(id), 0) if part == Part::All => return Ok(Target::Account(AccountId(id))),
            (Some(_), 0) => return Err(WishError::Part),
            _ => return Err(WishError::Whom),
        }
        let who = named.pop().ok_or(WishError::Whom)?;
        Ok(Target::Logins(Whom { who, part }))
    }

    fn part(&self) -> Result<Part, WishError> {
        let count = |number: u32| usize::try_from(number).ok().and_then(NonZeroUsize::new);
        match (self.percent, self.logins, self.every) {
            (None, None, None) => Ok(Part::All),
            (Some(percent), None, None) => {
                let percent = Percent::new(percent).ok_or(WishError::Range("percent"))?;
                Ok(Part::Percent(percent))
            }
            (None, Some(logins), None) => {
                let logins = count(logins).ok_or(WishError::Range("logins"))?;
                Ok(Part::Count(logins.get()))
            }
            (None, None, Some(every)) => {
                let every = count(every).ok_or(WishError::Range("every"))?;
                Ok(Part::Every(every))
            }
            _ => Err(WishError::Part),
        }
    }

    /// For what befalls an institution as a whole.
    fn institutions(&self, directory: &Directory) -> Result<Vec<InstitutionId>, WishError> {
        match self.whom(directory)? {
            Whom {
                who: Who::Institutions(ids),
                part: Part::All,
            } => Ok(ids),
            Whom {
                who: Who::Institutions(_),
                ..
            } => Err(WishError::Part),
            _ => Err(WishError::Missing("institution")),
        }
    }

    fn wound(&self) -> Result<Option<Wound>, WishError> {
        let code = StatusCode(self.code.ok_or(WishError::Missing("code"))?);
        let cure = match (self.heals, self.when()?) {
            (Some(Heals::Fix), None) => Cure::Fix,
            (Some(Heals::Never), None) => Cure::Never,
            (Some(Heals::Time), None) => return Err(WishError::Missing("inHours")),
            (None | Some(Heals::Time), Some(end)) => Cure::Time(end),
            (Some(_), Some(_)) => return Err(WishError::Unfit("heals")),
            (None, None) => Cure::of(code),
        };
        Ok((code != StatusCode::GOOD).then_some(Wound { code, cure }))
    }

    fn when(&self) -> Result<Option<When>, WishError> {
        match (self.at, self.in_days, self.in_hours) {
            (None, None, None) => Ok(None),
            (Some(time), None, None) => Ok(Some(When::At(time))),
            (Some(_), ..) => Err(WishError::Unfit("at")),
            (None, days, hours) => {
                let days = Duration::days(days.unwrap_or_default().into());
                let hours = Duration::hours(hours.unwrap_or_default().into());
                Ok(Some(When::After(days + hours)))
            }
        }
    }
}

fn found(place: &Place, directory: &Directory) -> Result<Vec<InstitutionId>, WishError> {
    let ids = place.find(directory);
    if ids.is_empty() {
        Err(WishError::Unknown("institution"))
    } else {
        Ok(ids)
    }
}

/// Of twins, the one with OAuth is the one that people are moved to.
fn successor(place: &Place, directory: &Directory) -> Result<InstitutionId, WishError> {
    let ids = place.find(directory);
    let is_oauth = |id: &&InstitutionId| directory.get(**id).is_some_and(|it| it.oauth_enabled);
    ids.iter()
        .find(is_oauth)
        .or(ids.first())
        .copied()
        .ok_or(WishError::Unknown("successor"))
}
