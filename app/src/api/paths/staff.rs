//! Addresses of the pages of staff.

use crate::api::events::EventRef;
use crate::api::ids::{
    CampaignRef, CaseRef, ConnectionRef, InstitutionId, InvitationRef, JobRef, OutageRef, UserRef,
};

/// GET.
pub const ADMIN: &str = "/admin";
/// GET: people with a sign-in; POST: invites one.
pub const PEOPLE: &str = "/admin/people";
/// GET: what staff did.
pub const AUDIT: &str = "/admin/audit";
/// POST: the same as CSV.
pub const AUDIT_EXPORT: &str = "/admin/audit/export";
/// GET: the connections behind a number; query as in [`crate::api::rows`].
pub const ADMIN_CONNECTIONS: &str = "/admin/connections";
/// GET: the breaks behind a number; query as in [`crate::api::breaks`].
pub const ADMIN_BREAKS: &str = "/admin/breaks";
/// GET: the log of events; query as in [`crate::api::events`].
pub const EVENTS: &str = "/admin/events";
/// POST: replays those that a filter names.
pub const EVENTS_REPLAY: &str = "/admin/events/replay";
/// GET: what ought to have come and did not.
pub const GAPS: &str = "/admin/gaps";
/// GET: the queue; query as in [`crate::api::jobs`].
pub const JOBS: &str = "/admin/jobs";
/// GET: how institutions are; query as in [`crate::api::places`].
pub const ADMIN_INSTITUTIONS: &str = "/admin/institutions";
/// GET: the same as CSV.
pub const ADMIN_INSTITUTIONS_CSV: &str = "/admin/institutions.csv";
/// GET: how codes and causes are doing.
pub const ADMIN_CODES: &str = "/admin/codes";
/// GET: how far visits and repairs come; query as in [`crate::api::funnels`].
pub const FUNNELS: &str = "/admin/funnels";
/// GET: the same as CSV.
pub const FUNNELS_CSV: &str = "/admin/funnels.csv";
/// GET: institutions that people look for in vain.
pub const ADMIN_MISSING: &str = "/admin/missing-institutions";
/// GET: finds a person for support; query `q`.
pub const FIND_PERSON: &str = "/admin/find";
/// GET: what Mastercard is told of; POST: it was told; query as in
/// [`crate::api::cases`].
pub const CASES: &str = "/admin/cases";
/// GET: what one case would tell of; query as in [`crate::api::cases`].
pub const CASE_BUNDLE: &str = "/admin/cases/new";
/// GET: the same as CSV.
pub const CASE_BUNDLE_CSV: &str = "/admin/cases/new.csv";
/// GET: campaigns; POST: makes one; query as in [`crate::api::campaigns`].
pub const CAMPAIGNS: &str = "/admin/campaigns";
/// GET: the form of a new one; query as in [`crate::api::campaigns`].
pub const CAMPAIGN_NEW: &str = "/admin/campaigns/new";
/// GET: a stream that says when the health page has news.
pub const LIVE: &str = "/admin/live";

/// GET: how one institution is.
pub fn admin_institution(id: InstitutionId) -> String {
    format!("{ADMIN_INSTITUTIONS}/{id}")
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

/// POST: all that we have of them goes.
pub fn person_erase(id: UserRef) -> String {
    format!("{PEOPLE}/{id}/erase")
}

/// POST: takes an invitation back.
pub fn withdraw(id: InvitationRef) -> String {
    format!("/admin/invitations/{id}/withdraw")
}

/// GET: one outage; query as in [`crate::api::outages`].
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

/// GET: one campaign; query as in [`crate::api::campaigns`].
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
