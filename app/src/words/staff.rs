//! Texts about the second step, people and what staff did.

#[cfg(test)]
use super::catalogue;
use crate::api::audit::{Act, Fact, Thing};
use crate::api::people::Role;

words! {
    /// The second step of signing in.
    FactorWords {
        step_title, step_lead, any_title, any_lead, code, code_hint, recovery_code, go_on,
        nothing_title, nothing_text, sign_in, owed_title, owed_lead, begin, scan, picture, by_hand,
        first_code, confirm, codes_title, codes_lead, codes_done, title, account_text, app, off,
        set_up, replace, replace_text, recovery, renew, renew_text, remove, required, to_account,
        look,
    }
    on_since(&str);
    codes_left(u32);
}

words! {
    /// Passkeys.
    PasskeyWords {
        title, lead, none, manage, add, owed, name, name_hint, show, instead, rename, remove,
        remove_text, last, back, unused, without_script, unknown_here, not_made, not_shown,
        known, failed,
    }
    added(&str);
    used(&str);
    change(&str);
}

words! {
    /// People with a sign-in.
    PeopleWords {
        title, beginning, role, all_roles, find, address, state, since, second_step, on, off,
        active, unconfirmed, disabled, none, next, first, invite, invite_text, send, change,
        access, disable, disable_text, enable, sign_ins, no_sign_ins, end_all, reset, reset_text,
        oneself, back, acts, bad_title, bad_text, invitations, no_invitations, more_invitations,
        inviter, until, withdraw, erase, erase_text, erase_typed,
    }
    passkeys(u32, Option<&str>);
    withdraw_one(&str);
    role_name(Role);
    role_text(Role);
    may(Role);
    disabled_since(&str);
}

words! {
    /// What staff did.
    AuditWords {
        title, lead, who, actor, what, everything, from, until, find, export, number, when, whom, place,
        change, machine, erased, none, older, newest, nobody, not_a_day, table,
    }
    act(Act);
    fact(&Fact);
    change_text(&str, &str);
    thing(&Thing);
    reason(&str);
}

impl AuditWords {
    /// What an act changed; empty where it changed nothing.
    pub(crate) fn told(&self, before: &[Fact], after: &[Fact]) -> String {
        let facts = |all: &[Fact]| all.iter().map(self.fact).collect::<Vec<_>>().join(", ");
        match (&*facts(before), &*facts(after)) {
            ("", "") => String::new(),
            (before, after) => (self.change_text)(before, after),
        }
    }
}
