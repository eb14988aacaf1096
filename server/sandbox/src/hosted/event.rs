//! The webhook events of a visit: official description's Connect events, with
//! the payloads that were seen or published for them.

use serde_json::{Value, json};

use crate::state::{InstitutionId, StatusCode};

/// One event, ready to be queued.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event {
    Started,
    InstitutionNotSupported(InstitutionId),
    Adding {
        institution: InstitutionId,
        sign_in: SignInBy,
    },
    Mfa(InstitutionId),
    InvalidCredentials(InstitutionId),
    UnableToConnect {
        institution: InstitutionId,
        code: StatusCode,
    },
    Discovered {
        institution: InstitutionId,
        accounts: Vec<Value>,
    },
    Added {
        institution: InstitutionId,
        accounts: Vec<Value>,
        sign_in: SignInBy,
    },
    CredentialsUpdated {
        institution: InstitutionId,
        second_step: SecondStep,
    },
    Done(Trigger),
}

/// Where the person signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignInBy {
    /// With name and password, on our page.
    Credentials,
    /// On the institution's own site.
    Oauth,
}

/// Whether the institution asked a second question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecondStep {
    Asked,
    NotAsked,
}

/// Who ended the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    Submit,
    Exit,
    /// It ended by itself.
    None,
}

impl Event {
    pub(super) fn event_type(&self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::InstitutionNotSupported(_) => "institutionNotSupported",
            Self::Adding { .. } => "adding",
            Self::Mfa(_) => "mfa",
            Self::InvalidCredentials(_) => "invalidCredentials",
            Self::UnableToConnect { .. } => "unableToConnect",
            Self::Discovered { .. } => "discovered",
            Self::Added { .. } => "added",
            Self::CredentialsUpdated { .. } => "credentialsUpdated",
            Self::Done(_) => "done",
        }
    }

    /// Institution ids are strings here, numbers nearly everywhere else.
    pub(super) fn payload(&self) -> Value {
        match self {
            Self::Started | Self::Done(_) => json!({}),
            Self::InstitutionNotSupported(id) | Self::Mfa(id) | Self::InvalidCredentials(id) => {
                json!({ "institutionId": id.to_string() })
            }
            Self::Adding {
                institution,
                sign_in,
            } => json!({
                "institutionId": institution.to_string(),
                "oauth": *sign_in == SignInBy::Oauth,
            }),
            Self::UnableToConnect { institution, code } => {
                json!({ "institutionId": institution.to_string(), "code": code.0 })
            }
            // `oauth` was never seen as false in `added`.
            Self::Discovered {
                institution,
                accounts,
            }
            | Self::Added {
                institution,
                accounts,
                sign_in: SignInBy::Credentials,
            } => {
                json!({ "institutionId": institution.to_string(), "accounts": accounts })
            }
            Self::Added {
                institution,
                accounts,
                sign_in: SignInBy::Oauth,
            } => json!({
                "institutionId": institution.to_string(),
                "accounts": accounts,
                "oauth": true,
            }),
            Self::CredentialsUpdated {
                institution,
                second_step,
            } => json!({
                "institutionId": institution.to_string(),
                "mfa": *second_step == SecondStep::Asked,
            }),
        }
    }

    /// The `eventTrigger` beside the payload.
    pub(super) fn trigger(&self) -> Option<&'static str> {
        match self {
            Self::Done(Trigger::Submit) => Some("userSubmit"),
            Self::Done(Trigger::Exit) => Some("userExit"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: InstitutionId = InstitutionId::new(102_105);

    #[test]
    fn payloads() {
        let adding = Event::Adding {
            institution: BANK,
            sign_in: SignInBy::Oauth,
        };
        assert_eq!(
            adding.payload(),
            json!({"institutionId": "102105", "oauth": true})
        );
        let unable = Event::UnableToConnect {
            institution: BANK,
            code: StatusCode(102),
        };
        assert_eq!(
            unable.payload(),
            json!({"institutionId": "102105", "code": 102})
        );
        let added = |sign_in| Event::Added {
            institution: BANK,
            accounts: vec![json!({"id": "1"})],
            sign_in,
        };
        assert_eq!(added(SignInBy::Credentials).payload().get("oauth"), None);
        assert_eq!(added(SignInBy::Oauth).payload()["oauth"], true);
        let updated = Event::CredentialsUpdated {
            institution: BANK,
            second_step: SecondStep::Asked,
        };
        assert_eq!(
            updated.payload(),
            json!({"institutionId": "102105", "mfa": true})
        );
        assert_eq!(Event::Started.payload(), json!({}));
    }

    #[test]
    fn only_done_names_who_ended_it() {
        assert_eq!(Event::Done(Trigger::Submit).trigger(), Some("userSubmit"));
        assert_eq!(Event::Done(Trigger::Exit).trigger(), Some("userExit"));
        assert_eq!(Event::Started.trigger(), None);
    }
}
