//! Every address of ours that a page names. Form handlers of the server mount
//! the same constants.

use std::fmt::Write as _;

use super::events::EventRef;
use super::ids::{
    AccountRef, CampaignRef, CaseRef, ConnectionRef, InstitutionId, JobRef, NoticeRef, OutageRef,
    PasskeyRef, SessionRef, SignInRef, UserRef,
};

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
/// GET.
pub const ADMIN: &str = "/admin";
/// GET: people with a sign-in; POST: invites one.
pub const PEOPLE: &str = "/admin/people";
/// GET: what staff did.
pub const AUDIT: &str = "/admin/audit";
/// POST: the same as CSV.
pub const AUDIT_EXPORT: &str = "/admin/audit/export";
/// GET: the connections behind a number; query as in [`super::rows`].
pub const ADMIN_CONNECTIONS: &str = "/admin/connections";
/// GET: the breaks behind a number; query as in [`super::breaks`].
pub const ADMIN_BREAKS: &str = "/admin/breaks";
/// GET: the log of events; query as in [`super::events`].
pub const EVENTS: &str = "/admin/events";
/// POST: replays those that a filter names.
pub const EVENTS_REPLAY: &str = "/admin/events/replay";
/// GET: what ought to have come and did not.
pub const GAPS: &str = "/admin/gaps";
/// GET: the queue; query as in [`super::jobs`].
pub const JOBS: &str = "/admin/jobs";
/// GET: how institutions are; query as in [`super::places`].
pub const ADMIN_INSTITUTIONS: &str = "/admin/institutions";
/// GET: the same as CSV.
pub const ADMIN_INSTITUTIONS_CSV: &str = "/admin/institutions.csv";
/// GET: how codes and causes are doing.
pub const ADMIN_CODES: &str = "/admin/codes";
/// GET: how far visits and repairs come; query as in [`super::funnels`].
pub const FUNNELS: &str = "/admin/funnels";
/// GET: the same as CSV.
pub const FUNNELS_CSV: &str = "/admin/funnels.csv";
/// GET: institutions that people look for in vain.
pub const ADMIN_MISSING: &str = "/admin/missing-institutions";
/// GET: finds a person for support; query `q`.
pub const FIND_PERSON: &str = "/admin/find";
/// GET: what Mastercard is told of; POST: it was told; query as in
/// [`super::cases`].
pub const CASES: &str = "/admin/cases";
/// GET: what one case would tell of; query as in [`super::cases`].
pub const CASE_BUNDLE: &str = "/admin/cases/new";
/// GET: the same as CSV.
pub const CASE_BUNDLE_CSV: &str = "/admin/cases/new.csv";
/// GET: campaigns; POST: makes one; query as in [`super::campaigns`].
pub const CAMPAIGNS: &str = "/admin/campaigns";
/// GET: the form of a new one; query as in [`super::campaigns`].
pub const CAMPAIGN_NEW: &str = "/admin/campaigns/new";
/// GET, in the sandbox environment only: the list of letters.
pub const OUTBOX: &str = "/outbox";
/// GET: a stream that says when the health page has news.
pub const LIVE: &str = "/admin/live";
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

/// GET: how one institution is.
pub fn admin_institution(id: InstitutionId) -> String {
    format!("{ADMIN_INSTITUTIONS}/{id}")
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

/// GET: one person, for admins.
pub fn person(id: UserRef) -> String {
    format!("{PEOPLE}/{id}")
}

/// POST: what they may do.
pub fn person_role(id: UserRef) -> String {
    format!("{PEOPLE}/{id}/role")
}

/// POST: let in no more, or again.
pub fn person_access(id: UserRef) -> String {
    format!("{PEOPLE}/{id}/access")
}

/// POST: end all their sign-ins.
pub fn person_sign_ins(id: UserRef) -> String {
    format!("{PEOPLE}/{id}/sign-ins")
}

/// POST: take away a second factor that they have lost.
pub fn person_factor(id: UserRef) -> String {
    format!("{PEOPLE}/{id}/second-factor")
}

/// GET: one outage; query as in [`super::outages`].
pub fn admin_outage(id: OutageRef) -> String {
    format!("/admin/outages/{id}")
}

/// GET: one event.
pub fn event(id: &EventRef) -> String {
    format!("{EVENTS}/{id}")
}

/// POST: its effect once more.
pub fn event_replay(id: &EventRef) -> String {
    format!("{EVENTS}/{id}/replay")
}

/// POST: all attempts again.
pub fn job_retry(id: JobRef) -> String {
    format!("{JOBS}/{id}/retry")
}

/// POST: out of the queue.
pub fn job_cancel(id: JobRef) -> String {
    format!("{JOBS}/{id}/cancel")
}

/// GET: one person's story, for support.
pub fn story(id: UserRef) -> String {
    format!("{PEOPLE}/{id}/story")
}

/// POST: tell nothing of somebody's connection for a while.
pub fn help_snooze(id: ConnectionRef) -> String {
    format!("{ADMIN_CONNECTIONS}/{id}/snooze")
}

/// POST: tell of it again.
pub fn help_unsnooze(id: ConnectionRef) -> String {
    format!("{ADMIN_CONNECTIONS}/{id}/unsnooze")
}

/// POST: take somebody's connection out of the figures.
pub fn help_mark(id: ConnectionRef) -> String {
    format!("{ADMIN_CONNECTIONS}/{id}/mark")
}

/// POST: let it count again.
pub fn help_unmark(id: ConnectionRef) -> String {
    format!("{ADMIN_CONNECTIONS}/{id}/unmark")
}

/// POST: write to its person about its break.
pub fn help_letter(id: ConnectionRef) -> String {
    format!("{ADMIN_CONNECTIONS}/{id}/letter")
}

/// GET: one case.
pub fn case(id: CaseRef) -> String {
    format!("{CASES}/{id}")
}

/// GET: the same as CSV.
pub fn case_csv(id: CaseRef) -> String {
    format!("{CASES}/{id}/csv")
}

/// POST: the number that it has at Mastercard.
pub fn case_number(id: CaseRef) -> String {
    format!("{CASES}/{id}/number")
}

/// GET: one campaign; query as in [`super::campaigns`].
pub fn campaign(id: CampaignRef) -> String {
    format!("{CAMPAIGNS}/{id}")
}

/// GET: its targets as CSV.
pub fn campaign_csv(id: CampaignRef) -> String {
    format!("{CAMPAIGNS}/{id}/csv")
}

/// POST: counts a draft anew.
pub fn campaign_count(id: CampaignRef) -> String {
    format!("{CAMPAIGNS}/{id}/count")
}

/// POST: sends a draft.
pub fn campaign_send(id: CampaignRef) -> String {
    format!("{CAMPAIGNS}/{id}/send")
}

/// POST: stops it for good.
pub fn campaign_stop(id: CampaignRef) -> String {
    format!("{CAMPAIGNS}/{id}/stop")
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
