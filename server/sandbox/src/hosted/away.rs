//! The steps on an OAuth institution's own site.

use chrono::{DateTime, Utc};

use crate::people::{self, SignIn};
use crate::state::StatusCode;

use super::event::{Event, SignInBy};
use super::step::{Away, NO_USABLE_ACCOUNT, Outcome, Remark, Step};
use super::visit::{Visit, chosen};
use super::world::Reach;

impl Visit {
    /// The person has come to the institution's own site.
    pub(super) fn arrive(&mut self) -> Outcome {
        let Step::HandOff = self.step else {
            return Outcome::nothing();
        };
        let institution = self.institution.id;
        let adding = Event::Adding {
            institution,
            sign_in: SignInBy::Oauth,
        };
        if self.institution.reach == Reach::Offline {
            let mut outcome = self.fail(StatusCode::UNREACHABLE);
            outcome.events.insert(0, adding);
            return outcome;
        }
        self.go(Step::Away(Away::SignIn));
        Outcome::events(vec![adding])
    }

    /// Name and password given on the institution's site. Its second steps are
    /// its own affair: no event tells of them, so none is played.
    pub(super) fn sign_in_there(&mut self, answer: SignIn, now: DateTime<Utc>) -> Outcome {
        let Step::Away(Away::SignIn) = self.step else {
            return Outcome::nothing();
        };
        let person = match answer {
            SignIn::Accepted(person) | SignIn::Slow(person, _) => person,
            SignIn::Challenge(challenge) => challenge.person(),
            SignIn::Fails(code) if !people::is_refusal(code) => return self.fail(code),
            SignIn::Fails(_) | SignIn::Refused => {
                self.remark(Remark::RefusedThere);
                return Outcome::nothing();
            }
        };
        self.signed_in = Some(now);
        let found = self.eligible(person);
        if found.is_empty() {
            return self.fail(NO_USABLE_ACCOUNT);
        }
        self.go(Step::Away(Away::Consent { person, found }));
        Outcome::nothing()
    }

    /// Permission given there for the ticked accounts.
    pub(super) fn allow(&mut self, keys: &[String]) -> Outcome {
        let Step::Away(Away::Consent { person, found }) = &self.step else {
            return Outcome::nothing();
        };
        let (person, seeds) = (*person, chosen(found, keys));
        match &self.login {
            Some(login) if !seeds.is_empty() => self.renew(login.person == person.username),
            _ => self.connect(person, seeds),
        }
    }

    /// Permission denied there.
    pub(super) fn deny(&mut self) -> Outcome {
        if let Step::Away(_) = self.step {
            self.signed_in = None;
            self.go(Step::HandOff);
            self.remark(Remark::Denied);
        }
        Outcome::nothing()
    }
}
