//! A phone is used once its owner has typed the code that was sent there.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Deliveries, Message, Notices, Phone, SmsError, Text};
use crate::{
    identity::{Limit, Locked, SignedIn, attempts},
    ids::UserId,
    jobs::{Due, Handle, Job, JobError, Outcome, Run},
    random::Random,
    store::{StoreError, Write, phones::SentCode},
};

/// For how long a code is good.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);

/// Codes sent to one number, and for one user.
const SENT: (&str, Limit) = (
    "phone_code",
    Limit::new(5, TimeDelta::hours(1), TimeDelta::hours(1)),
);

/// Codes typed by one user: a million codes are not tried five at a time.
const TYPED: (&str, Limit) = (
    "phone_code_typed",
    Limit::new(5, GOOD_FOR, TimeDelta::minutes(15)),
);

/// What is known of a person's phone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneStanding {
    /// The number that they proved.
    pub number: Option<Phone>,
    /// Whether its owner sent STOP, and no START since.
    pub stopped: bool,
    /// The number that waits for its code.
    pub asked: Option<Phone>,
}

/// Why no code is sent.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// This installation sends no text messages.
    #[error("this installation sends no text messages")]
    Off,
    /// The owner of the number sent STOP: only a START from there undoes it.
    #[error("the number's owner has stopped our messages")]
    Stopped,
    /// Too many codes were asked for.
    #[error(transparent)]
    TooMany(#[from] Locked),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a code proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// It is another one.
    #[error("not the code that was sent")]
    Wrong,
    /// It is too old, was used, or none was sent.
    #[error("the code is too old")]
    Expired,
    /// Too many were tried.
    #[error(transparent)]
    TooMany(#[from] Locked),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Send a code to the number that a user asked to prove.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendCode {
    /// Whose.
    pub user: UserId,
}

impl Job for SendCode {
    const KIND: &'static str = "notify.send_code";
    /// A code that comes later than it is good for helps nobody.
    const MAX_ATTEMPTS: u16 = 5;
}

impl Notices {
    /// Sends a code of six digits to `phone`. The number in use stays until the
    /// new one is proven.
    pub async fn begin_phone(&self, person: &SignedIn, phone: Phone) -> Result<(), PhoneError> {
        if !self.settings.sms {
            return Err(PhoneError::Off);
        }
        let user = person.user();
        let mut unit = self.store.write().await?;
        if unit.is_stopped(&phone).await? {
            return Err(PhoneError::Stopped);
        }
        // Nobody's phone rings all day because somebody here knows its number.
        let real = self.clocks.real.now();
        let by_user = count(&mut unit, SENT, user.0.as_bytes(), real).await?;
        let by_number = count(&mut unit, SENT, phone.as_str().as_bytes(), real).await?;
        if let Some(locked) = by_user.max(by_number) {
            unit.save().await?;
            return Err(PhoneError::TooMany(locked));
        }
        unit.ask_phone(user, &phone).await?;
        self.jobs
            .enqueue(&mut unit, &SendCode { user }, Due::AtOnce)
            .await?;
        Ok(unit.save().await?)
    }

    /// Takes the code that was sent; from then on text messages go there.
    pub async fn confirm_phone(&self, person: &SignedIn, code: &str) -> Result<(), ConfirmError> {
        let user = person.user();
        let mut unit = self.store.write().await?;
        let locked = count(&mut unit, TYPED, user.0.as_bytes(), self.clocks.real.now()).await?;
        if let Some(locked) = locked {
            unit.save().await?;
            return Err(ConfirmError::TooMany(locked));
        }
        let sent = unit.sent_code(user).await?;
        let Some(sent) = sent.filter(|sent| sent.until > self.clocks.real.now()) else {
            unit.save().await?;
            return Err(ConfirmError::Expired);
        };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if !self.seal.is_code(user, &sent.number, &code, &sent.hash) {
            unit.save().await?;
            return Err(ConfirmError::Wrong);
        }
        unit.confirm_phone(user, self.clocks.domain.now()).await?;
        unit.forget_attempts(TYPED.0, &attempts::key(user.0.as_bytes()))
            .await?;
        self.look_at(&mut unit, user).await?;
        Ok(unit.save().await?)
    }

    /// Forgets the person's numbers, the proven and the asked one.
    pub async fn remove_phone(&self, person: &SignedIn) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.forget_phone(person.user()).await?;
        unit.save().await
    }

    /// Makes the code that is sent now: like a token, it is stored hashed only.
    async fn code(&self, user: UserId) -> Result<Option<Message>, StoreError> {
        let mut unit = self.store.write().await?;
        let asked = unit.phone(user).await?.asked;
        let (Some(number), Some(user)) = (asked, unit.user(user).await?) else {
            return Ok(None);
        };
        let code = six_digits(&*self.random);
        let sent = SentCode {
            hash: self.seal.code(user.id, &number, &code),
            until: self.clocks.real.now() + GOOD_FOR,
            number,
        };
        if !unit.set_code(user.id, &sent).await? {
            return Ok(None);
        }
        unit.save().await?;
        Ok(Some(Message {
            to: sent.number,
            language: user.language.into(),
            text: Text::Code(code),
        }))
    }
}

#[async_trait::async_trait]
impl Handle<SendCode> for Deliveries {
    async fn handle(&self, job: SendCode, run: Run) -> Outcome {
        let Some(gateway) = &self.sms else {
            return Ok(());
        };
        let Some(message) = self.notices.code(job.user).await? else {
            return Ok(());
        };
        match gateway.send(run.id.0, &message).await {
            Ok(()) => Ok(()),
            Err(SmsError::Stopped) => {
                let mut unit = self.notices.store.write().await?;
                let now = self.notices.clocks.domain.now();
                unit.stop_number(&message.to, now).await?;
                Ok(unit.save().await?)
            }
            Err(error @ SmsError::Later(_)) => Err(JobError::retry(error)),
            Err(error @ SmsError::Refused(_)) => Err(JobError::fail(error)),
        }
    }
}

/// Counts an attempt; the lock, where there were too many.
async fn count(
    unit: &mut Write,
    (scope, limit): (&'static str, Limit),
    of: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Locked>, StoreError> {
    attempts::count(unit, scope, limit, &attempts::key(of), now).await
}

/// Each six digits as likely as any other.
fn six_digits(random: &dyn Random) -> String {
    const CODES: u64 = 1_000_000;
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    // 2^64 is so many times a million that the rest does not show.
    format!("{:06}", u64::from_le_bytes(bytes) % CODES)
}
