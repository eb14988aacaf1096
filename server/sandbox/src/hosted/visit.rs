//! One visit of a person: where it stands, and what each step leads to.
//!
//! Transitions take facts and a time and answer events and at most one effect;
//! they touch neither the sandbox's state nor a socket. A step that comes too
//! late (a second click, the back button) changes nothing.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use crate::people::{self, AccountSeed, Answered, Person, SignIn};
use crate::state::StatusCode;

use super::end::End;
use super::event::{Event, SecondStep, SignInBy, Trigger};
use super::limits::{self, Pace, Phase, SIGN_INS};
use super::step::{
    CUSTOMER_GONE, Effect, NO_USABLE_ACCOUNT, NOT_THEIRS, Outcome, Remark, Step, Trouble, Window,
};
use super::world::{Flow, Institution, Link, Login, LoginAccount, Reach};

/// A visit under way or over.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) link: Link,
    pub(super) institution: Institution,
    /// The accounts to repair; absent in Lite.
    pub(super) login: Option<Login>,
    pub(super) window: Window,
    pub(super) opened: DateTime<Utc>,
    pub(super) seen: DateTime<Utc>,
    pub(super) signed_in: Option<DateTime<Utc>>,
    refusals: u8,
    second_step: SecondStep,
    pub(super) step: Step,
    pub(super) remark: Option<Remark>,
    /// Counts the steps, so that a page can tell that it is out of date.
    pub(super) version: u32,
}

impl Visit {
    /// A visit that has just been opened, and its first events.
    pub(super) fn open(
        link: Link,
        institution: Institution,
        login: Option<Login>,
        window: Window,
        now: DateTime<Utc>,
    ) -> (Self, Outcome) {
        let healthy = login.as_ref().is_some_and(|login| !login.needs_person());
        let mut events = vec![Event::Started];
        let step = if healthy {
            events.push(Event::Done(Trigger::None));
            Step::Ended(End::NothingToFix)
        } else {
            Step::Terms
        };
        let visit = Self {
            link,
            institution,
            login,
            window,
            opened: now,
            seen: now,
            signed_in: None,
            refusals: 0,
            second_step: SecondStep::NotAsked,
            step,
            remark: None,
            version: 0,
        };
        (visit, Outcome::events(events))
    }

    /// Who signs the person in.
    pub(super) fn sign_in_by(&self) -> SignInBy {
        if self.institution.oauth {
            SignInBy::Oauth
        } else {
            SignInBy::Credentials
        }
    }

    pub(super) fn phase(&self, now: DateTime<Utc>) -> Phase {
        let pace = match self.step {
            Step::HandOff | Step::Away(_) => Pace::Institution,
            _ => Pace::Ours,
        };
        limits::phase(pace, self.seen, self.signed_in, now)
    }

    /// Ends the visit when its time is over.
    pub(super) fn look(&mut self, now: DateTime<Utc>) {
        let over = self.phase(now) == Phase::Over;
        if over && !matches!(self.step, Step::Ended(_)) {
            self.go(Step::Ended(End::Timeout));
        }
    }

    /// The person did something.
    pub(super) fn touch(&mut self, now: DateTime<Utc>) {
        self.seen = now;
    }

    pub(super) fn go(&mut self, step: Step) {
        self.step = step;
        self.remark = None;
        self.version += 1;
    }

    /// Back to the same form with a sentence above it.
    pub(super) fn remark(&mut self, remark: Remark) {
        self.remark = Some(remark);
        self.version += 1;
    }

    /// Terms accepted.
    pub(super) fn agree(&mut self) -> Outcome {
        let Step::Terms = self.step else {
            return Outcome::nothing();
        };
        match (self.institution.reach, self.sign_in_by()) {
            (Reach::Unsupported, _) => {
                let event = Event::InstitutionNotSupported(self.institution.id);
                self.go(Step::Trouble(Trouble::Unsupported));
                return Outcome::events(vec![event]);
            }
            (_, SignInBy::Oauth) => self.go(Step::HandOff),
            (_, SignInBy::Credentials) => self.go(Step::SignIn),
        }
        Outcome::nothing()
    }

