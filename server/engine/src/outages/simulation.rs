//! Years of days with thousands of customers: no outage where there is none,
//! and each that there is found by the first sweep that could see it.

use chrono::{DateTime, Duration, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    By, Decision, Ongoing, OwnWord, Settings, decide,
    recount::{Broke, Fact, recount},
};

const INSTITUTIONS: usize = 60;
/// Failures a day that have nothing to do with each other: one in so many.
const INDEPENDENT: u64 = 200;

struct World {
    rng: StdRng,
    settings: Settings,
    facts: Vec<Fact>,
    /// Per institution: since when an open outage counts.
    open: Vec<Option<DateTime<Utc>>>,
    /// Per institution: from when on two of three attempts fail.
    down: Vec<Option<DateTime<Utc>>>,
    day: i32,
}

impl World {
    /// Sizes as Zipf has it: the n-th largest is an n-th of the largest. One in
    /// fifty stands broken from the start and stays so; one in ten customers
    /// has a second login there.
    fn new(seed: u64, customers: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let weights: Vec<u64> = (1..=INSTITUTIONS as u64)
            .map(|rank| 10_000 / rank)
            .collect();
        let all: u64 = weights.iter().sum();
        let start = midnight(0) - Duration::days(30);
        let mut facts = Vec::new();
        for customer in 0..customers {
            let mut at = rng.next_u64() % all;
            let institution = weights.iter().position(|weight| {
                let here = at < *weight;
                at = at.saturating_sub(*weight);
                here
            });
            let standing = Broke {
                opened: start,
                closed: None,
                institutions: true,
            };
            let one = Fact {
                customer,
                institution: institution.unwrap_or(INSTITUTIONS - 1),
                read: start,
                kept: true,
                breaks: Vec::new(),
            };
            let stands = customer % 50 == 7;
            facts.push(Fact {
                breaks: if stands { vec![standing] } else { Vec::new() },
                ..one.clone()
            });
            if customer % 10 == 3 {
                facts.push(one);
            }
        }
        Self {
            rng,
            settings: Settings::default(),
            facts,
            open: vec![None; INSTITUTIONS],
            down: vec![None; INSTITUTIONS],
            day: 0,
        }
    }

    /// A day: a sweep of four hours that reads everybody, then a look.
    fn day(&mut self) {
        let begins = midnight(self.day) + Duration::hours(11);
        let count = i32::try_from(self.facts.len()).unwrap();
        for (index, number) in (0..self.facts.len()).zip(0..) {
            self.read(index, begins + Duration::hours(4) * number / count);
        }
        self.look(begins + Duration::hours(4));
        self.day += 1;
    }

    fn read(&mut self, index: usize, at: DateTime<Utc>) {
        let institution = self.facts[index].institution;
        // One draw of four kinds of luck, from bits of their own.
        let luck = self.rng.next_u64();
        let one_in = |bits: u32, many: u64| ((luck >> bits) & 0xffff).is_multiple_of(many);
        let hit = self.down[institution].is_some_and(|from| from <= at) && !one_in(0, 3);
        let chance = one_in(16, INDEPENDENT);
        let heals = one_in(32, 3);
        let mine = one_in(48, 2);
        let fact = &mut self.facts[index];
        fact.read = at;
        if fact.breaks.is_empty() && !hit && !chance {
            return;
        }
        fact.breaks.retain(|one| {
            one.closed
                .is_none_or(|closed| at - closed < Duration::days(2))
        });
        let standing = midnight(0);
        match fact.breaks.iter_mut().find(|one| one.closed.is_none()) {
            Some(open) if open.opened < standing => {}
            Some(open) if open.institutions && !hit && heals => open.closed = Some(at),
            Some(open) if !open.institutions && heals => open.closed = Some(at),
            None if hit || chance => fact.breaks.push(Broke {
                opened: at,
                closed: None,
                // By chance, one in two is the user's own.
                institutions: hit || mine,
            }),
            Some(_) | None => {}
        }
    }

