//! English: search, confirm, the visit, the choice.

use super::super::shape::apart;
use super::super::{ChoiceWords, Confirm, Find, Trial, VisitWords};
use super::people::small;
use crate::api::connect::Cause;
use crate::api::institution::Record;
use crate::api::search::{Kind, Unavailable};
use crate::api::shared::{Outage, Whose};

pub(in super::super) const FIND: Find = Find {
    title: "Find your bank",
    lead: "Type a name, a web address or a routing number.",
    popular: "Often chosen",
    results: "Institutions found",
    submit: "Search",
    connected: "Connected",
    own_site: "signs in on its own site",
    maintenance: "Maintenance: it may not work now",
    troubled: "Trouble there: it may not work now",
    spelling: "Check the spelling",
    spelling_text: "A part of the name is enough: “first fed” finds First Federal.",
    other: "Try its web address or routing number",
    other_text: "The address you use to sign in, or the nine digits at the foot of a check.",
    missing: "Tell us it is missing",
    missing_text: "We count what people miss and ask for it.",
    missing_title: "Tell us what is missing",
    missing_lead: "We count what people miss and ask Mastercard for it. We cannot promise when \
                   it comes.",
    missing_name: "Name of the institution",
    missing_address: "Its web address",
    missing_address_hint: "If you know it: it tells institutions with the same name apart.",
    missing_send: "Send",
    missing_back: "Back to the search",
    kind: |kind| {
        match kind {
            Kind::Bank => "Bank",
            Kind::CreditUnion => "Credit union",
            Kind::Cards => "Cards",
            Kind::Investments => "Investments",
            Kind::Retirement => "Retirement plans",
            Kind::Loans => "Mortgages and loans",
            Kind::Insurance => "Insurance",
            Kind::Test => "Test institution",
        }
        .into()
    },
};

pub(in super::super) const CONFIRM: Confirm = Confirm {
    reads: "What is read",
    how_long: "For how long",
    how_to_stop: "How to stop",
    mastercard: "Mastercard’s part",
    mastercard_text: "The connection is made by Mastercard Data Connect. On the next page you \
                      agree to Mastercard’s terms and privacy notice and sign in. Your password \
                      never reaches us.",
    before: "Before you go",
    maintenance: "This institution announces maintenance. You can try now; if signing in fails, \
                  come back in a few hours.",
    existing_lead: "You can use what you have, or connect another sign-in there.",
    fix_first_text: "Fixing keeps your accounts and their history. Connect another sign-in only if \
                     you have a second one there.",
    fix_first: "Fix the connection you have",
    in_app: "Open this page in your browser first",
    in_app_text: "You are looking at this page inside another app. Some institutions refuse to \
                  be opened there. Open the menu of this app, choose “Open in browser”, then go \
                  on.",
    window_embedded: "Opens on top of this page.",
    window_popup: "Opens in a new window.",
    window_failed: "The window could not be opened, so we go there on this page.",
    home: "Web site",
    sign_in_page: "Sign-in page",
    forgot_password: "Forgot your password there?",
    register: "No online access yet?",
    other: "Choose another bank",
    gone_title: "This institution is not available",
    gone_text: "Mastercard no longer offers it, or the address of this page is wrong.",
    title: |institution| format!("Connect {institution}"),
    own_site: |institution| format!("Continue to sign in at {institution}"),
    here: |institution| format!("Continue to sign in to {institution} with Mastercard"),
    fix_first_title: |institution| format!("Your connection to {institution} needs you"),
    another: |institution| format!("Connect another sign-in at {institution}"),
    existing: |institution| format!("You are connected to {institution} already"),
    show: |accounts| match accounts {
        [first, second, third, more @ ..] if !more.is_empty() => {
            format!(
                "Show {first}, {second}, {third} and {} more",
                small(more.len())
            )
        }
        all => format!("Show {}", all.join(", ")),
    },
    cannot: |institution, why| match why {
        Unavailable::Offline => format!(
            "{institution} does not answer Mastercard at present. Come back later today; nothing \
             for you to do until then."
        ),
        Unavailable::Unsupported => format!(
            "{institution} does not offer through Mastercard what is needed here. If you have \
             accounts elsewhere, connect those."
        ),
        Unavailable::NotRegistered => format!(
            "Our registration at {institution} is under way. Until it is done, it cannot be \
             connected."
        ),
    },
    outage,
    hopeless: |institution, record| {
        let Record { tried, connected } = record;
        let got_through = match connected {
            0 => "nobody".into(),
            some => format!("only {}", small(some as usize)),
        };
        format!(
            "In the last 24 hours, of {tried} people who tried to connect {institution} here, \
             {got_through} got through. You can still try; if it fails, it is not you."
        )
    },
    phone: |number| format!("Telephone {number}"),
};

