//! English: what is connected, and how a repair ended.

use super::super::shape::upper_first;
use super::super::{Counts, Overview, RepairWords};
use super::people::small;
use crate::api::shared::{Outage, Whose};

pub(in super::super) const OVERVIEW: Overview = Overview {
    title: "Connections",
    empty_title: "Nothing is connected yet",
    empty_text: "Find your bank and sign in with it. It takes about two minutes.",
    empty_start: "Connect a bank",
    connect_more: "Connect another bank",
    strip_wait: "being handled",
    strip_fine: "up to date",
    setting_up: "Setting up",
    setting_up_text: "The accounts are here; their first data is on its way. Nothing for you to \
                      do.",
    waiting: "Waiting for your choice",
    waiting_text: "You have not said yet which of these accounts to keep.",
    stale: "No new data",
    needs_you: "Needs you",
    institution_on_it: "Trouble at the bank",
    mastercard_on_it: "Mastercard is on it",
    we_are_on_it: "We are on it",
    leaving: "Being removed",
    leaving_text: "These accounts are being deleted at Mastercard. Then they disappear from \
                   this page.",
    gone: "No longer there",
    choose: "Choose accounts",
    replaced: "You have connected it anew, so this old connection can go.",
    remove_old: "Remove the old one",
    connected: "Connected",
    no_data_yet: "no data yet",
    more: "More",
    removing: "being removed",
    remove_text: "We stop reading this account, and it is deleted at Mastercard. Your account at \
                  your bank stays as it is. To have it back, you connect again.",
    remove_keep: "Keep it",
    last_good: "last data",
    fix: "Fix connection",
    accounts: "Accounts",
    account_gone: "Mastercard no longer shows this account.",
    account_works: "works",
    history: "What happened",
    end: "Remove",
    back: "All your connections",
    was_connected: "You connected it.",
    was_repaired: "Working again: new data came.",
    was_gone: "Mastercard shows none of its accounts any more.",
    repair_begun: "You went to fix it.",
    renewal_begun: "You went to renew your permission.",
    renewed: "Your permission was renewed.",
    disconnect_text: "We stop reading all accounts of this connection, and they are deleted at \
                      Mastercard together with the permission to sign in. Your accounts at your \
                      bank stay as they are. To have them back, you connect again.",
    changed_sign_in: "I changed my sign-in there",
    disconnect_all: "Remove everything",
    disconnect_all_title: "Remove all your connections?",
    disconnect_all_text: "We stop reading every account that you connected here, and all of them \
                          are deleted at Mastercard together with the permissions to sign in. \
                          Your accounts at your banks stay as they are. To have them back, you \
                          connect each bank again.",
    renew: "Renew permission",
    headline,
    strip_act: |count| if count == 1 { "needs you" } else { "need you" }.into(),
    since: |when| format!("Connected since {when}"),
    broken_since: |last_good, failed| match last_good {
        Some(good) => format!("Broke between {good} and {failed}"),
        None => format!("Not working since {failed}"),
    },
    changed_sign_in_text: |by| {
        format!(
            "There is nothing to do yet. We read this connection next by {by}. If the old sign-in \
             no longer works then, we ask you to sign in once with the new one."
        )
    },
    which_title: |account| format!("Where is {account} now?"),
    which_text: |institution| {
        format!(
            "{institution} shows accounts that look like it, and we do not guess. Say which one it \
             is, and its history goes on. If it is none of them, there is nothing to do here."
        )
    },
    it_is: |account| format!("It is {account}"),
    next_reading: |by| format!("Next reading: by {by}."),
    late_removal: |asked| {
        format!(
            "You asked on {asked} to remove it, and Mastercard has not deleted it yet. We try \
             again until it is deleted. Nothing for you to do."
        )
    },
    stale_text: |since, by| {
        let last = match since {
            Some(since) => format!("the last data came {since}"),
            None => "no data has come yet".into(),
        };
        format!(
            "Nothing is wrong that we know of, but {last}. We look again by {by}. Nothing for you \
             to do."
        )
    },
    renew_explained: |by| {
        format!(
            "All is well. Your permission to read these accounts ends on {by}. If your bank wants \
             you to sign in again then, “Fix connection” appears here. If you would rather not \
             wait, connect it again now: your accounts stay in this list."
        )
    },
    renew_text: |by| {
        format!(
            "All is well. Your permission to read these accounts ends on {by}. To keep it, sign in \
             there once before that day."
        )
    },
    gone_text: |institution| {
        format!(
            "Mastercard no longer shows any of these accounts at {institution}. If you want them \
             back, connect again; if not, remove them here."
        )
    },
    rhythm: |days| {
        format!(
            "This bank asks you to sign in again about every {days} days. That is normal there."
        )
    },
    outage,
    moving: |institution| {
        format!(
            "{institution} is moving to a new kind of connection. Your accounts and their history \
             stay here. When it is time to sign in there anew, we ask you; nothing to do now."
        )
    },
    institution_down: |institution, by| {
        format!(
            "{institution} has trouble at present, so nobody can sign in there. Nothing for you \
             to do: we look again by {by}."
        )
    },
    remove_title: |account| format!("Remove {account}?"),
    remove_button: |account| format!("Remove {account}"),
    disconnect_title: |institution| format!("Remove {institution} with all its accounts?"),
    disconnect: |institution| format!("Remove {institution}"),
    manage: |institution| format!("More about {institution}"),
    fix_label: |institution| format!("Fix connection to {institution}"),
    connect_anew: |institution| format!("Connect {institution} again"),
    open_site: |institution| format!("Open {institution}"),
    help: |institution| format!("At {institution}"),
    code: |code| format!("For support: Mastercard’s code is {code}."),
    more_accounts: |count| format!("and {} more", small(count)),
    account_was_gone: |account| format!("Mastercard no longer showed {account}."),
    account_is_back: |account| format!("{account} is there again."),
    moved: |institution| {
        format!("{institution} moved to a new kind of connection. Your accounts stayed.")
    },
};

