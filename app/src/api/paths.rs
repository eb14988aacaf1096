//! Every address of ours that a page names. Form handlers of the server mount
//! the same constants.

use super::ids::{AccountRef, ConnectionRef, InstitutionId, SessionRef, SignInRef};

/// The landing page.
pub const HOME: &str = "/";
/// GET the page, POST the form; query and field `next`.
pub const SIGN_IN: &str = "/sign-in";
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
/// POST.
pub const SIGN_OUT_EVERYWHERE: &str = "/account/sign-out-everywhere";
/// GET.
pub const CONNECTIONS: &str = "/connections";
/// GET: the search; query `q`.
pub const CONNECT: &str = "/connect";
/// GET the page, POST the form; query `q`.
pub const MISSING: &str = "/connect/missing";
/// GET.
pub const ADMIN: &str = "/admin";
/// GET, in the sandbox environment only: the list of letters.
pub const OUTBOX: &str = "/outbox";
/// The glue for the embedded and popup windows, out of `public/`.
pub const EMBEDDED: &str = "/embedded.js";

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
