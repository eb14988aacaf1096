//! Whether a letter about a break may go out because somebody of support says
//! so, and when. What its reader chose holds for it as for any other.

use chrono::{DateTime, TimeDelta, Utc};

use super::{awake, full_until};
use crate::{
    ids::ConnectionId,
    notify::{Ask, Facts, NoLetter, Settings, Stage, Subject, Way},
};

/// A second click is no second letter.
const APART: TimeDelta = TimeDelta::minutes(10);

/// What the letter is about and when it leaves.
pub(in crate::notify) fn by_hand(
    facts: &Facts,
    settings: &Settings,
    connection: ConnectionId,
    now: DateTime<Utc>,
) -> Result<(Subject, DateTime<Utc>), NoLetter> {
    let mut all = facts.connections.iter();
    let standing = all.find(|standing| standing.connection == connection);
    let standing = standing.ok_or(NoLetter::Quiet)?;
    let mut breaks = facts.breaks.iter();
    let open = breaks.find(|one| one.connection == connection && one.ended.is_none());
    let (Some(open), Some(ask)) = (open, standing.ask) else {
        return Err(NoLetter::Works);
    };
    if ask == Ask::Nothing || standing.out_of_reach || facts.covered(connection) {
        return Err(NoLetter::NotTheirTurn);
    }
    if let Some(until) = standing.snoozed.filter(|until| *until > now) {
        return Err(NoLetter::Snoozed(until));
    }
    if let Some(since) = facts.email_refused {
        return Err(NoLetter::Refused(since));
    }
    if !facts.open.contains(&Way::Email) {
        return Err(NoLetter::Unwanted);
    }
    let earlier = facts.told.iter().filter_map(|told| match told.subject {
        Subject::Broke {
            of,
            stage: Stage::ByHand { number },
            ..
        } if of == open.id => Some((number, told.made)),
        _ => None,
    });
    let latest = earlier.max();
    if let Some((_, made)) = latest.filter(|(_, made)| *made + APART > now) {
        return Err(NoLetter::JustSent(made));
    }
    let at = awake(facts, now);
    if let Some(until) = full_until(settings, &facts.sent, at) {
        return Err(NoLetter::Full(until));
    }
    let number = latest.map_or(1, |(number, _)| number.saturating_add(1));
    let subject = Subject::Broke {
        of: open.id,
        connection,
        stage: Stage::ByHand { number },
        ask,
    };
    Ok((subject, at))
}

#[cfg(test)]
mod tests {
    use super::super::simulation::{Life, at, connection};
    use super::*;
    use crate::notify::facts::Told;

    fn life() -> Life {
        let settings = Settings::default();
        let preferences = crate::notify::Preferences {
            quiet: None,
            ..settings.preferences
        };
        Life::new(Settings {
            preferences,
            ..settings
        })
    }

    fn asked(life: &Life, hours: i64) -> Result<(Subject, DateTime<Utc>), NoLetter> {
        by_hand(&life.facts, &Settings::default(), connection(0), at(hours))
    }

    /// Writes by hand, as the use case does.
    fn writes(life: &mut Life, hours: i64) {
        let (subject, _) = asked(life, hours).unwrap();
        life.facts.told.push(Told {
            subject,
            made: at(hours),
            on: [(Way::Email, at(hours))].into(),
            tried: [Way::Email].into(),
        });
        life.facts.sent.push(at(hours));
    }

    #[test]
    fn it_goes_where_it_helps_and_says_why_not() {
        let mut life = life();
        assert!(matches!(asked(&life, 0), Err(NoLetter::Works)));
        life.breaks(0, Ask::Nothing, at(0));
        assert!(matches!(asked(&life, 0), Err(NoLetter::NotTheirTurn)));
        life.facts.connections[0].ask = Some(Ask::Fix);
        assert_eq!(asked(&life, 1).unwrap().1, at(1));
        life.facts.connections[0].snoozed = Some(at(9));
        assert!(matches!(asked(&life, 1), Err(NoLetter::Snoozed(until)) if until == at(9)));
        assert!(asked(&life, 9).is_ok(), "a snooze that is over");
        life.facts.connections[0].out_of_reach = true;
        assert!(matches!(asked(&life, 9), Err(NoLetter::NotTheirTurn)));
        life.facts.connections[0].out_of_reach = false;
        life.facts.email_refused = Some(at(0));
        assert!(matches!(asked(&life, 9), Err(NoLetter::Refused(_))));
        life.facts.email_refused = None;
        life.facts.open.clear();
        assert!(matches!(asked(&life, 9), Err(NoLetter::Unwanted)));
        life.facts.connections.clear();
        assert!(matches!(asked(&life, 9), Err(NoLetter::Quiet)));
    }

    #[test]
    fn it_takes_part_in_the_weeks_share_and_waits_for_the_morning() {
        let mut life = life();
        life.breaks(0, Ask::Fix, at(0));
        writes(&mut life, 1);
        assert!(matches!(asked(&life, 1), Err(NoLetter::JustSent(_))));
        for hour in 2..7 {
            writes(&mut life, hour);
        }
        let week = at(1) + TimeDelta::days(7);
        assert!(matches!(asked(&life, 7), Err(NoLetter::Full(until)) if until == week));
        life.facts.sent.clear();
        life.facts.preferences = Settings::default().preferences;
        // Ten in the evening in New York; the morning is at eight.
        assert_eq!(asked(&life, 10).unwrap().1, at(20));
    }

    #[test]
    fn whom_support_wrote_to_gets_the_reminder_and_the_good_news_and_no_first_letter() {
        let mut life = life();
        life.breaks(0, Ask::Fix, at(0));
        writes(&mut life, 1);
        life.run(at(24 * 3));
        assert_eq!(life.letters(), 0, "the first one would say the same");
        life.run(at(24 * 9));
        assert_eq!(life.letters(), 1, "the reminder");
        life.repairs(0, at(24 * 9));
        life.run(at(24 * 10));
        assert_eq!(life.letters(), 2, "it works again");
    }
}
