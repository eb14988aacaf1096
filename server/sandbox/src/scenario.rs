//! Scenarios: what happens to whom at which sandbox day, as a TOML file.
//!
//! ```toml
//! name = "two-bad-days"
//! days = 3
//!
//! # Where whoever plays it connects, and what is to be seen there at the end.
//! [[institution]]
//! host = "chase.com"
//! ends = "broken"
//!
//! [[step]]
//! day = 1
//! hour = 2
//! do = "break"
//! institution = "chase.com"
//! code = 103
//! note = "a new password"
//! ```
//!
//! A `[[visit]]` (`day`, `hour`, `host`, `fix`, `ends`: `through`, `left`, `idle`,
//! `refused`, `not-opened`) is what its person does at Data Connect; whoever plays
//! the scenario does it.
//!
//! Day 0 is the day, in UTC, on which the scenario begins; `hour` is noon unless
//! it is said. Steps are played in the order of their times, each after the
//! nightly batch of its hour; a step whose time was over when the scenario began
//! is played at once. Whom a step is for is one of `login`, `customer`,
//! `institution` (an id, or a host for all that share it), `person` (a user name)
//! and `everybody = true`, and at most one of `percent`, `logins` (so many) and
//! `every` (every Nth) takes a part of their logins; `account` is a single one.
//!
//! | `do` | Members | What happens |
//! | --- | --- | --- |
//! | `break` (also `breakLogin`, `breakAccount`, `breakInstitution`) | `code` (0 heals); `heals`: `fix`, `time`, `never`; `inDays`, `inHours` or `at` for `time`; `accounts` | Attempts end with the code, from now on. Without `heals` Fix heals the fixable codes and nothing the others |
//! | `heal` | `accounts` | The break ends, and an attempt is made |
//! | `signIn` | | The person signs in anew, as through Fix |
//! | `expireAuthorization` | `inDays`, `inHours` or `at`; `accounts` | The authorization ends then (now, if nothing is said): batches from then on give 947 until Fix renews it |
//! | `closeAccounts` (also `closeAccount`) | `accounts`, `code` | They are not listed any more; with a code they are, and end with it for good |
//! | `freeze`, `thaw` | | Neither nights nor first aggregations take them; of a whole institution, later logins too |
//! | `setFix` | `answer`: `nothingToFix`, `honest` | Fix says 201 although there is something to repair |
//! | `changeIds` | `ids`: `accounts`, `login`, `both` | New ids, as after a migration |
//! | `migrate` | `successor` (else the one in the record), `code` (948), `ids` (`none`), `moves`: `withFix`, `atOnce` | The institution is `migrating`, the accounts have the code, and Fix is a visit at the successor |
//! | `announceSuccessor` | `institution`, `successor` (absent takes it off) | The institution is `migrating`, and nothing else yet |
//! | `setInstitution` | `institution`, `availability`: `online`, `offline`, `maintenance`, absent for the record's own | Attempts at one that is not online end with 102 |
//! | `deleteCustomer` | | The customers are gone upstream |
//!
//! `accounts` is a share of each login's accounts, in a hundred. Which logins and
//! accounts a share takes follows from the sandbox's seed.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::directory::Directory;
use crate::state::Deed;
use crate::wish::{Verb, Wish, WishError};

/// The scenarios that are compiled in.
const BUILT_IN: &[(&str, &str)] = &[(
    "ninety-days",
    include_str!("../data/scenarios/ninety-days.toml"),
)];

/// The hour of a step that does not say one: the batch is over by then.
const NOON: u8 = 12;

/// A scenario as it was read.
#[derive(Clone, Debug)]
pub struct Scenario {
    text: String,
    file: File,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    days: Option<u16>,
    #[serde(default, rename = "institution")]
    institutions: Vec<Stage>,
    #[serde(default, rename = "step")]
    steps: Vec<Wish>,
    #[serde(default, rename = "visit")]
    visits: Vec<Going>,
}

/// An institution that a scenario is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Host of its home page; see [`Directory::at_host`].
    pub host: String,
    /// What is to be seen there at the end, in a word of the file's own.
    pub ends: String,
}

/// A visit to Data Connect that the person of a scenario makes. Whoever plays it
/// makes the link, and does there what it says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Going {
    /// The day.
    pub day: u16,
    /// The hour, UTC.
    pub hour: u32,
    /// Host of the institution's home page.
    pub host: String,
    /// Whether it repairs what is broken there; else it connects.
    #[serde(default)]
    pub fix: bool,
    /// How it ends.
    pub ends: Ends,
}

/// How a visit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// The person goes through to the end.
    Through,
    /// They cancel.
    Left,
    /// They do nothing for too long.
    Idle,
    /// The institution refuses the sign-in, and they give up.
    Refused,
    /// They never open the link.
    NotOpened,
}

/// Why a scenario cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Neither the name of one that is compiled in nor a file that can be read.
    #[error("cannot read the scenario {}", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    /// Not a scenario.
    #[error("not a scenario: {0}")]
    Form(String),
    /// An institution is not in the directory.
    #[error("the scenario's institution {0} is not in the directory")]
    Institution(String),
    /// A step, counted from 1, is no wish.
    #[error("step {step} of the scenario (day {day}): {why}")]
    Step {
        /// Its place in the file.
        step: usize,
        /// Its day.
        day: u16,
        /// What is wrong with it.
        why: String,
    },
}

/// A scenario with its institutions looked up, in the order of its times.
#[derive(Clone, Debug)]
pub(crate) struct Plot {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) scenes: Vec<Scene>,
}