    /// Name and password given on our page, decided as `answer`.
    pub(super) fn sign_in(&mut self, answer: SignIn, now: DateTime<Utc>) -> Outcome {
        let Step::SignIn = self.step else {
            return Outcome::nothing();
        };
        if self.institution.reach == Reach::Offline {
            return self.fail(StatusCode::UNREACHABLE);
        }
        match answer {
            SignIn::Refused => self.refuse(Remark::Refused),
            SignIn::Fails(code) if people::is_refusal(code) => self.refuse(Remark::Refused),
            SignIn::Fails(code) => self.fail(code),
            SignIn::Challenge(challenge) => {
                self.second_step = SecondStep::Asked;
                self.go(Step::Challenge(challenge));
                Outcome::events(vec![Event::Mfa(self.institution.id)])
            }
            SignIn::Accepted(person) => self.accept(person, now, Duration::zero()),
            SignIn::Slow(person, seconds) => {
                self.accept(person, now, Duration::seconds(seconds.into()))
            }
        }
    }

    /// The answers of the second step, decided as `answer`.
    pub(super) fn answer(&mut self, answer: Answered, now: DateTime<Utc>) -> Outcome {
        let Step::Challenge(_) = self.step else {
            return Outcome::nothing();
        };
        match answer {
            Answered::Incomplete => {
                self.remark(Remark::Incomplete);
                Outcome::nothing()
            }
            Answered::Another(challenge) => {
                self.go(Step::Challenge(challenge));
                Outcome::events(vec![Event::Mfa(self.institution.id)])
            }
            Answered::Fails(_) => self.refuse(Remark::WrongAnswer),
            Answered::Accepted(person) => self.accept(person, now, Duration::zero()),
        }
    }

    fn refuse(&mut self, remark: fn(u8) -> Remark) -> Outcome {
        self.refusals += 1;
        let id = self.institution.id;
        let mut events = vec![Event::InvalidCredentials(id)];
        if self.refusals >= SIGN_INS {
            let code = people::CREDENTIALS;
            events.push(Event::UnableToConnect {
                institution: id,
                code,
            });
            self.go(Step::Trouble(Trouble::TooManySignIns));
        } else {
            self.go(Step::SignIn);
            self.remark(remark(SIGN_INS - self.refusals));
        }
        Outcome::events(events)
    }

    pub(super) fn fail(&mut self, code: StatusCode) -> Outcome {
        let trouble = match code {
            NO_USABLE_ACCOUNT => Trouble::NoUsableAccount,
            NOT_THEIRS => Trouble::NotTheirs,
            CUSTOMER_GONE => Trouble::CustomerGone,
            _ => Trouble::Institution(code),
        };
        self.go(Step::Trouble(trouble));
        Outcome::events(vec![Event::UnableToConnect {
            institution: self.institution.id,
            code,
        }])
    }

    fn accept(&mut self, person: &'static Person, now: DateTime<Utc>, pause: Duration) -> Outcome {
        self.signed_in = Some(now);
        if let Some(login) = &self.login {
            return self.renew(login.person == person.username);
        }
        self.go(Step::Discovering {
            person,
            ready: now + pause,
        });
        let adding = Event::Adding {
            institution: self.institution.id,
            sign_in: SignInBy::Credentials,
        };
        let mut outcome = Outcome::events(vec![adding]);
        outcome.events.extend(self.discover(now).events);
        outcome
    }

    pub(super) fn renew(&mut self, theirs: bool) -> Outcome {
        match self.link.flow {
            Flow::Fix(login) if theirs => Outcome {
                events: vec![],
                effect: Some(Effect::Repair(login)),
            },
            _ => self.fail(NOT_THEIRS),
        }
    }

