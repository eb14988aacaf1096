//! The long tail: institutions made from a seed.
//!
//! They look like the real ones, with what makes those hard to find: the same
//! name in several states, legacy and OAuth twins, successors, abbreviations,
//! apostrophes, ampersands and accents.

mod kind;
mod names;
mod rng;
mod words;

use std::{borrow::Cow, collections::HashSet};

use self::{
    kind::Kind,
    names::{Named, Names},
    rng::Rng,
    words::{Lists, State, Town},
};
use super::{
    ids::{InstitutionId, RoutingNumber, Status},
    record::{Address, Branding, Institution, ProductionStatus},
};

/// Ids of the tail begin here, above the legacy and below the OAuth ids of the
/// hand-made part.
const FIRST_ID: u64 = 20_000;

const COLOURS: [&str; 16] = [
    "#003A70", "#00573D", "#8C1D40", "#B5121B", "#00447C", "#0057B8", "#5B2C83", "#00857C",
    "#C8102E", "#E87722", "#4A5D23", "#1D4289", "#7A2531", "#006341", "#2C5234", "#34657F",
];

/// `wanted` institutions, by ascending id. The routing numbers of `known` are
/// not given again.
pub(super) fn generate(seed: u64, wanted: usize, known: &[Institution]) -> Vec<Institution> {
    let lists = Lists::read();
    let taken = known
        .iter()
        .flat_map(|record| record.routing_numbers.iter().copied());
    let mut maker = Maker {
        rng: Rng::new(seed),
        names: Names::new(&lists, known),
        made: Vec::with_capacity(wanted + 1),
        next_id: FIRST_ID,
        taken: taken.collect(),
        routing: 0,
    };
    while maker.made.len() < wanted {
        maker.add(&lists);
    }
    maker.made.truncate(wanted);
    maker.made
}

struct Maker<'a> {
    rng: Rng,
    names: Names<'a>,
    made: Vec<Institution>,
    next_id: u64,
    taken: HashSet<RoutingNumber>,
    routing: u32,
}

impl Maker<'_> {
    fn add(&mut self, lists: &Lists) {
        let Named {
            kind,
            name,
            host,
            town,
            is_twin,
        } = self.names.next(&mut self.rng);
        let mut record = Institution::bare(self.new_id(), name.into());
        kind.describe(&mut record, &mut self.rng);
        let distinguished = self.rng.chance(if is_twin { 500 } else { 60 });
        let town = &lists.towns[town];
        locate(&mut record, town, &lists.states[town.state], distinguished);
        if let Some(offset) = kind.routing_offset() {
            let district = lists.states[town.state].district + offset;
            record.routing_numbers.push(self.routing_number(district));
        }
        self.link(&mut record, &host);
        self.brand(&mut record);
        self.certify(&mut record, kind);
        record.oauth_enabled = self.rng.chance(60);
        self.set_status(&mut record);
        let has_twin = kind.routing_offset().is_some() && self.rng.chance(6);
        if has_twin && !record.oauth_enabled {
            self.add_with_twin(record);
        } else {
            self.made.push(record);
        }
    }

    fn new_id(&mut self) -> InstitutionId {
        let id = InstitutionId::new(self.next_id);
        self.next_id += 1 + u64::from(self.rng.chance(500)) + u64::from(self.rng.chance(300));
        id
    }

    /// District, six digits that never repeat (a step prime to a million), and
    /// the check digit.
    fn routing_number(&mut self, district: u32) -> RoutingNumber {
        loop {
            self.routing = (self.routing + 617_411) % 1_000_000;
            let number = RoutingNumber::with_check_digit(district * 1_000_000 + self.routing);
            if !self.taken.contains(&number) {
                return number;
            }
        }
    }

    fn link(&mut self, record: &mut Institution, host: &str) {
        let (start, path) = self.rng.pick(&[
            ("https://www.", "/login"),
            ("https://online.", "/"),
            ("https://secure.", "/auth/sign-in"),
            ("https://www.", "/online-banking/log-in"),
        ]);
        record.url_home_app = Some(["https://www.", host].concat().into());
        record.url_logon_app = Some([start, host, path].concat().into());
        if self.rng.chance(500) {
            record.url_forgot_password = Some([start, host, "/forgot-password"].concat().into());
        }
        if self.rng.chance(120) {
            let name = record.shown_name();
            let hint = ["Please enter your ", name, " Username and Password."].concat();
            record.special_text = Some(hint.into());
        }
    }

    fn brand(&mut self, record: &mut Institution) {
        if !self.rng.chance(450) {
            return;
        }
        let folder = ["{origin}/logos/", &record.id.to_string()].concat();
        record.branding = Some(Branding {
            logo: Some([&folder, "/logo.svg"].concat().into()),
            icon: Some([&folder, "/icon.svg"].concat().into()),
            primary_color: Some(Cow::Borrowed(self.rng.pick(&COLOURS))),
            ..Branding::default()
        });
    }

    fn certify(&mut self, record: &mut Institution, kind: Kind) {
        if !self.rng.chance(80) {
            return;
        }
        record.certified = true;
        record.production_status = Some(ProductionStatus::default());
        if kind == Kind::Bank {
            record.rssd = Some(1_000_000 + record.id.number() * 7);
        }
    }

    fn set_status(&mut self, record: &mut Institution) {
        record.status = match self.rng.below(1000) {
            0..10 => Status::Maintenance,
            10..25 => Status::Offline,
            25..29 => Status::Testing,
            29..33 => Status::Beta,
            33..36 => Status::Validated,
            36..46 => Status::Migrating,
            _ => Status::Online,
        };
        if record.status == Status::Migrating {
            record.new_institution_id = self
                .made
                .iter()
                .rev()
                .find(|r| r.status == Status::Online)
                .map(|r| r.id);
        }
    }

    /// The legacy record, then its OAuth twin: same names, same host.
    fn add_with_twin(&mut self, mut legacy: Institution) {
        let mut twin = legacy.clone();
        twin.id = self.new_id();
        twin.oauth_enabled = true;
        twin.status = Status::Online;
        twin.new_institution_id = None;
        legacy.oauth_institution_id = Some(twin.id);
        legacy.certified = false;
        legacy.rssd = None;
        legacy.branding = None;
        self.made.push(legacy);
        self.made.push(twin);
    }
}

/// Puts the record into its town. A distinguished one carries the town in its
/// connection name, as many twins do, and keeps the plain name for display.
fn locate(record: &mut Institution, town: &Town, state: &State, distinguished: bool) {
    let name = record.name.take().unwrap_or_default();
    if distinguished {
        let longer = [&name, " (", town.word.text, ", ", state.code, ")"].concat();
        record.name = Some(longer.into());
        record.display_name = Some(name);
    } else {
        record.name = Some(name);
    }
    record.time_zone = Some(state.zone.into());
    record.address = Some(Address {
        city: Some(town.word.text.into()),
        state: Some(state.code.into()),
        country: Some("US".into()),
        ..Address::default()
    });
}
