//! From the engine's values to what pages show. Pure.

use chrono::Duration;
use relink_app::api::{
    accounts::{AccountRow, AccountState},
    connect::{
        Arrived, Cause, Choice as ChoiceView, FirstData, Refresh, RepairEnd, SessionView, Stage,
        Step, Steps, Unanswered,
    },
    ids::{AccountRef, ConnectionRef, InstitutionId, SessionRef},
    search::Unavailable,
    shared::{InstitutionName, Mask, Outage as OutageView, Whose as WhoseView},
};
use relink_engine::{
    connect::{
        Decision, Settings, Visit,
        session::{Facts, Failure, State},
    },
    institutions::Reason,
    outages::Whose,
    repair::{Outcome, Proof, outcome},
    status::Code,
    store::{
        accounts::{Account, Choice},
        outages::Outage,
    },
};

use super::{cards::Basis, wording::wording};
use crate::calendar::Calendar;

/// An outage that goes on, and how many others it cuts off.
pub(super) fn outage(outage: &Outage, others: i64, calendar: Calendar) -> OutageView {
    OutageView {
        whose: match outage.whose {
            Whose::Institution(_) => WhoseView::Institution,
            Whose::Mastercard => WhoseView::Mastercard,
        },
        since: calendar.when(outage.began),
        others: u32::try_from(others).unwrap_or_default(),
    }
}

/// An institution's id, as pages have it.
pub(super) fn institution_id(id: relink_mastercard::InstitutionId) -> InstitutionId {
    InstitutionId::new(u64::try_from(id.get()).unwrap_or_default())
}

/// Why an institution cannot be chosen.
pub(super) fn unavailable(reason: Reason) -> Unavailable {
    match reason {
        Reason::Offline => Unavailable::Offline,
        Reason::Product(_) | Reason::Country => Unavailable::Unsupported,
        Reason::NotRegistered => Unavailable::NotRegistered,
    }
}

/// A visit, as its page shows it at `now`.
pub(super) fn session(visit: &Visit, settings: &Settings, basis: Basis<'_>) -> SessionView {
    let session = &visit.session;
    SessionView {
        repairs: session
            .repairs
            .map(|connection| ConnectionRef::new(connection.0.as_u128())),
        id: SessionRef::new(session.id.0.as_u128()),
        institution: InstitutionName {
            id: institution_id(session.institution),
            name: session.institution_name.clone(),
        },
        stage: stage(visit, settings, basis),
    }
}

fn stage(visit: &Visit, settings: &Settings, basis: Basis<'_>) -> Stage {
    let (now, calendar) = (basis.now, basis.calendar);
    let facts = &visit.session.facts;
    if let Some(proof) = &facts.repair {
        let found = outcome(facts, proof, visit.session.created, now);
        return repair_stage(found, visit, proof, basis);
    }
    let standing = visit.session.standing(now);
    if let Some(until) = standing.checking_until {
        return Stage::Checking(steps(facts, until - now));
    }
    match standing.state {
        State::Created => Stage::Waiting,
        State::Opened | State::Adding => Stage::AtInstitution,
        State::Connected => Stage::Connected(arrived(visit, settings, calendar)),
        State::Failed(Failure::NothingArrived)
            if facts.added.is_some() || facts.finished.is_some() =>
        {
            Stage::SettingUp
        }
        State::Failed(failure) => Stage::Failed(cause(failure)),
        State::Left => Stage::Left,
        State::Expired => Stage::Expired,
    }
}

/// A repair's stage. Which connection is next is the port's matter: that needs
/// more than the visit.
fn repair_stage(found: Outcome, visit: &Visit, proof: &Proof, basis: Basis<'_>) -> Stage {
    let Basis {
        table,
        calendar,
        now,
        reading,
    } = basis;
    let reading = calendar.when(reading);
    match found {
        Outcome::Waiting => Stage::Waiting,
        Outcome::Away => Stage::AtInstitution,
        Outcome::Checking(until) => Stage::Checking(steps(&visit.session.facts, until - now)),
        Outcome::Repaired => Stage::Repair(match proof.renews {
            Some(_) => RepairEnd::Renewed,
            None => RepairEnd::Repaired { next: None },
        }),
        Outcome::SignedIn => Stage::Repair(match proof.renews {
            Some(_) => RepairEnd::RenewalOpen { reading },
            None => RepairEnd::SignedIn {
                refresh: if visit.session.refreshed.is_some() {
                    Refresh::Spent
                } else {
                    Refresh::Possible
                },
                reading,
            },
        }),
        Outcome::NothingToRepair => Stage::Repair(match proof.renews {
            Some(by) => RepairEnd::TooEarly {
                by: calendar.day(by),
            },
            None => RepairEnd::NothingToRepair { reading },
        }),
        Outcome::OtherAccounts => Stage::Repair(RepairEnd::OtherAccounts),
        Outcome::StillBroken => {
            let left = Code::new(proof.left.unwrap_or(proof.code));
            Stage::Repair(RepairEnd::StillBroken(wording(table.row(left).wording)))
        }
        Outcome::SignInRefused => Stage::Failed(Cause::SignInRefused),
        Outcome::Trouble(code) => {
            let code = code.map(Code::get);
            Stage::Failed(cause(Failure::Trouble { code }))
        }
        Outcome::Left => Stage::Left,
        Outcome::Expired => Stage::Expired,
        Outcome::NoLink(refused) => Stage::Failed(cause(Failure::NoLink(refused))),
    }
}