    fn look(&mut self, now: DateTime<Utc>) {
        let window = now - self.settings.window;
        let fresh = recount(&self.facts, window, window);
        for institution in 0..INSTITUTIONS {
            let since = self.open[institution];
            let counts = match since {
                None => fresh.get(&institution).copied(),
                Some(since) => recount(&self.facts, since, window)
                    .get(&institution)
                    .copied(),
            };
            let counts = counts.unwrap_or_default();
            let ongoing = since.map(|since| self.fared(institution, since));
            let decision = decide(&self.settings, OwnWord::Fine, counts, ongoing.as_ref());
            match decision {
                Decision::Open(_) => self.open[institution] = Some(window),
                Decision::Close => self.open[institution] = None,
                Decision::Stay => {}
            }
        }
    }

    fn fared(&self, institution: usize, since: DateTime<Utc>) -> Ongoing {
        let mine = self
            .facts
            .iter()
            .filter(|fact| fact.institution == institution);
        let breaks = mine.flat_map(|fact| fact.breaks.iter());
        let of_it = breaks.filter(|one| one.institutions && one.opened >= since);
        let (back, still): (Vec<&Broke>, Vec<_>) = of_it.partition(|one| one.closed.is_some());
        Ongoing {
            by: By::Failures,
            back: back.len().try_into().unwrap(),
            still: still.len().try_into().unwrap(),
            parts: 0,
        }
    }

    fn working_at(&self, institution: usize) -> usize {
        let mine = self
            .facts
            .iter()
            .filter(|fact| fact.institution == institution);
        let works = |fact: &&Fact| fact.breaks.iter().all(|one| one.closed.is_some());
        mine.filter(works).count()
    }

    fn any_open(&self) -> Vec<usize> {
        (0..INSTITUTIONS)
            .filter(|one| self.open[*one].is_some())
            .collect()
    }
}

fn midnight(day: i32) -> DateTime<Utc> {
    DateTime::from_timestamp(1_799_971_200, 0).unwrap() + Duration::days(day.into())
}

#[test]
fn a_thousand_quiet_days_see_no_outage() {
    let mut world = World::new(1, 2_000);
    for _ in 0..1_000 {
        world.day();
        assert_eq!(world.any_open(), Vec::<usize>::new(), "day {}", world.day);
    }
}

#[test]
fn an_outage_is_found_within_a_sweep_and_ends_with_it() {
    let mut world = World::new(2, 3_000);
    let (mut found, mut unseen) = (0, 0);
    for round in 0..30 {
        world.day();
        assert_eq!(world.any_open(), Vec::<usize>::new(), "round {round}");
        let institution = usize::try_from(world.rng.next_u64() % 30).unwrap();
        let sample = world.working_at(institution);
        // At any time of the day, in the middle of a sweep, too.
        let minutes = i64::try_from(world.rng.next_u64() % 1_440).unwrap();
        world.down[institution] = Some(midnight(world.day) + Duration::minutes(minutes));
        world.day();
        let at_once = world.any_open();
        world.day();
        match sample {
            // Two thirds of so many leave a sample, however the sweep cut them.
            60.. => {
                assert_eq!(world.any_open(), [institution], "round {round}, {sample}");
                found += 1;
            }
            ..30 => {
                assert_eq!(
                    world.any_open(),
                    Vec::<usize>::new(),
                    "round {round}, {sample}"
                );
                unseen += 1;
            }
            _ => {}
        }
        // One that began before the sweep is seen by that sweep.
        assert!(
            minutes >= 11 * 60 || sample < 60 || at_once == [institution],
            "round {round}"
        );
        world.down[institution] = None;
        for _ in 0..8 {
            world.day();
        }
        assert_eq!(world.any_open(), Vec::<usize>::new(), "round {round}");
    }
    assert!(found >= 5 && unseen >= 5, "{found} found, {unseen} unseen");
}