pub(in super::super) const REPAIR: RepairWords = RepairWords {
    repaired_text: "A new reading of your accounts shows it. Nothing more to do.",
    renewed_text: "A new reading of your accounts shows it. Nothing more to do.",
    others_text: "We changed nothing, so that no account is mixed up. If you have two sign-ins \
                  there, use the other one. To add these accounts too, connect them as new.",
    again: "Fix it again",
    look: "Look once more",
    get_data: "Get my data now",
    next: "Fix the next one",
    to_connections: "Go to your connections",
    add: "Connect as new",
    unchanged: "Nothing was changed. You can fix the connection whenever you like.",
    signed_in_text: |by| {
        format!(
            "Your bank has not sent new data yet. That often takes until the next morning. We look \
             again by {by}, and you see it among your connections."
        )
    },
    nothing_text: |by| {
        format!(
            "Mastercard found nothing to repair, but no new data has come. We look again by {by}. \
             If it is still like this after that, fix it once more."
        )
    },
    renewed: |institution| format!("{institution}: your permission is renewed"),
    renewal_open_text: |by| {
        format!(
            "Mastercard has not told us the new end of your permission yet. We look again by {by}. \
             Your data keeps coming meanwhile."
        )
    },
    too_early: |institution| format!("{institution}: nothing to renew yet"),
    too_early_text: |by| {
        format!(
            "Mastercard renews it only once it has ended. Your data keeps coming until {by}. Come \
             back on that day: “Fix connection” appears here when your bank wants you to sign in \
             again."
        )
    },
    repaired: |institution| format!("{institution} works again"),
    next_one: |institution, left| match left {
        0 | 1 => format!("One more can be fixed here: {institution}."),
        left => format!(
            "{} more can be fixed here. The next is {institution}.",
            upper_first(&small(left as usize))
        ),
    },
    signed_in: |institution| format!("You signed in to {institution}"),
    nothing: |institution| format!("{institution}: nothing to repair was found"),
    others: |institution| format!("{institution} showed other accounts"),
    still: |institution| format!("{institution} is still not working"),
};

/// Who has trouble, about since when, who else is affected, and what happens.
fn outage(institution: &str, outage: &Outage) -> String {
    let whose = match outage.whose {
        Whose::Institution => institution.to_owned(),
        Whose::Mastercard => format!("Mastercard, which reads {institution} for us,"),
    };
    let others = match outage.others {
        0 => String::new(),
        1 => " One other person is affected.".into(),
        others => format!(" {others} others are affected."),
    };
    format!(
        "{whose} has had trouble since about {}.{others} Nothing for you to do; we will write \
         when it is back.",
        outage.since.text
    )
}

/// What needs the person comes first, then what does not run.
fn headline(of: &Counts) -> String {
    let some = |count: usize, one: &str, many: &str| match (of.all, count) {
        (1, _) => format!("Your connection {one}"),
        (_, 1) => format!("One of your {} connections {one}", small(of.all)),
        (_, count) => format!(
            "{} of your {} connections {many}",
            upper_first(&small(count)),
            small(of.all)
        ),
    };
    match *of {
        Counts { act: 1.., .. } => some(of.act, "needs you", "need you"),
        Counts {
            wait: waiting @ 1..,
            setting_up,
            ..
        } if waiting == setting_up => some(waiting, "is being set up", "are being set up"),
        Counts { wait: 1.., .. } => some(of.wait, "is being handled", "are being handled"),
        Counts { all: 1, .. } => "Your bank is connected".into(),
        Counts { all, .. } => format!("All your {} connections are up to date", small(all)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, OVERVIEW};

    fn say(all: usize, act: usize, wait: usize) -> String {
        (OVERVIEW.headline)(&Counts {
            all,
            fine: all - act - wait,
            act,
            wait,
            setting_up: 0,
        })
    }

    #[test]
    fn the_headline_says_what_needs_the_person_first() {
        assert_eq!(say(5, 2, 1), "Two of your five connections need you");
        assert_eq!(say(5, 1, 0), "One of your five connections needs you");
        assert_eq!(
            say(12, 0, 3),
            "Three of your 12 connections are being handled"
        );
        assert_eq!(say(1, 0, 1), "Your connection is being handled");
        assert_eq!(say(1, 0, 0), "Your bank is connected");
        assert_eq!(say(3, 0, 0), "All your three connections are up to date");
    }
}
