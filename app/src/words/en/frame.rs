//! English: what is around every page, the first one, and when one cannot be shown.

use super::super::{FaultWords, Frame, Landing, Outbox};

pub(in super::super) const FRAME: Frame = Frame {
    skip: "Skip to the content",
    menu: "Main",
    connections: "Connections",
    connect: "Connect",
    notices: "Notices",
    admin: "Admin",
    account: "Account",
    sign_in: "Sign in",
    sign_out: "Sign out",
    sandbox: "Sandbox: nothing here is real money",
    test_drive: "Test environment: test institutions only",
    outbox: "Outbox",
    privacy: "Privacy notice",
    help: "Help",
    provided: "Connections to institutions are provided through Mastercard Data Connect by \
               Finicity, a Mastercard company.",
    run_by: |operator| {
        format!(
            "This service is run by {}.",
            operator.unwrap_or("the operator of this site")
        )
    },
    title: |page, product| format!("{page} · {product}"),
};

pub(in super::super) const LANDING: Landing = Landing {
    title: "Connect your bank, and see that it stays connected",
    lead: "Find your bank, sign in with it, and choose which accounts to share. You can stop \
           at any time.",
    start: "Connect a bank",
    have_account: "Sign in",
    closed: "New sign-ups are closed here. If you have an account, sign in.",
    how: "How it works",
    step_find: "Find it",
    step_find_text: "Type a name, a web address or a routing number.",
    step_sign_in: "Sign in there",
    step_sign_in_text: "You sign in on Mastercard’s page or on your bank’s own site.",
    step_choose: "Choose accounts",
    step_choose_text: "Back here, keep the accounts you want. The others are removed.",
    never: "We never see your bank password",
    never_text: "You type it on Mastercard’s page or at your bank, never here. We keep no \
                 balances and no full account numbers.",
    signed_in: |email| format!("You are signed in as {email}."),
};

pub(in super::super) const OUTBOX: Outbox = Outbox {
    title: "Outbox",
    lead: "In the sandbox environment no mail and no text message leaves. This is what would have \
           been sent.",
    none: "No letter was written yet.",
    to: "To",
    text_to: "Text message to",
};

pub(in super::super) const FAULT: FaultWords = FaultWords {
    not_found: "There is no such page",
    not_found_text: "The address may be mistyped, or what was here is gone. Your connections \
                     are where they were.",
    forbidden: "This page is not open to you",
    forbidden_text: "You are signed in, but not as somebody who can see this page. Nothing \
                     was changed.",
    internal: "We could not show this page",
    internal_text: "The fault is ours, and it is noted. Nothing you did was lost. Load the \
                    page again; if it stays like this, tell us the reference below.",
    busy: "We cannot reach what this page needs",
    busy_text: "A service behind this page does not answer. Nothing you did was lost. Try \
                again in a few minutes.",
    too_many: "That was very quick",
    too_many_text: "There were more requests than one person makes. Wait a minute, then load \
                    the page again.",
    home: "Go to the first page",
    search: "Find your bank",
    reference: "Reference",
    staff_not_found: "The address may be mistyped, or what it names is not here any more.",
    staff_forbidden: "Your role does not open it. An admin can give you another. Nothing was changed.",
    staff_home: "Go to the pages of staff",
};