pub(in super::super) const TRIAL: Trial = Trial {
    reads: "Account names, types, the last four digits, and transactions.",
    why: "To try this installation out. Nothing is done with your data.",
    how_long: "Until you remove the account here.",
    how_to_stop: "Remove an account under Connections at any time.",
};

/// A person may still try, and is told beforehand that a failure is not theirs.
fn outage(institution: &str, outage: &Outage) -> String {
    let Outage {
        whose,
        since,
        others,
    } = outage;
    let whose = match whose {
        Whose::Institution => institution,
        Whose::Mastercard => "Mastercard",
    };
    let others = match others {
        0 => String::new(),
        1 => " One other person here is affected.".into(),
        others => format!(" {others} others here are affected."),
    };
    format!(
        "{whose} has had trouble since about {}.{others} You can still try. If signing in fails, \
         it is not you: come back tomorrow.",
        since.text
    )
}

pub(in super::super) const VISIT: VisitWords = VisitWords {
    leaving_lead: "You are on your way. This page changes by itself; if it does not, use the \
                   link.",
    returned: "You came back",
    signed_in: "Sign-in accepted",
    accounts_found: "Accounts found",
    checking_lead: "This takes a few seconds, two minutes at most. You can close this page; we \
                    go on.",
    look_again: "Look again",
    again: "Start again",
    other: "Choose another bank",
    to_connections: "Go to your connections",
    step_done: "done",
    step_open: "not yet",
    left_title: "You left before the end",
    left_text: "Nothing was connected. You can start again whenever you like.",
    expired_title: "The time for signing in ran out",
    expired_text: "Nothing was connected. A sign-in has to begin within two hours and end within \
                   one more. You can start again.",
    setting_up_text: "The sign-in seems to have gone well, but no account has arrived yet. We \
                      keep looking; you need not wait here. When accounts arrive, they show \
                      among your connections.",
    leaving: |institution| format!("Taking you to {institution}"),
    go: |institution| format!("Go to sign in to {institution}"),
    waiting_title: |institution| format!("{institution} is not open yet"),
    waiting_text: |institution| {
        format!(
            "We have not seen the sign-in page of {institution} open. If you closed it, start \
                 again."
        )
    },
    at_title: |institution| format!("Finish signing in to {institution}"),
    at_text: |institution| {
        format!(
            "The sign-in to {institution} is open in another window. When it is done, this \
                 page goes on by itself. If you closed it, start again."
        )
    },
    checking: |institution| format!("Checking {institution}"),
    setting_up: |institution| format!("{institution} is still setting up"),
    failed: |institution, cause| match cause {
        Cause::SignInRefused => format!("{institution} did not accept the sign-in"),
        Cause::SecondFactor => format!("{institution} did not accept the second step"),
        Cause::Locked => format!("{institution} has locked your sign-in"),
        Cause::ActionNeeded => format!("{institution} asks you to do something there first"),
        Cause::PermissionRefused => format!("{institution} was not given your permission"),
        Cause::NoAccounts => format!("{institution} showed no account to connect"),
        Cause::InstitutionDown => format!("{institution} did not answer"),
        Cause::NotSupported => format!("{institution} can no longer be connected"),
        Cause::NothingNew => format!("{institution} brought nothing new"),
        Cause::NoLink | Cause::Upstream => "Mastercard did not answer".into(),
        Cause::Unproven => format!("We cannot tell whether {institution} was connected"),
    },
    failed_text: |institution, cause| match cause {
        Cause::SignInRefused => format!(
            "The user name or password was not right. Try it on the site of {institution} first; \
             if it works there, start again."
        ),
        Cause::SecondFactor => "The code or answer was wrong or came too late. Start again and \
                                have your phone at hand."
            .into(),
        Cause::Locked => format!(
            "Too many tries, or a protection of {institution}. Unlock it on its site or by \
             telephone, then start again."
        ),
        Cause::ActionNeeded => format!(
            "Sign in on the site of {institution}, do what it asks (often: accept new terms or \
             set a new password), then start again."
        ),
        Cause::PermissionRefused => format!(
            "At {institution} you chose not to share, or took it back. To connect, start again \
             and tick the accounts to share."
        ),
        Cause::NoAccounts => format!(
            "You are signed in, but {institution} offered no account of a kind that can be \
             connected. Perhaps you have another sign-in there."
        ),
        Cause::InstitutionDown => format!(
            "The trouble is on the side of {institution}, not yours. Try again in an hour or two."
        ),
        Cause::NotSupported => format!(
            "{institution} is no longer offered through Mastercard. Accounts elsewhere can still \
             be connected."
        ),
        Cause::NothingNew => format!(
            "Every account that {institution} showed was connected before, so nothing was added. \
             They are among your connections."
        ),
        Cause::NoLink | Cause::Upstream => "The service that makes the connection did not \
                                            answer. You did nothing wrong. Try again in a few \
                                            minutes."
            .into(),
        Cause::Unproven => format!(
            "{institution} sent no accounts, and no reason. If you did finish there, they may \
             still come and will show among your connections. If not, start again."
        ),
    },
    try_again: |institution| format!("Connect {institution} again"),
};