    /// The accounts are found when their time has come.
    pub(super) fn discover(&mut self, now: DateTime<Utc>) -> Outcome {
        let Step::Discovering { person, ready } = self.step else {
            return Outcome::nothing();
        };
        if now < ready {
            return Outcome::nothing();
        }
        // Waiting for us is not idling.
        self.touch(now);
        let found = self.eligible(person);
        if found.is_empty() {
            return self.fail(NO_USABLE_ACCOUNT);
        }
        let accounts = found.iter().map(discovered).collect();
        self.go(Step::Choice { person, found });
        Outcome::events(vec![Event::Discovered {
            institution: self.institution.id,
            accounts,
        }])
    }

    pub(super) fn eligible(&self, person: &'static Person) -> Vec<AccountSeed> {
        let home = self.login.as_ref().map(|login| login.home);
        let mut found = people::accounts_at(person, home.unwrap_or(self.institution.home));
        if let Some(types) = &self.link.account_types {
            found.retain(|seed| types.contains(&seed.kind));
        }
        found
    }

    /// The accounts ticked on our page, by their keys.
    pub(super) fn choose(&mut self, keys: &[String]) -> Outcome {
        let Step::Choice { person, found } = &self.step else {
            return Outcome::nothing();
        };
        let (person, seeds) = (*person, chosen(found, keys));
        self.connect(person, seeds)
    }

    pub(super) fn connect(&mut self, person: &'static Person, seeds: Vec<AccountSeed>) -> Outcome {
        if seeds.is_empty() {
            self.remark(Remark::NothingChosen);
            return Outcome::nothing();
        }
        Outcome {
            events: vec![],
            effect: Some(Effect::Connect { person, seeds }),
        }
    }

    /// The effect is done: these are the account records; none when the customer
    /// was deleted in the middle of it.
    pub(super) fn connected(&mut self, accounts: Vec<Value>) -> Outcome {
        if accounts.is_empty() {
            return self.fail(CUSTOMER_GONE);
        }
        let institution = self.institution.id;
        let sign_in = self.sign_in_by();
        let success = match (&self.login, sign_in) {
            (Some(_), SignInBy::Credentials) => Event::CredentialsUpdated {
                institution,
                second_step: self.second_step,
            },
            _ => Event::Added {
                institution,
                accounts: accounts.clone(),
                sign_in,
            },
        };
        self.go(Step::Ended(End::Complete { sign_in, accounts }));
        Outcome::events(vec![success, Event::Done(Trigger::Submit)])
    }

    /// The person leaves, from whatever page.
    pub(super) fn leave(&mut self) -> Outcome {
        let end = match &self.step {
            Step::Ended(_) => return Outcome::nothing(),
            Step::Trouble(trouble) => End::Error(trouble.code()),
            _ => End::Exit,
        };
        self.go(Step::Ended(end));
        Outcome::events(vec![Event::Done(Trigger::Exit)])
    }

    /// The accounts that wait for the person, in Fix.
    pub(super) fn broken(&self) -> impl Iterator<Item = &LoginAccount> {
        let accounts = self.login.iter().flat_map(|login| &login.accounts);
        accounts.filter(|account| account.code.is_some_and(StatusCode::is_fixable))
    }
}

pub(super) fn chosen(found: &[AccountSeed], keys: &[String]) -> Vec<AccountSeed> {
    found
        .iter()
        .filter(|seed| keys.contains(&seed.key))
        .cloned()
        .collect()
}

/// An account as `discovered` tells of it: not connected, so without our ids.
fn discovered(seed: &AccountSeed) -> Value {
    serde_json::json!({
        "name": seed.name,
        "type": seed.kind,
        "number": seed.number,
        "realAccountNumberLast4": seed.mask,
        "accountNumberDisplay": seed.mask,
        "balance": seed.balance,
        "currency": seed.currency,
    })
}
