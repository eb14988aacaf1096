//! One notice in a letter or text message.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Ask, Stage, Subject};
use crate::ids::NoticeId;

/// What a letter or text message says of one notice: the institution, what
/// happened, and where it leads. No account, number or link to Data Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where it leads.
    pub notice: NoticeId,
    /// The institution's name.
    pub institution: String,
    /// What happened.
    pub news: News,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// A connection broke.
    Broke {
        /// Which notice of it.
        stage: Stage,
        /// What the person is asked to do.
        ask: Ask,
    },
    /// It works again.
    Works,
    /// The permission to read it ends.
    PermissionEnds {
        /// On this day where its person is.
        on: NaiveDate,
    },
    /// The institution changes how it is connected.
    Changes,
}

impl Line {
    /// The line of a notice; `None` for what our own pages alone say.
    pub fn of(notice: NoticeId, subject: &Subject, institution: String, zone: Tz) -> Option<Self> {
        let news = match *subject {
            Subject::Broke { stage, ask, .. } => News::Broke { stage, ask },
            Subject::Repaired { .. } | Subject::Back { .. } => News::Works,
            Subject::PermissionEnds { by, .. } => News::PermissionEnds {
                on: by.with_timezone(&zone).date_naive(),
            },
            Subject::InstitutionChanges { .. } => News::Changes,
            Subject::Outage { .. } | Subject::EmailRefused { .. } => return None,
        };
        Some(Self {
            notice,
            institution,
            news,
        })
    }
}
