//! Every address of ours that a page names. Form handlers of the server mount
//! the same constants.

mod staff;

use std::fmt::Write as _;

use crate::api::ids::{
    AccountRef, ConnectionRef, InstitutionId, NoticeRef, PasskeyRef, SessionRef, SignInRef,
};

pub use staff::*;

/// The landing page.
pub const HOME: &str = "/";
/// GET the page, POST the form; query and field `next`.
pub const SIGN_IN: &str = "/sign-in";
/// GET the page, POST the code; query and field `next`.
pub const SECOND_STEP: &str = "/sign-in/second-step";
/// POST: begins to set up a second factor that is owed.
pub const SET_UP: &str = "/sign-in/set-up";
/// POST: its first code.
pub const SET_UP_CODE: &str = "/sign-in/set-up/code";
/// POST: what a passkey answered, in the place of a code.
pub const STEP_PASSKEY: &str = "/sign-in/passkey";
/// POST: what to ask the passkey.
pub const STEP_PASSKEY_ASK: &str = "/sign-in/passkey/ask";
/// POST: a passkey as the second factor that is owed.
pub const SET_UP_PASSKEY: &str = "/sign-in/set-up/passkey";
/// POST: what the browser needs to make it.
pub const SET_UP_PASSKEY_ASK: &str = "/sign-in/set-up/passkey/ask";
/// POST.
pub const SIGN_OUT: &str = "/sign-out";
/// GET the page, POST the form; query `invitation`.
pub const SIGN_UP: &str = "/sign-up";
/// GET the page with a button (a mail scanner opens links), POST it; query and
/// field `token`.
pub const CONFIRM_EMAIL: &str = "/confirm-email";
/// GET the page, POST the form.
pub const FORGOT_PASSWORD: &str = "/forgot-password";
/// GET the page, POST the form; query and field `token`.
pub const RESET_PASSWORD: &str = "/reset-password";
/// GET.
pub const ACCOUNT: &str = "/account";
/// POST.
pub const CHANGE_PASSWORD: &str = "/account/password";
/// GET the page; POST begins to set one up.
pub const SECOND_FACTOR: &str = "/account/second-factor";
/// POST: the first code of the one that is being set up.
pub const SECOND_FACTOR_CODE: &str = "/account/second-factor/code";
/// POST: new recovery codes.
pub const RECOVERY_CODES: &str = "/account/second-factor/recovery-codes";
/// POST.
pub const SECOND_FACTOR_REMOVE: &str = "/account/second-factor/remove";
/// POST: a new passkey.
pub const PASSKEYS: &str = "/account/passkeys";
/// POST: what the browser needs to make one.
pub const PASSKEYS_NEW: &str = "/account/passkeys/new";
/// POST: what to ask a passkey that is shown.
pub const PASSKEYS_ASK: &str = "/account/passkeys/ask";
/// POST: language and time zone.
pub const PREFERENCES: &str = "/account/preferences";
/// POST.
pub const SIGN_OUT_EVERYWHERE: &str = "/account/sign-out-everywhere";
/// GET the page, POST the form: all that we have of a person goes.
pub const ERASE: &str = "/account/erase";
/// GET.
pub const CONNECTIONS: &str = "/connections";
/// GET: what a person was told.
pub const NOTICES: &str = "/notices";
/// POST: all that were shown are read.
pub const NOTICES_SEEN: &str = "/notices/seen";
/// GET the page, POST the form.
pub const NOTICE_SETTINGS: &str = "/account/notices";
/// POST: letters go again to an address that was refused.
pub const EMAIL_AGAIN: &str = "/account/notices/email";
/// GET: the part of that page about the phone.
pub const PHONE_PART: &str = "/account/notices#phone";
/// POST: a code goes to this phone.
pub const PHONE: &str = "/account/notices/phone";
/// POST: the code that came.
pub const PHONE_CODE: &str = "/account/notices/phone/code";
/// POST: the phone is forgotten.
pub const PHONE_REMOVE: &str = "/account/notices/phone/remove";
/// GET the page with a button, POST it, signed in or not; query `token`.
pub const UNSUBSCRIBE: &str = "/unsubscribe";
/// GET: the search; query `q`.
pub const CONNECT: &str = "/connect";
/// GET the page, POST the form; query `q`.
pub const MISSING: &str = "/connect/missing";
/// GET, in the sandbox environment only: the list of letters.
pub const OUTBOX: &str = "/outbox";
/// The script that follows it, out of `public/`.
pub const FOLLOWING: &str = "/live.js";
/// The glue for the embedded and popup windows, out of `public/`.
pub const EMBEDDED: &str = "/embedded.js";
/// The browser's part of passkeys, out of `public/`.
pub const PASSKEYS_SCRIPT: &str = "/passkeys.js";