fn steps(facts: &Facts, left: Duration) -> Steps {
    let step = |seen: bool| if seen { Step::Done } else { Step::Open };
    Steps {
        returned: step(facts.returned.is_some()),
        signed_in: step(facts.adding.is_some() || facts.added.is_some()),
        accounts_found: step(facts.added.is_some()),
        seconds_left: u32::try_from(left.num_seconds().clamp(0, 120)).unwrap_or_default(),
    }
}

fn arrived(visit: &Visit, settings: &Settings, calendar: Calendar) -> Arrived {
    let session = &visit.session;
    let waiting = visit
        .accounts
        .iter()
        .any(|account| account.choice == Choice::Waiting);
    let decided = session
        .facts
        .connected
        .map(|connected| connected + settings.unanswered.decide_after);
    let unanswered = decided.map(|at| match settings.unanswered.decision {
        Decision::Keep => Unanswered::Kept(calendar.when(at)),
        Decision::Remove => Unanswered::Removed(calendar.when(at)),
    });
    let connection = visit
        .accounts
        .first()
        .map(|account| account.connection.0.as_u128());
    let there = session.facts.settled;
    Arrived {
        connection: ConnectionRef::new(connection.unwrap_or_default()),
        accounts: visit
            .accounts
            .iter()
            .map(|account| account_row(account, &session.institution_name))
            .collect(),
        choice: if waiting {
            ChoiceView::Open(unanswered)
        } else {
            ChoiceView::Made
        },
        data: if there {
            FirstData::There
        } else {
            FirstData::Coming
        },
        refresh: if there || session.refreshed.is_some() {
            Refresh::Spent
        } else {
            Refresh::Possible
        },
    }
}

/// What a failure is to the person. Codes are those of the official error
/// pages; one that is not listed blames nobody.
fn cause(failure: Failure) -> Cause {
    match failure {
        Failure::NoLink(_) => Cause::NoLink,
        Failure::SignInRefused => Cause::SignInRefused,
        Failure::NothingNew => Cause::NothingNew,
        Failure::NothingArrived | Failure::Trouble { code: None } => Cause::Unproven,
        Failure::Trouble { code: Some(code) } => match code {
            103 | 45002 => Cause::SignInRefused,
            185 | 187 | 331 | 931 | 938 | 940 | 971 => Cause::SecondFactor,
            975 => Cause::Locked,
            106..=109 | 936 | 959 | 961 | 973 | 1008 => Cause::ActionNeeded,
            2006 | 4034 => Cause::PermissionRefused,
            5030 => Cause::NoAccounts,
            101
            | 102
            | 104
            | 105
            | 124
            | 171
            | 179
            | 194
            | 197
            | 417
            | 500
            | 525
            | 901..=902
            | 905..=908
            | 910
            | 911
            | 916
            | 977
            | 2040 => Cause::InstitutionDown,
            920..=929 | 950 | 960 | 972 | 976 | 2032 | 10106 => Cause::NotSupported,
            123 | 125 | 127 | 128 | 130 | 44000 | 44002 => Cause::Upstream,
            _ => Cause::Unproven,
        },
    }
}

/// An account of a visit.
pub(super) fn account_row(account: &Account, institution: &str) -> AccountRow {
    AccountRow {
        id: AccountRef::new(account.id.0.as_u128()),
        institution: institution.to_owned(),
        name: account.name.clone(),
        kind: account.kind.clone(),
        mask: Mask::of(&account.mask),
        state: account_state(account.choice),
    }
}

pub(super) fn account_state(choice: Choice) -> AccountState {
    match choice {
        Choice::Waiting => AccountState::Undecided,
        Choice::Kept => AccountState::Kept,
        Choice::Removing => AccountState::Removing,
        Choice::Removed => AccountState::Removed,
    }
}

/// Links of others' data lead to https or nowhere.
pub(super) fn https(url: Option<&str>) -> Option<String> {
    let url: url::Url = url?.parse().ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| url.to_string())
}

/// Browser and system, from the browser's own words. The order matters: most
/// browsers also claim to be others.
pub(crate) fn device(user_agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
        Some("Chrome"),
        Some("Linux")
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
        Some("Safari"),
        Some("iPhone")
    )]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0",
        Some("Edge"),
        Some("Windows")
    )]
    #[case("curl/8.1", None, None)]
    fn devices(
        #[case] user_agent: &str,
        #[case] browser: Option<&str>,
        #[case] system: Option<&str>,
    ) {
        assert_eq!(device(user_agent), (browser, system));
    }

    #[test]
    fn nobody_is_blamed_for_an_unknown_code() {
        assert_eq!(cause(Failure::Trouble { code: Some(169) }), Cause::Unproven);
        assert_eq!(cause(Failure::Trouble { code: None }), Cause::Unproven);
    }
}
