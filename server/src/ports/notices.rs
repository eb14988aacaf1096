//! What a person was told, and how they want to be told.

use async_trait::async_trait;
use relink_app::api::{
    ids::{ConnectionRef, NoticeRef},
    notices::{
        Ask as AskView, Digest as DigestView, NoticeSettings, NoticeView, Now as NowView,
        PhoneView, QuietHours, Seen, Stage as StageView, Texts, Told,
    },
    people::Invited,
    refusal::Fault,
    shared::InstitutionName,
    visit::{LinkPort, NoticesPort},
};
use relink_engine::{
    identity::OneTimeToken,
    notify::{Ask, Digest, Now, Phone, PhoneStanding, Settings, Shown, Stage, Subject, Ways},
};

use super::{Desk, internal, notice_id, shown_role, views};
use crate::{
    calendar::Calendar,
    http::{App, Asking},
};

#[async_trait]
impl NoticesPort for Desk {
    async fn unseen(&self) -> Result<u32, Fault> {
        let unseen = self.app.notices.unseen(&self.person).await;
        unseen.map_err(|error| internal(&self.asking, &error))
    }

    async fn all(&self) -> Result<Vec<NoticeView>, Fault> {
        let all = self.app.notices.centre(&self.person).await;
        let all = all.map_err(|error| internal(&self.asking, &error))?;
        let calendar = self.asking.calendar;
        Ok(all.into_iter().map(|one| notice(one, calendar)).collect())
    }

    async fn one(&self, id: NoticeRef) -> Result<NoticeView, Fault> {
        let one = self.app.notices.one(&self.person, notice_id(id)).await;
        let one = one.map_err(|error| internal(&self.asking, &error))?;
        one.map(|one| notice(one, self.asking.calendar))
            .ok_or(Fault::NotFound)
    }

    async fn settings(&self) -> Result<NoticeSettings, Fault> {
        let ways = self.app.notices.preferences(&self.person).await;
        let ways = ways.map_err(|error| internal(&self.asking, &error))?;
        Ok(settings(
            ways,
            self.app.notices.settings(),
            self.asking.calendar,
        ))
    }
}

/// Whoever holds a letter's link.
pub(super) struct LinkDesk {
    app: App,
    asking: Asking,
}

impl LinkDesk {
    pub(super) fn new(app: App, asking: Asking) -> Self {
        Self { app, asking }
    }
}

#[async_trait]
impl LinkPort for LinkDesk {
    async fn whose(&self, token: &str) -> Result<Option<String>, Fault> {
        let whose = self.app.notices.check_unsubscribe(token).await;
        whose.map_err(|error| internal(&self.asking, &error))
    }

    async fn invited(&self, token: &str) -> Result<Option<Invited>, Fault> {
        let token = OneTimeToken::from_link(token);
        let open = self.app.identity.invited(&token).await;
        let open = open.map_err(|error| internal(&self.asking, &error))?;
        Ok(open.map(|open| Invited {
            email: open.email.as_str().to_owned(),
            role: shown_role(open.role),
        }))
    }
}

fn notice(shown: Shown, calendar: Calendar) -> NoticeView {
    NoticeView {
        id: NoticeRef::new(shown.id.0.as_u128()),
        told: told(&shown.subject, calendar),
        institution: shown.institution.map(|(id, name)| InstitutionName {
            id: views::institution_id(id),
            name,
        }),
        connection: shown
            .connection
            .map(|connection| ConnectionRef::new(connection.0.as_u128())),
        made: calendar.when(shown.made),
        seen: if shown.seen { Seen::Read } else { Seen::New },
        now: match shown.now {
            Now::Holds => NowView::Holds,
            Now::Mended(at) => NowView::Mended(calendar.when(at)),
            Now::Over => NowView::Over,
        },
    }
}

pub(super) fn told(subject: &Subject, calendar: Calendar) -> Told {
    match subject {
        Subject::Broke { stage, ask, .. } => {
            let ask = match ask {
                Ask::Fix => AskView::Fix,
                Ask::Elsewhere => AskView::Elsewhere,
                Ask::Nothing => AskView::Nothing,
            };
            let stage = match stage {
                Stage::First | Stage::ByHand { .. } | Stage::Campaign { .. } => StageView::First,
                Stage::Reminder => StageView::Reminder,
            };
            Told::Broke(ask, stage)
        }
        Subject::Repaired { .. } => Told::Repaired,
        Subject::Outage { .. } => Told::Outage,
        Subject::Back { .. } => Told::Back,
        Subject::PermissionEnds { by, .. } => Told::PermissionEnds(calendar.day(*by)),
        Subject::InstitutionChanges { .. } => Told::InstitutionChanges,
        Subject::EmailRefused { since } => Told::EmailRefused(calendar.when(*since)),
    }
}

fn settings(ways: Ways, operator: &Settings, calendar: Calendar) -> NoticeSettings {
    let chosen = ways.preferences;
    NoticeSettings {
        email: chosen.email,
        refused: ways.email_refused.map(|since| calendar.when(since)),
        sms: chosen.sms,
        phone: ways.phone.map(phone),
        digest: match chosen.digest {
            Digest::Soon => DigestView::Soon,
            Digest::Daily => DigestView::Daily,
        },
        daily_at: calendar.time(operator.daily_at),
        quiet: chosen.quiet.map(|quiet| QuietHours {
            from: quiet.from().format("%H:%M").to_string(),
            until: quiet.until().format("%H:%M").to_string(),
        }),
    }
}

fn phone(standing: PhoneStanding) -> PhoneView {
    let texts = if standing.stopped {
        Texts::Stopped
    } else {
        Texts::Sent
    };
    PhoneView {
        number: standing.number.map(|number| (spaced(&number), texts)),
        asked: standing.asked.map(|number| spaced(&number)),
    }
}

/// A number as it is read aloud: `+1 202-555-0123`. Elsewhere digits are set
/// apart in too many ways to choose one.
fn spaced(phone: &Phone) -> String {
    let number = phone.as_str();
    match number.strip_prefix("+1") {
        Some(rest) if rest.len() == 10 => {
            format!("+1 {}-{}-{}", &rest[..3], &rest[3..6], &rest[6..])
        }
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_set_apart_where_people_do_so() {
        let shown = |typed: &str| spaced(&Phone::parse(typed).unwrap());
        assert_eq!(shown("(202) 555-0123"), "+1 202-555-0123");
        assert_eq!(shown("+52 55 1234 5678"), "+525512345678");
    }
}