/// GET the confirm page, POST to start (answered by the leaving page).
pub fn institution(id: InstitutionId) -> String {
    format!("/connect/{id}")
}

/// GET: the icon, from our origin; 404 where there is none.
pub fn icon(id: InstitutionId) -> String {
    format!("/icons/{id}")
}

/// GET: a visit's page, also the target of `redirectUri`.
pub fn session(id: SessionRef) -> String {
    format!("/connect/sessions/{id}")
}

/// POST: the choice of accounts.
pub fn keep(id: SessionRef) -> String {
    format!("/connect/sessions/{id}/keep")
}

/// POST: read the accounts again.
pub fn look(id: SessionRef) -> String {
    format!("/connect/sessions/{id}/look")
}

/// POST: the one refresh with the person present.
pub fn refresh(id: SessionRef) -> String {
    format!("/connect/sessions/{id}/refresh")
}

/// GET: the overview, at one connection.
pub fn connection(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}#c-{id}")
}

/// GET: one connection with its history.
pub fn one(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}/{id}")
}

/// GET: one notice: where the link of a letter leads.
pub fn notice(id: NoticeRef) -> String {
    format!("{NOTICES}/{id}")
}

/// The address that stops letters, for links of letters.
pub fn unsubscribe(token: &str) -> String {
    format!("{UNSUBSCRIBE}?token={token}")
}

/// POST: tell nothing of a connection for a while.
pub fn snooze(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}/{id}/snooze")
}

/// POST: tell of a connection again.
pub fn unsnooze(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}/{id}/unsnooze")
}

/// POST: leave for Data Connect Fix (answered by the leaving page).
pub fn repair(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}/{id}/repair")
}

/// GET the question, POST the removal of everything.
pub const DISCONNECT_ALL: &str = "/connections/disconnect";

/// POST: leave for Data Connect Fix to renew a permission.
pub fn renew(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}/{id}/renew")
}

/// GET the question, POST the removal of all its accounts.
pub fn disconnect(id: ConnectionRef) -> String {
    format!("{CONNECTIONS}/{id}/disconnect")
}

/// POST: which account a missing one is now.
pub fn same(id: AccountRef) -> String {
    format!("/accounts/{id}/same")
}

/// GET the question, POST the removal.
pub fn remove(id: AccountRef) -> String {
    format!("/accounts/{id}/remove")
}

/// GET, in the sandbox environment only: one letter.
pub fn letter(file: &str) -> String {
    format!("{OUTBOX}/{file}")
}

/// POST: end one sign-in.
pub fn revoke(id: SignInRef) -> String {
    format!("/account/sign-ins/{id}/revoke")
}

/// GET: one passkey.
pub fn passkey(id: PasskeyRef) -> String {
    format!("{PASSKEYS}/{id}")
}

/// POST: its name.
pub fn passkey_name(id: PasskeyRef) -> String {
    format!("{PASSKEYS}/{id}/name")
}

/// POST: it signs nobody in any more.
pub fn passkey_remove(id: PasskeyRef) -> String {
    format!("{PASSKEYS}/{id}/remove")
}

/// A page with a query; names without a value are left out.
pub fn with_query(page: &str, names: &[&str], values: &[&str]) -> String {
    let mut address = page.to_owned();
    let pairs = names.iter().zip(values);
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
                address.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                write!(address, "%{byte:02X}").unwrap_or_default();
            }
        }
    }
    address
}
