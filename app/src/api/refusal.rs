//! How a server function says no: codes, never sentences.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::shared::Reference;

/// What can be wrong with any call, whatever it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Nobody is signed in any more.
    SignedOut,
    /// The thing is not there, or is not this person's.
    NotFound,
    /// More calls than a person makes.
    TooMany,
    /// The arguments make no sense.
    BadRequest,
    /// The call never reached us, or its answer never reached the browser.
    Unreachable,
    /// Ours to find; logged under the reference.
    Internal(Reference),
}

/// An error enum of one area.
pub trait Refusal: From<Fault> + Serialize + DeserializeOwned + std::fmt::Debug + 'static {
    /// The HTTP status that goes with it.
    fn status(&self) -> u16;
}

impl Fault {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotFound => 404,
            Self::TooMany => 429,
            Self::BadRequest => 400,
            Self::Unreachable => 502,
            Self::Internal(_) => 500,
        }
    }
}

impl From<leptos::server_fn::error::ServerFnErrorErr> for Fault {
    /// Drops the text: it may quote what a person typed or what the store said.
    fn from(error: leptos::server_fn::error::ServerFnErrorErr) -> Self {
        use leptos::server_fn::error::ServerFnErrorErr as E;
        match error {
            E::Args(_) | E::MissingArg(_) => Self::BadRequest,
            // The server calls nobody: what it cannot read are its arguments.
            E::Deserialization(_) if cfg!(feature = "ssr") => Self::BadRequest,
            E::Request(_) | E::Deserialization(_) | E::Response(_) => Self::Unreachable,
            E::Registration(_)
            | E::UnsupportedRequestMethod(_)
            | E::ServerError(_)
            | E::MiddlewareError(_)
            | E::Serialization(_) => Self::Internal(Reference::default()),
        }
    }
}

/// Makes an area's error enum fit for server functions: it has a variant
/// `Fault(Fault)`, and its other variants name their status.
macro_rules! refusal {
    ($name:ident { $($pattern:pat => $status:expr),* $(,)? }) => {
        impl From<$crate::api::refusal::Fault> for $name {
            fn from(fault: $crate::api::refusal::Fault) -> Self {
                Self::Fault(fault)
            }
        }

        impl $crate::api::refusal::Refusal for $name {
            fn status(&self) -> u16 {
                match self {
                    Self::Fault(fault) => fault.status(),
                    $($pattern => $status,)*
                }
            }
        }

        impl leptos::server_fn::error::FromServerFnError for $name {
            type Encoder = leptos::server_fn::codec::JsonEncoding;

            fn from_server_fn_error(
                error: leptos::server_fn::error::ServerFnErrorErr,
            ) -> Self {
                let fault = $crate::api::refusal::Fault::from(error);
                #[cfg(feature = "ssr")]
                $crate::api::visit::set_status(fault.status());
                fault.into()
            }
        }
    };
}
pub(crate) use refusal;
