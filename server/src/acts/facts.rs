//! What an act changed and was about, read from what the audit keeps of it.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use relink_app::api::{
    audit::{Act, Fact, Thing},
    events::{EventFilter, EventState},
    jobs::JobState,
    people::Role,
    story::Mark,
};
use relink_engine::audit::{Entry, Kind};
use serde_json::Value;

use crate::calendar::Calendar;

/// What an act changed, in parts that pages have words for.
pub fn facts(kind: Kind, json: Option<&str>, calendar: Calendar) -> Vec<Fact> {
    let Some(value) = json.and_then(|json| serde_json::from_str::<Value>(json).ok()) else {
        return Vec::new();
    };
    let it = Said(&value);
    let when = |name: &str| it.instant(name).map(|at| calendar.when(at));
    let plain = [
        it.text("role").and_then(Role::parse).map(Fact::Role),
        it.text("factor").and_then(factor),
        it.count("left").map(Fact::CodesLeft),
        it.count("sign_ins").map(Fact::SignIns),
        it.count("rows").map(Fact::Names),
        it.count("write").map(Fact::Connections),
        it.count("not_written_to").map(Fact::Connections),
        it.count("connections").map(Fact::Connections),
        it.text("mark").and_then(Mark::parse).map(Fact::Mark),
        it.owned("number").map(Fact::Number),
        it.owned("event").map(Fact::Event),
    ];
    let of_kind = match kind {
        Kind::EventsReplayed => it.events(),
        Kind::JobRetried | Kind::JobCancelled => it.job(),
        Kind::CampaignMade => it.criteria(),
        Kind::Exported => it.exported(),
        _ => Vec::new(),
    };
    let times = [when("from").map(Fact::From), when("until").map(Fact::Until)];
    let all = plain.into_iter().flatten().chain(of_kind);
    let mut all: Vec<Fact> = all.chain(times.into_iter().flatten()).collect();
    if kind == Kind::Exported && all.is_empty() {
        all.push(Fact::AllActs);
    }
    all
}

/// What an act was about, where a page shows it.
pub fn thing(entry: &Entry, calendar: Calendar) -> Option<Thing> {
    let json = entry.after.as_ref().or(entry.before.as_ref())?;
    let value = serde_json::from_str::<Value>(json).ok()?;
    let it = Said(&value);
    match entry.kind {
        Kind::Exported => it.id("actor").map(Thing::Person),
        Kind::EventsReplayed => Some(Thing::Events(it.window(calendar.zone()))),
        Kind::JobRetried | Kind::JobCancelled => it.owned("kind").map(Thing::Jobs),
        _ => {
            let person = entry.about_id.as_deref().and_then(|id| id.parse().ok());
            let connection = person.zip(it.id("connection"));
            let connection = connection.map(|(person, id)| Thing::Connection(person, id));
            connection
                .or_else(|| it.id("case").map(Thing::Case))
                .or_else(|| it.id("campaign").map(Thing::Campaign))
                .or_else(|| it.id("event").map(Thing::Event))
        }
    }
}

fn factor(name: &str) -> Option<Fact> {
    match name {
        "totp" => Some(Fact::App),
        "recovery_code" => Some(Fact::RecoveryCode),
        "passkey" => Some(Fact::Passkey),
        _ => None,
    }
}

/// The JSON of an act, read by name.
struct Said<'a>(&'a Value);

impl<'a> Said<'a> {
    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    fn id<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    fn count<T: TryFrom<u64>>(&self, name: &str) -> Option<T> {
        T::try_from(self.0.get(name)?.as_u64()?).ok()
    }

    fn instant(&self, name: &str) -> Option<DateTime<Utc>> {
        self.id(name)
    }

    /// Of events that were replayed.
    fn events(&self) -> Vec<Fact> {
        let state = self.text("state").and_then(event_state);
        let all = [
            self.owned("kind").map(Fact::EventKind),
            state.map(Fact::EventState),
            self.owned("reference").map(Fact::Visit),
            self.owned("customer").map(Fact::Customer),
        ];
        all.into_iter().flatten().collect()
    }

    /// The same as the log of events is asked for them, by the days of `zone`.
    fn window(&self, zone: Tz) -> EventFilter {
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive().to_string();
        let last = |before: DateTime<Utc>| day(before - TimeDelta::microseconds(1));
        EventFilter {
            kind: self.owned("kind"),
            state: self.text("state").and_then(event_state),
            reference: self.owned("reference"),
            customer: self.owned("customer"),
            from: self.instant("from").map(day),
            until: self.instant("until").map(last),
            after: None,
        }
    }

    fn job(&self) -> Vec<Fact> {
        let state = self.text("state");
        let state = JobState::ALL
            .iter()
            .find(|known| Some(known.name()) == state);
        let kind = self.owned("kind").map(Fact::Job);
        kind.into_iter()
            .chain(state.copied().map(Fact::JobState))
            .collect()
    }