/// A step of a plot.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) day: u16,
    pub(crate) hour: u8,
    pub(crate) verb: Verb,
    pub(crate) note: Option<String>,
    pub(crate) deed: Deed,
}

impl Scenario {
    /// Reads one from its text.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let file =
            toml::from_str(text).map_err(|problem| ScenarioError::Form(problem.to_string()))?;
        let text = text.to_owned();
        Ok(Self { text, file })
    }

    /// The one of that name that is compiled in, or else the file of that path.
    pub fn load(name_or_path: &str) -> Result<Self, ScenarioError> {
        if let Some(text) = built_in(name_or_path) {
            return Self::parse(text);
        }
        let path = Path::new(name_or_path);
        let text = std::fs::read_to_string(path)
            .map_err(|problem| ScenarioError::Read(path.to_owned(), problem))?;
        Self::parse(&text)
    }

    /// The one of that name that is compiled in, or else the text itself.
    pub(crate) fn given(name_or_text: &str) -> Result<Self, ScenarioError> {
        Self::parse(built_in(name_or_text.trim()).unwrap_or(name_or_text))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// How many days it takes: as it says, else until its last step.
    pub fn days(&self) -> u16 {
        let last = || self.file.steps.iter().filter_map(|step| step.day).max();
        self.file.days.or_else(last).unwrap_or_default()
    }

    /// The institutions that it is about.
    pub fn institutions(&self) -> &[Stage] {
        &self.file.institutions
    }

    /// The visits that its person makes, in the order of the file.
    pub fn visits(&self) -> &[Going] {
        &self.file.visits
    }

    pub(crate) fn plot(&self, directory: &Directory) -> Result<Plot, ScenarioError> {
        for stage in &self.file.institutions {
            if directory.at_host(&stage.host).is_empty() {
                return Err(ScenarioError::Institution(stage.host.clone()));
            }
        }
        for going in &self.file.visits {
            if directory.at_host(&going.host).is_empty() || going.hour > 23 {
                return Err(ScenarioError::Institution(going.host.clone()));
            }
        }
        let steps = self.file.steps.iter().enumerate();
        let scenes: Result<Vec<Scene>, ScenarioError> = steps
            .map(|(index, step)| {
                scene(step, directory).map_err(|why| ScenarioError::Step {
                    step: index + 1,
                    day: step.day.unwrap_or_default(),
                    why: why.to_string(),
                })
            })
            .collect();
        let mut scenes = scenes?;
        scenes.sort_by_key(|scene| (scene.day, scene.hour));
        Ok(Plot {
            name: self.file.name.clone(),
            text: self.text.clone(),
            scenes,
        })
    }
}

/// The names of the scenarios that are compiled in.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

fn scene(step: &Wish, directory: &Directory) -> Result<Scene, WishError> {
    let hour = step.hour.unwrap_or(NOON);
    if hour > 23 {
        return Err(WishError::Range("hour"));
    }
    Ok(Scene {
        day: step.day.ok_or(WishError::Missing("day"))?,
        hour,
        verb: step.verb,
        note: step.note.clone(),
        deed: step.deed(directory)?,
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn directory() -> Directory {
        Directory::load("", crate::directory::DEFAULT_SEED, None).unwrap()
    }

    #[test]
    fn steps_are_put_in_the_order_of_their_times() {
        let text = r#"
            name = "order"
            [[step]]
            do = "freeze"
            day = 2
            everybody = true
            [[step]]
            do = "thaw"
            day = 1
            everybody = true
            [[step]]
            do = "signIn"
            day = 1
            hour = 3
            everybody = true
        "#;
        let scenario = Scenario::parse(text).unwrap();
        assert_eq!((scenario.name(), scenario.days()), ("order", 2));
        let plot = scenario.plot(&directory()).unwrap();
        let order: Vec<_> = plot
            .scenes
            .iter()
            .map(|scene| (scene.day, scene.hour))
            .collect();
        assert_eq!(order, [(1, 3), (1, 12), (2, 12)]);
    }

    #[rstest]
    #[case("name = 1", "not a scenario")]
    #[case("name = \"x\"\nstep = [{ do = \"burn\", day = 1 }]", "not a scenario")]
    #[case(
        "name = \"x\"\nstep = [{ do = \"heal\", day = 1, everbody = true }]",
        "everbody"
    )]
    #[case(
        "name = \"x\"\nstep = [{ do = \"heal\", everybody = true }]",
        "step 1 of the scenario (day 0): day is missing"
    )]
    #[case(
        "name = \"x\"\nstep = [{ do = \"heal\", day = 1, hour = 24, everybody = true }]",
        "hour is out of range"
    )]
    #[case(
        "name = \"x\"\nstep = [{ do = \"break\", day = 4, institution = \"nowhere.example\", code = 1 }]",
        "step 1 of the scenario (day 4): there is no such institution"
    )]
    #[case(
        "name = \"x\"\ninstitution = [{ host = \"nowhere.example\", ends = \"well\" }]",
        "nowhere.example is not in the directory"
    )]
    fn what_is_wrong_is_said(#[case] text: &str, #[case] why: &str) {
        let refused = Scenario::parse(text).and_then(|scenario| scenario.plot(&directory()));
        let told = refused.unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    }

    #[test]
    fn a_scenario_is_found_by_name_or_by_path() {
        assert_eq!(Scenario::load("ninety-days").unwrap().days(), 90);
        assert!(matches!(
            Scenario::load("/nowhere.toml"),
            Err(ScenarioError::Read(..))
        ));
        for name in names() {
            assert_eq!(Scenario::load(name).unwrap().name(), name);
        }
    }
}
