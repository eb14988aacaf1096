//! How a visit ends, and what the page that opened it is told.

use serde_json::{Value, json};
use url::Url;

use crate::state::{CustomerId, InstitutionId, StatusCode};

use super::event::SignInBy;

/// How a visit ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum End {
    /// Accounts were added, or a login renewed.
    Complete {
        sign_in: SignInBy,
        accounts: Vec<Value>,
    },
    /// Fix found a login that needs nothing.
    NothingToFix,
    /// The person left.
    Exit,
    /// The institution or the sandbox failed.
    Error(Option<StatusCode>),
    /// Idle too long, or past the hour after sign-in.
    Timeout,
}

impl End {
    pub(super) fn code(&self) -> u16 {
        match self {
            Self::Complete { .. } => 200,
            Self::NothingToFix => 201,
            Self::Exit => 100,
            Self::Error(_) => 500,
            Self::Timeout => 1440,
        }
    }

    pub(super) fn reason(&self) -> &'static str {
        match self {
            Self::Complete { .. } => "complete",
            Self::Exit => "exit",
            Self::NothingToFix | Self::Error(_) => "error",
            Self::Timeout => "timeout",
        }
    }

    /// The last message to a page with the web SDK: a top-level `type`, the rest in `data`.
    pub(super) fn sdk_message(&self) -> Value {
        let kind = match self {
            Self::Complete { .. } => "done",
            Self::Exit => "cancel",
            Self::NothingToFix | Self::Error(_) | Self::Timeout => "error",
        };
        let mut data = json!({ "code": self.code(), "reason": self.reason() });
        if let Self::Complete { .. } = self {
            data["reportData"] = json!([]);
        }
        json!({ "type": kind, "data": data })
    }

    /// `redirect_uri` with the parameters that were seen behind it, after its own.
    ///
    /// An OAuth visit ends in `reason=done` without a code, as captured; whoever
    /// reads these parameters must cope with both.
    pub(super) fn return_url(
        &self,
        redirect_uri: &str,
        customer: CustomerId,
        institution: Option<InstitutionId>,
    ) -> Option<Url> {
        let mut url = Url::parse(redirect_uri).ok()?;
        // A script or data address would run in the sandbox's name.
        if matches!(url.scheme(), "javascript" | "data" | "vbscript") {
            return None;
        }
        let mut query = url.query_pairs_mut();
        if let Self::Complete {
            sign_in: SignInBy::Oauth,
            ..
        } = self
        {
            query.append_pair("reason", "done");
        } else {
            query
                .append_pair("reason", self.reason())
                .append_pair("code", &self.code().to_string());
            if let Self::Complete { .. } = self {
                query.append_pair("reportData", "null");
            }
        }
        query.append_pair("customerId", &customer.to_string());
        if let Some(institution) = institution {
            query.append_pair("institutionId", &institution.to_string());
        }
        drop(query);
        Some(url)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn complete(sign_in: SignInBy) -> End {
        End::Complete {
            sign_in,
            accounts: vec![],
        }
    }

    #[rstest]
    #[case(
        complete(SignInBy::Credentials),
        "reason=complete&code=200&reportData=null"
    )]
    #[case(complete(SignInBy::Oauth), "reason=done")]
    #[case(End::NothingToFix, "reason=error&code=201")]
    #[case(End::Exit, "reason=exit&code=100")]
    #[case(End::Error(None), "reason=error&code=500")]
    #[case(End::Timeout, "reason=timeout&code=1440")]
    fn parameters_follow_the_own_query(#[case] end: End, #[case] expected: &str) {
        let url = end
            .return_url(
                "http://localhost:3000/back?ref=a%20b#x",
                CustomerId(7),
                Some(InstitutionId::new(9)),
            )
            .unwrap();
        assert_eq!(
            url.as_str(),
            format!(
                "http://localhost:3000/back?ref=a%20b&{expected}&customerId=7&institutionId=9#x"
            )
        );
    }

    #[test]
    fn no_return_to_a_script() {
        for bad in ["javascript:alert(1)", "data:text/html,x", "not a url"] {
            assert_eq!(
                End::Exit.return_url(bad, CustomerId(7), None),
                None,
                "{bad}"
            );
        }
        // Apps are opened by schemes of their own.
        assert!(
            End::Exit
                .return_url("myapp://back", CustomerId(7), None)
                .is_some()
        );
    }

    #[rstest]
    #[case(complete(SignInBy::Oauth), json!({"type": "done", "data": {"code": 200, "reason": "complete", "reportData": []}}))]
    #[case(End::Exit, json!({"type": "cancel", "data": {"code": 100, "reason": "exit"}}))]
    #[case(End::Timeout, json!({"type": "error", "data": {"code": 1440, "reason": "timeout"}}))]
    #[case(End::NothingToFix, json!({"type": "error", "data": {"code": 201, "reason": "error"}}))]
    fn messages(#[case] end: End, #[case] expected: Value) {
        assert_eq!(end.sdk_message(), expected);
    }
}
