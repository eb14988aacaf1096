//! Every sentence that a person reads.
//!
//! Each area has a struct of texts; a language fills them. To add a language:
//! a variant of [`Language`], a folder beside `en`, and the compiler names
//! every sentence that is missing. Sentences with a name or a number in them
//! are functions, because word order is the language's business. Islands get
//! theirs as props, so that no language travels to the browser twice.

#[cfg(test)]
mod catalogue;
mod codes;
mod dates;
mod en;
mod es;
mod fr;
mod language;
mod letters;
#[cfg(test)]
mod samples;
mod shape;
#[cfg(test)]
mod tests;

use crate::api::connect::Cause;
use crate::api::forms::{Notice, Problem};
use crate::api::institution::Record;
use crate::api::search::{Kind, Unavailable};
use crate::api::shared::Outage;
use crate::widgets::account_review::ReviewWords;
use crate::widgets::institution_search::SearchWords;
use crate::widgets::session_progress::ProgressWords;

pub(crate) use dates::Dates;

pub use codes::{Sentence, codes};
pub use dates::{Day, Moment};
pub use language::Language;
pub use letters::{About, FactorChange, Letter, News, NewsLine, Text};

/// Struct of texts, then of sentences with something in them.
macro_rules! words {
    (
        $(#[$doc:meta])*
        $name:ident { $($text:ident),* $(,)? }
        $($function:ident($($arg:ty),*);)*
    ) => {
        $(#[$doc])*
        pub(crate) struct $name {
            $(pub(crate) $text: &'static str,)*
            $(pub(crate) $function: fn($($arg),*) -> String,)*
        }

        #[cfg(test)]
        impl $name {
            /// Every sentence by its name, with every sample of what it takes.
            pub(in crate::words) fn sentences(&self) -> Vec<(String, String)> {
                let texts: &[(&str, &str)] = &[$((stringify!($text), self.$text)),*];
                let mut all: Vec<(String, String)> = Vec::new();
                all.extend(texts.iter().map(|(name, text)| ((*name).into(), (*text).into())));
                $({
                    let samples = [$(<$arg as catalogue::Sample>::samples(0).len()),*];
                    for number in 0..samples.iter().product::<usize>() {
                        let mut call = catalogue::Call::new(number);
                        let text = (self.$function)($(call.next::<$arg>()),*);
                        all.push((format!("{}#{number}", stringify!($function)), text));
                    }
                })*
                all
            }
        }
    };
}

mod campaigns;
mod figures;
mod funnels;
mod help;
mod notices;
mod operations;
mod staff;

pub(crate) use campaigns::CampaignWords;
pub(crate) use figures::{BreakWords, CodeWords, HealthWords, OutageWords, PlaceWords, RowsWords};
pub(crate) use funnels::FunnelWords;
pub(crate) use help::{CaseWords, StoryWords, case_text};
pub(crate) use notices::{NoticeWords, TellingWords};
pub(crate) use operations::{EventWords, GapWords, JobWords};
pub(crate) use staff::{AuditWords, FactorWords, PasskeyWords, PeopleWords};

#[cfg(test)]
pub(crate) use catalogue::Sample;

/// All texts of one language.
pub(crate) struct Words {
    pub(crate) dates: Dates,
    pub(crate) frame: Frame,
    pub(crate) landing: Landing,
    pub(crate) door: Door,
    pub(crate) account: Account,
    pub(crate) find: Find,
    pub(crate) confirm: Confirm,
    pub(crate) trial: Trial,
    pub(crate) visit: VisitWords,
    pub(crate) choice: ChoiceWords,
    pub(crate) overview: Overview,
    pub(crate) repair: RepairWords,
    pub(crate) notices: NoticeWords,
    pub(crate) telling: TellingWords,
    pub(crate) admin: Admin,
    pub(crate) factor: FactorWords,
    pub(crate) passkeys: PasskeyWords,
    pub(crate) people: PeopleWords,
    pub(crate) audit: AuditWords,
    pub(crate) health: HealthWords,
    pub(crate) rows: RowsWords,
    pub(crate) breaks: BreakWords,
    pub(crate) outage: OutageWords,
    pub(crate) places: PlaceWords,
    pub(crate) codes: CodeWords,
    pub(crate) funnels: FunnelWords,
    pub(crate) events: EventWords,
    pub(crate) gaps: GapWords,
    pub(crate) jobs: JobWords,
    pub(crate) story: StoryWords,
    pub(crate) cases: CaseWords,
    pub(crate) campaigns: CampaignWords,
    pub(crate) outbox: Outbox,
    pub(crate) letter: fn(&About<'_>, &str) -> Letter,
    pub(crate) text: fn(&Text<'_>, &str) -> String,
    pub(crate) fault: FaultWords,
    pub(crate) forms: FormWords,
    pub(crate) islands: IslandWords,
}

words! {
    /// What is around every page.
    Frame {
        skip, menu, connections, connect, notices, admin, account, sign_in, sign_out,
        sandbox, test_drive, outbox, privacy, help, provided,
    }
    run_by(Option<&str>);
    title(&str, &str);
}

words! {
    /// The first page.
    Landing {
        title, lead, start, have_account, closed, how, step_find, step_find_text, step_sign_in,
        step_sign_in_text, step_choose, step_choose_text, never, never_text,
    }
    signed_in(&str);
}

words! {
    /// Sign-in, sign-up and the mails' pages.
    Door {
        sign_in, sign_in_lead, email, password, new_password, password_hint, forgot, no_account,
        sign_up, sign_up_lead, sign_up_closed, sign_up_closed_text, invitation, invitation_hint,
        have_account, make_account, confirm_title, confirm_lead, confirm, forgot_title,
        forgot_lead, send_mail, reset_title, reset_lead, reset, dead_title, dead_text, dead_way,
        back, by_invitation, go_on, invited,
    }
    invited_lead(&str, &str);
}

words! {
    /// The person's own sign-in.
    Account {
        title, email, confirmed, unconfirmed, password, current_password,
        new_password, change, sign_ins, sign_ins_lead, this_one, revoke, everywhere,
        everywhere_text, reading, reading_lead, language, zone, zone_hint, zones_us, zones_all,
        eastern, central, mountain, arizona, pacific, alaska, hawaii, choose, unknown_device,
        erase, erase_text, erase_lead, erase_reading, erase_names, erase_banks, erase_stays,
        erase_button, erase_keep,
    }
    usual_zone(&str);
    device(&str, &str);
    used(&str, &str, &str);
    revoke_one(&str);
}

words! {
    /// The search and its ways on.
    Find {
        title, lead, popular, results, submit, connected, own_site, maintenance, troubled, spelling,
        spelling_text, other, other_text, missing, missing_text, missing_title,
        missing_lead, missing_name, missing_address, missing_address_hint, missing_send,
        missing_back,
    }
    kind(Kind);
}

words! {
    /// Before leaving.
    Confirm {
        reads, how_long, how_to_stop, mastercard, mastercard_text, before, maintenance,
        existing_lead, in_app, in_app_text, window_embedded, window_popup,
        window_failed, home, sign_in_page, forgot_password, register,
        other, gone_title, gone_text, fix_first_text, fix_first,
    }
    title(&str);
    fix_first_title(&str);
    another(&str);
    own_site(&str);
    here(&str);
    existing(&str);
    show(&[String]);
    cannot(&str, Unavailable);
    outage(&str, &Outage);
    hopeless(&str, Record);
    phone(&str);
}

words! {
    /// What stands in for the operator's words where the installation is on trial.
    Trial { reads, why, how_long, how_to_stop }
}

words! {
    /// Leaving, and the page of a visit.
    VisitWords {
        leaving_lead, returned, signed_in, accounts_found, checking_lead, look_again, again,
        other, to_connections, step_done, step_open, left_title, left_text, expired_title,
        expired_text, setting_up_text,
    }
    leaving(&str);
    go(&str);
    waiting_title(&str);
    waiting_text(&str);
    at_title(&str);
    at_text(&str);
    checking(&str);
    setting_up(&str);
    failed(&str, Cause);
    failed_text(&str, Cause);
    try_again(&str);
}

words! {
    /// Which accounts to keep.
    ChoiceWords {
        lead, list, remove_note, data_coming, get_data, done_lead, kept, removed, removing, undecided, all,
        connect_more, nothing_kept,
    }
    title(&str, usize);
    done(&str, usize);
    kept_if_silent(&str);
    removed_if_silent(&str);
    account(&str, Option<&str>);
    kind(&str);
}

/// How many connections are how.
pub(crate) struct Counts {
    pub(crate) all: usize,
    pub(crate) fine: usize,
    pub(crate) act: usize,
    pub(crate) wait: usize,
    /// Those of them that wait for their first data.
    pub(crate) setting_up: usize,
}

words! {
    /// What is connected.
    Overview {
        title, empty_title, empty_text, empty_start, connect_more, strip_wait,
        strip_fine, setting_up, setting_up_text, waiting, waiting_text, stale, needs_you,
        institution_on_it, mastercard_on_it, we_are_on_it, leaving, leaving_text, gone, choose,
        connected, no_data_yet, more, removing, remove_text, remove_keep, last_good, fix,
        accounts, account_gone, account_works, history, end, back, was_connected, was_repaired,
        was_gone, repair_begun, renewal_begun, renewed, disconnect_text, disconnect_all,
        disconnect_all_title, disconnect_all_text, changed_sign_in, renew, replaced, remove_old,
    }
    headline(&Counts);
    strip_act(usize);
    since(&str);
    broken_since(Option<&str>, &str);
    changed_sign_in_text(&str);
    next_reading(&str);
    which_title(&str);
    which_text(&str);
    it_is(&str);
    late_removal(&str);
    stale_text(Option<&str>, &str);
    renew_explained(&str);
    renew_text(&str);
    gone_text(&str);
    rhythm(u16);
    institution_down(&str, &str);
    outage(&str, &Outage);
    moving(&str);
    remove_title(&str);
    remove_button(&str);
    disconnect_title(&str);
    disconnect(&str);
    manage(&str);
    fix_label(&str);
    connect_anew(&str);
    open_site(&str);
    help(&str);
    code(i64);
    more_accounts(usize);
    account_was_gone(&str);
    account_is_back(&str);
    moved(&str);
}

words! {
    /// How a repair ended.
    RepairWords {
        repaired_text, others_text, again, look, get_data, next, to_connections, add, unchanged,
        renewed_text,
    }
    signed_in_text(&str);
    nothing_text(&str);
    renewed(&str);
    renewal_open_text(&str);
    too_early(&str);
    too_early_text(&str);
    repaired(&str);
    next_one(&str, u32);
    signed_in(&str);
    nothing(&str);
    others(&str);
    still(&str);
}

words! {
    /// The letters of the sandbox environment.
    Outbox { title, lead, none, to, text_to }
}

words! {
    /// For admins.
    Admin {
        menu, upstream_fine, upstream_never, rejected, rejected_text, circuit, missing,
        missing_none, missing_title, empty, empty_none, text, count, last, directory_never,
        directory_old,
    }
    upstream_last(&str);
    rejected_since(&str);
    circuit_groups(&str);
    circuit_next(&str);
    copied(&str);
}

words! {
    /// When a page cannot be shown.
    FaultWords {
        not_found, not_found_text, forbidden, forbidden_text, internal, internal_text, busy,
        busy_text, too_many, too_many_text, home, search, reference, staff_not_found,
        staff_forbidden, staff_home,
    }
}

words! {
    /// What forms say.
    FormWords {}
    problem(Problem);
    notice(&Notice);
}

/// Texts of the islands, in this language.
pub(crate) struct IslandWords {
    pub(crate) search: fn() -> SearchWords,
    pub(crate) progress: fn() -> ProgressWords,
    pub(crate) review: fn() -> ReviewWords,
}
