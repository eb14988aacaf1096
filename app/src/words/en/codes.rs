//! English: why an account cannot be read.

use super::super::codes::{Codes, say};

pub(in super::super) static CODES: Codes = Codes {
    connected: say(
        "{institution} is connected and up to date.",
        "Nothing to do. Your data there is read each night.",
    ),
    updating: say(
        "Your data from {institution} is being read right now.",
        "Nothing to do. It will be here in a few minutes.",
    ),
    sign_in_changed: say(
        "Your sign-in at {institution} has changed, so we can no longer read your accounts there.",
        "Fix the connection: sign in once with your new details. We then check that it works.",
    ),
    action_needed: say(
        "{institution} wants you to do something on its own site first, such as agree to new \
         terms. Until then, we cannot read your accounts there.",
        "Sign in on its site and do what it asks. Then come back and fix the connection.",
    )
    .steps(&[
        "Sign in on {institution}’s own site and do what it asks.",
        "Come back here and fix the connection.",
    ]),
    new_password_needed: say(
        "{institution} wants you to set a new password or new security answers. Until then, we \
         cannot read your accounts there.",
        "Set them on its own site. Then come back and fix the connection.",
    )
    .steps(&[
        "Set the new password or answers on {institution}’s own site.",
        "Come back here and fix the connection with them.",
    ]),
    code_needed: say(
        "{institution} asks for a security code or answer that only you can give. Until then, we \
         cannot read your accounts there.",
        "Fix the connection, and have your phone ready. It takes about a minute.",
    ),
    answer_refused: say(
        "{institution} did not accept the last security code or answer, so we cannot read your \
         accounts there.",
        "Fix the connection, and give the code or answer once more.",
    ),
    new_way: say(
        "{institution} now has you sign in on its own site, which is safer. Banks make this change \
         from time to time, and you approve it once.",
        "Fix the connection, and approve access at {institution}. Your accounts here stay as they \
         are.",
    ),
    account_not_shared: say(
        "{institution} no longer shows us one of your accounts. It may not be selected there, or \
         it may be closed.",
        "Fix the connection, and make sure the account is selected. If it is closed, remove it \
         here.",
    ),
    permission_ended: say(
        "We may no longer read your accounts at {institution}. Your permission has run out, or it \
         was taken back.",
        "Fix the connection, and approve access again. If you wanted it to end, disconnect it \
         here.",
    ),
    sign_in_again: say(
        "{institution} wants you to sign in again before we can read your accounts there.",
        "Fix the connection: sign in once. We then check that it works.",
    ),
    account_changed: say(
        "Something about one of your accounts at {institution} has changed. It no longer matches \
         what we know.",
        "Look at the account on {institution}’s own site. Then connect {institution} here again.",
    ),
    more_information: say(
        "{institution} needs something from you before we can read your accounts there.",
        "Sign in on its own site and do what it asks. We read your data again that night.",
    ),
    check_account: say(
        "We cannot read one of your accounts at {institution}. The bank may need something from \
         you.",
        "Look at the account on {institution}’s own site. If something is asked there, do it, and \
         we read again that night. If the account is closed, remove it here.",
    ),
    not_confirmed: say(
        "{institution} could not confirm that it was you, so we cannot read your accounts there.",
        "Connect {institution} here again. Have your phone and your security answers ready.",
    ),
    timed_out: say(
        "The security step at {institution} took too long, so it was ended.",
        "Connect {institution} here again. Have your phone ready.",
    ),
    sign_in_unclear: say(
        "We could not sign in at {institution}, and we were not told why.",
        "Check that you can sign in on its own site. If you can, and your data is not back \
         tomorrow, connect {institution} here again.",
    ),
    unrecoverable: say(
        "We can no longer read your data at {institution} through the old connection.",
        "Connect {institution} here again to go on. Then you can remove the old connection.",
    ),
    no_online_access: say(
        "{institution} says that you have no online access to one of your accounts there.",
        "Ask {institution} to switch it on. We read your data again the night after.",
    ),
    blocked: say(
        "{institution} has blocked access to your data for security reasons.",
        "Ask {institution} to lift the block. We try again each night.",
    ),
    managed_there: say(
        "You choose on {institution}’s own site who may read your accounts there, and we may not \
         now.",
        "Sign in there and allow access. We read your data again that night.",
    ),
    sharing_stopped: say(
        "There is no permission on record for us to read your accounts at {institution}.",
        "If you want to share them, connect {institution} here again. If not, you need not do \
         anything.",
    ),
    no_details: say(
        "We have no record of when you gave us access to {institution}.",
        "Connect {institution} here again when it suits you. Until then, nothing changes.",
    ),
    no_usable_account: say(
        "We found no account at {institution} that we can read.",
        "Connect {institution} here again. Then choose a checking, savings, money market, CD or \
         investment account.",
    ),
    not_readable: say(
        "We cannot read one of your accounts at {institution}. It may be of a kind that does not \
         work with us.",
        "Check on {institution}’s own site that you can see it. If you can, we keep trying each \
         night. If it is closed, remove it here.",
    ),
    being_built: say(
        "The connection to {institution} is still being set up.",
        "Connect {institution} here once more today. If that does not work, do it again tomorrow. \
         Each try helps.",
    ),
    not_seen: say(
        "{institution} did not show us one of your accounts the last time.",
        "Nothing to do for now. We look again at the next reading, and ask you if it is still missing.",
    ),
    maybe_closed: say(
        "We can no longer find one of your accounts at {institution}. It may be closed.",
        "If it is closed, remove it here. If not, check that you can see it on {institution}’s own \
         site. We look again each night.",
    ),
    interrupted: say(
        "The connection to {institution} is down for now.",
        "Nothing for you to do. We try again each night, and your data comes back by itself.",
    ),
    unreachable: say(
        "{institution}’s site cannot be reached for now.",
        "Nothing for you to do. We try again each night, and your data is back when the site is.",
    ),
    not_let_in: say(
        "{institution} did not let us in the last time.",
        "Nothing for you to do for now. We try again at the next reading.",
    ),
    service_busy: say(
        "Mastercard reads your data from {institution} for us, and its service is busy.",
        "Nothing for you to do. Mastercard tries again each night.",
    ),
    limit_reached: say(
        "{institution} limits how often data may be read, and that limit is reached for now.",
        "Nothing for you to do. We look again at the next reading.",
    ),
    looked_into: say(
        "There is a problem with the connection to {institution}.",
        "Nothing for you to do. We look into it with Mastercard, and we try again each night.",
    ),
    look_alike: say(
        "Two of your accounts at {institution} look the same to us, so we cannot tell them apart.",
        "Nothing for you to do. We sort it out with Mastercard, and you will see it here.",
    ),
    not_supported: say(
        "We cannot read one of your accounts at {institution}. The way you sign in there, or this \
         kind of account, does not work with us yet.",
        "We ask Mastercard about it, and you will see here when it works. Until then, you can \
         connect another bank.",
    ),
    move_failed: say(
        "{institution} has a new way to connect, and your accounts have not been moved to it yet.",
        "Nothing for you to do. We finish the move with Mastercard, and ask you here if we need \
         you.",
    ),
    mismatch: say(
        "Some details that we hold do not match what {institution} has.",
        "Nothing for you to do for now. We check our side first, and ask you here if we need you.",
    ),
    our_side: say(
        "We could not read your data from {institution}. It looks like a fault on our side.",
        "Nothing for you to do. We are looking into it, and we try again each night.",
    ),
    customer_lost: say(
        "Mastercard reads your data from {institution} for us, and it no longer finds your record.",
        "Nothing for you to do. We clear it up with Mastercard. Your connections stay listed here.",
    ),
    unknown: say(
        "We could not update your accounts at {institution}, and we do not know why yet.",
        "Nothing for you to do. We are looking into it, and we try again each night.",
    ),
};