    /// Whom a campaign is for; its page has all of it.
    fn criteria(&self) -> Vec<Fact> {
        let Some(criteria) = self.0.get("criteria").map(Said) else {
            return Vec::new();
        };
        let list = |name: &str| criteria.0.get(name).and_then(Value::as_array);
        let codes = list("codes").map(|codes| {
            let codes: Vec<String> = codes.iter().map(Value::to_string).collect();
            Fact::Codes(codes.join(", "))
        });
        let institutions = list("institutions").filter(|all| !all.is_empty());
        let institutions = institutions.and_then(|all| u32::try_from(all.len()).ok());
        let days = criteria.count("days_from");
        let days = days.map(|from| Fact::Days(from, criteria.count("days_to")));
        let all = [codes, institutions.map(Fact::Institutions), days];
        all.into_iter().flatten().collect()
    }

    /// Which acts were downloaded.
    fn exported(&self) -> Vec<Fact> {
        let acts = self.text("kind").and_then(Act::parse).map(Fact::Acts);
        let one = self.text("actor").map(|_| Fact::OnePerson);
        acts.into_iter().chain(one).collect()
    }
}

fn event_state(name: &str) -> Option<EventState> {
    let mut all = EventState::ALL.iter().copied();
    all.find(|state| state.name() == name)
}

#[cfg(test)]
mod tests {
    use relink_app::{api::shared::When, words::Language};

    use super::*;

    fn read(kind: Kind, json: &str) -> Vec<Fact> {
        let calendar = Calendar::new(Language::English, Tz::UTC);
        facts(kind, Some(json), calendar)
    }

    fn when(at: &str) -> When {
        let calendar = Calendar::new(Language::English, Tz::UTC);
        calendar.when(at.parse().unwrap())
    }

    #[test]
    fn a_change_is_read_back() {
        for (json, fact) in [
            (r#"{"factor":"totp"}"#, Fact::App),
            (r#"{"factor":"recovery_code"}"#, Fact::RecoveryCode),
            (r#"{"factor":"passkey"}"#, Fact::Passkey),
            (r#"{"role":"admin"}"#, Fact::Role(Role::Admin)),
            (r#"{"left":9}"#, Fact::CodesLeft(9)),
            (r#"{"sign_ins":2}"#, Fact::SignIns(2)),
            (r#"{"rows":1}"#, Fact::Names(1)),
            (r#"{"left_out":{"told":1},"write":3}"#, Fact::Connections(3)),
            (r#"{"not_written_to":2}"#, Fact::Connections(2)),
            (r#"{"case":"c","connections":3}"#, Fact::Connections(3)),
            (
                r#"{"connection":"c","mark":"mute"}"#,
                Fact::Mark(Mark::Mute),
            ),
            (
                r#"{"case":"c","number":"CS-1"}"#,
                Fact::Number("CS-1".into()),
            ),
            (r#"{"event":"e1"}"#, Fact::Event("e1".into())),
            (
                r#"{"connection":"c","until":"2026-11-19T05:00:00Z"}"#,
                Fact::Until(when("2026-11-19T05:00:00Z")),
            ),
        ] {
            assert_eq!(read(Kind::Snoozed, json), [fact], "{json}");
        }
        for none in [r#"{"case":"c","number":null}"#, "no JSON", "{}"] {
            assert_eq!(read(Kind::CaseNumbered, none), [], "{none}");
        }
    }

    #[test]
    fn what_a_name_means_hangs_on_the_act() {
        let from = Fact::From(when("2026-11-18T05:00:00Z"));
        let window = r#"{"kind":"done","state":"waiting","from":"2026-11-18T05:00:00Z"}"#;
        let (kind, state) = (
            Fact::EventKind("done".into()),
            Fact::EventState(EventState::Waiting),
        );
        assert_eq!(
            read(Kind::EventsReplayed, window),
            [kind, state, from.clone()]
        );
        let job = r#"{"job":"j","kind":"jobs.prune","state":"dead"}"#;
        let (kind, state) = (
            Fact::Job("jobs.prune".into()),
            Fact::JobState(JobState::Dead),
        );
        assert_eq!(read(Kind::JobCancelled, job), [kind, state]);
        let criteria =
            r#"{"criteria":{"codes":[103,185],"institutions":[],"days_from":3,"days_to":null}}"#;
        let codes = Fact::Codes("103, 185".into());
        assert_eq!(
            read(Kind::CampaignMade, criteria),
            [codes, Fact::Days(3, None)]
        );
        let filter = r#"{"actor":"a","kind":"joined","from":"2026-11-18T05:00:00Z"}"#;
        let acts = [Fact::Acts(Act::Joined), Fact::OnePerson, from];
        assert_eq!(read(Kind::Exported, filter), acts);
        let all = r#"{"actor":null,"kind":null,"from":null,"until":null}"#;
        assert_eq!(read(Kind::Exported, all), [Fact::AllActs]);
    }
}