pub(in super::super) const CHOICE: ChoiceWords = ChoiceWords {
    lead: "What is ticked is kept when you press the button.",
    list: "Accounts",
    remove_note: "What you untick is removed here and deleted at Mastercard.",
    data_coming: "Their first data is on its way.",
    get_data: "Get my data now",
    done_lead: "Nothing more to do. You can change your mind on the page of your connections.",
    kept: "Kept",
    removed: "Removed",
    removing: "Being removed",
    undecided: "Not decided",
    all: "Go to your connections",
    connect_more: "Connect another bank",
    nothing_kept: "No account was kept",
    title: |institution, count| match count {
        1 => format!("{institution} is connected: one account"),
        count => format!("{institution} is connected: {} accounts", small(count)),
    },
    done: |institution, count| match count {
        1 => format!("{institution} is connected, with one account"),
        count => format!("{institution} is connected, with {} accounts", small(count)),
    },
    kept_if_silent: |when| format!("If you do not choose, all are kept on {when}."),
    removed_if_silent: |when| format!("If you do not choose, all are removed on {when}."),
    account: |name, mask| mask.map_or_else(|| name.into(), |mask| format!("{name} ··{mask}")),
    kind: account_kind,
};

/// Mastercard's account types (official description, account types list).
/// One that is not known is shown as it came, with its words apart.
fn account_kind(code: &str) -> String {
    let known = match code {
        "checking" => "Checking",
        "savings" => "Savings",
        "cd" => "Certificate of deposit",
        "moneyMarket" => "Money market",
        "creditCard" => "Credit card",
        "lineOfCredit" => "Line of credit",
        "homeEquityLineOfCredit" => "Home equity line of credit",
        "investment" => "Investment",
        "investmentTaxDeferred" => "Tax-deferred investment",
        "brokerageAccount" => "Brokerage",
        "employeeStockPurchasePlan" => "Stock purchase plan",
        "ira" => "IRA",
        "roth" => "Roth IRA",
        "401k" => "401(k)",
        "403b" => "403(b)",
        "529plan" | "529" => "529 plan",
        "rollover" => "Rollover IRA",
        "pension" => "Pension",
        "mortgage" => "Mortgage",
        "loan" => "Loan",
        "studentLoan" | "studentLoanAccount" => "Student loan",
        "studentLoanGroup" => "Student loans",
        "autoLoan" => "Car loan",
        "hsa" | "healthSavingsAccount" => "Health savings",
        "cryptocurrency" => "Crypto",
        "unknown" | "" => "Account",
        _ => return apart(code),
    };
    known.into()
}

#[cfg(test)]
mod tests {
    use super::{CONFIRM, account_kind};

    #[test]
    fn an_unknown_account_type_is_still_readable() {
        assert_eq!(account_kind("creditCard"), "Credit card");
        assert_eq!(account_kind("keoghPlan"), "Keogh plan");
        assert_eq!(account_kind(""), "Account");
    }

    #[test]
    fn a_long_list_of_accounts_names_three() {
        let show = |count: usize| {
            let names: Vec<_> = (1..=count).map(|n| format!("A{n}")).collect();
            (CONFIRM.show)(&names)
        };
        assert_eq!(show(1), "Show A1");
        assert_eq!(show(3), "Show A1, A2, A3");
        assert_eq!(show(4), "Show A1, A2, A3 and one more");
        assert_eq!(show(14), "Show A1, A2, A3 and 11 more");
    }
}
