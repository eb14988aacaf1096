//! Links to Data Connect.

use std::collections::BTreeMap;
use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroize;

use crate::ids::{CustomerId, InstitutionId, InstitutionLoginId};

/// A Data Connect Lite session: the person signs in at one institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiteRequest {
    /// For whom.
    pub customer: CustomerId,
    /// Where they sign in.
    pub institution: InstitutionId,
    /// What every kind of session can be given.
    pub options: ConnectOptions,
}

/// A Data Connect Fix session: the person repairs one institution login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixRequest {
    /// For whom.
    pub customer: CustomerId,
    /// The login to repair.
    pub institution_login: InstitutionLoginId,
    /// What every kind of session can be given.
    pub options: ConnectOptions,
}

/// What every kind of session can be given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConnectOptions {
    /// Where the person lands afterwards; needed unless the session runs in a
    /// frame of ours. Visible in the link: no secret in it.
    pub redirect_uri: Option<Url>,
    /// Who is told about the session's progress.
    pub webhook: Option<Webhook>,
    /// Language of the session.
    pub language: Language,
    /// Look and behaviour; without it the screens are unbranded.
    pub experience: Option<Experience>,
    /// Whether the link dies with the first completed session; without it the
    /// experience decides.
    pub single_use: Option<bool>,
}

/// Where a session's events go. All of it may be visible in the link, so no
/// part may be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// A public address. It must answer `ping` with 200 while the link is
    /// being made, or there is no link.
    pub url: Url,
    /// Given back as `webhookData` in every event.
    pub data: BTreeMap<String, String>,
    /// Sent as headers of every event.
    pub headers: BTreeMap<String, String>,
}

/// A language of Data Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English; the default of Data Connect too.
    #[default]
    English,
    /// Spanish (United States).
    Spanish,
    /// French (Canada).
    French,
}

impl Language {
    /// The code sent. `en` is not in the description's text, but in the
    /// official request collection.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
        }
    }
}

/// An experience: `default`, or the GUID of another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Experience(String);

/// The text is neither `default` nor a GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an experience is `default` or a GUID")]
pub struct NotAnExperience;

impl Experience {
    /// Reads an experience.
    pub fn parse(text: &str) -> Result<Self, NotAnExperience> {
        if text == "default" || is_guid(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnExperience)
        }
    }

    /// The word or GUID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// An experience as Mastercard lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AvailableExperience {
    /// Its GUID.
    pub id: String,
    /// The application it belongs to.
    #[serde(default)]
    pub app_name: String,
    /// The products it uses.
    #[serde(default)]
    pub product_code: Vec<String>,
}

/// A link to one Data Connect session. Who has it can act as the person until
/// it expires, so it shows itself to nobody but [`ConnectLink::expose`], and is
/// wiped from memory when dropped.
#[derive(Clone)]
pub struct ConnectLink {
    link: SecretString,
    origin: String,
}

/// The text is no link a browser may be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a web address")]
pub struct NotALink;

impl ConnectLink {
    /// Reads a link: an absolute `https` or `http` address.
    pub fn parse(link: SecretString) -> Result<Self, NotALink> {
        let url = Url::parse(link.expose_secret()).map_err(|_| NotALink)?;
        let web = matches!(url.scheme(), "https" | "http") && url.has_host();
        let origin = url.origin().ascii_serialization();
        String::from(url).zeroize();
        if web {
            Ok(Self { link, origin })
        } else {
            Err(NotALink)
        }
    }

    /// The link itself, for the person's browser and nothing else.
    pub fn expose(&self) -> &str {
        self.link.expose_secret()
    }

    /// Scheme, host and port, for a content security policy; not secret.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl fmt::Debug for ConnectLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectLink")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("default", true)]
    #[case("84fd419a-1add-4bf4-961b-16e8285b3a92", true)]
    #[case("84FD419A-1ADD-4BF4-961B-16E8285B3A92", true)]
    #[case("84fd419a1add4bf4961b16e8285b3a92", false)]
    #[case("84fd419a-1add-4bf4-961b-16e8285b3a9g", false)]
    #[case("Default", false)]
    #[case("", false)]
    fn experiences(#[case] text: &str, #[case] good: bool) {
        assert_eq!(Experience::parse(text).is_ok(), good);
    }

    #[test]
    fn the_origin_of_a_link_has_its_port_and_nothing_secret() {
        let link = ConnectLink::parse("http://127.0.0.1:4000/c?signature=s".into()).unwrap();
        assert_eq!(link.origin(), "http://127.0.0.1:4000");
        assert_eq!(link.expose(), "http://127.0.0.1:4000/c?signature=s");
    }
}
