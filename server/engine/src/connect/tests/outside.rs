//! A mail server and a gateway that do as they are told.

use std::collections::VecDeque;

use uuid::Uuid;

use super::*;
use crate::{
    mail::{Letter, MailError, Mailer},
    notify::{Consider, Deliver, Deliveries, FindChanges, Message, SendCode, SmsError, SmsGateway},
};

impl Bench {
    /// One that tells people, too.
    pub(super) async fn telling(db: &TestStore) -> Self {
        let bench = Self::new(db).await;
        let notices = bench.notices.clone();
        let ways: (Arc<dyn Mailer>, Arc<dyn SmsGateway>) =
            (bench.post.clone(), bench.gateway.clone());
        let deliveries = Arc::new(Deliveries::new(notices.clone(), ways.0, Some(ways.1)));
        let worker = bench
            .worker
            .handle::<Consider>(Arc::new(notices.clone()))
            .handle::<FindChanges>(Arc::new(notices))
            .handle::<Deliver>(deliveries.clone())
            .handle::<SendCode>(deliveries);
        Self { worker, ..bench }
    }
}

/// What becomes of the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Taken,
    /// Too busy, or too slow.
    Later,
    /// Taken, and the answer is lost.
    TakenUnsaid,
    /// This message is refused.
    Refused,
    /// Everything to this address is refused.
    NoWay,
}

/// Takes messages; kept with their ids.
pub(super) struct Outside<M>(Mutex<Inside<M>>);

struct Inside<M> {
    taken: Vec<(Uuid, M)>,
    answers: VecDeque<Answer>,
}

impl<M> Default for Outside<M> {
    fn default() -> Self {
        Self(Mutex::new(Inside {
            taken: Vec::new(),
            answers: VecDeque::new(),
        }))
    }
}

impl<M: Clone> Outside<M> {
    pub(super) fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.0.lock().unwrap().answers.extend(answers);
    }

    pub(super) fn taken(&self) -> Vec<(Uuid, M)> {
        self.0.lock().unwrap().taken.clone()
    }

    fn offer(&self, id: Uuid, message: &M) -> Answer {
        let mut inside = self.0.lock().unwrap();
        let answer = inside.answers.pop_front().unwrap_or(Answer::Taken);
        if matches!(answer, Answer::Taken | Answer::TakenUnsaid) {
            inside.taken.push((id, message.clone()));
        }
        answer
    }
}

#[async_trait]
impl Mailer for Outside<Letter> {
    async fn send(&self, id: Uuid, letter: &Letter) -> Result<(), MailError> {
        match self.offer(id, letter) {
            Answer::Taken => Ok(()),
            Answer::Later | Answer::TakenUnsaid => Err(MailError::Later("no answer".into())),
            Answer::Refused => Err(MailError::Refused("spam".into())),
            Answer::NoWay => Err(MailError::NoSuchAddress("no such mailbox".into())),
        }
    }
}

#[async_trait]
impl SmsGateway for Outside<Message> {
    async fn send(&self, id: Uuid, message: &Message) -> Result<(), SmsError> {
        match self.offer(id, message) {
            Answer::Taken => Ok(()),
            Answer::Later | Answer::TakenUnsaid => Err(SmsError::Later("no answer".into())),
            Answer::Refused => Err(SmsError::Refused("no such number".into())),
            Answer::NoWay => Err(SmsError::Stopped),
        }
    }
}
