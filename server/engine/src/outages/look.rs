//! A look at outages: counts, what the rules make of them, and whom it concerns.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use relink_mastercard::InstitutionId;

use super::{
    By, Codes, Counts, Decision, Ongoing, Outages, OwnWord, Whose, decide, decide_mastercard,
};
use crate::{
    ids::OutageId,
    jobs::Due,
    notify::Consider,
    status::Acts,
    store::{StoreError, Write, outage_counts::Scope, outages::Outage},
};

/// What is counted for one look at one party.
struct Seen {
    open: Option<Outage>,
    counts: Counts,
    /// Institutions at which the broken customers are.
    spread: u32,
    ongoing: Option<Ongoing>,
}

impl Outages {
    /// Opens and closes outages by what is known now.
    pub async fn look(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let codes = Codes::of(&self.table, Acts::Institution);
        let mut unit = self.store.read().await?;
        let in_trouble = unit.institutions_in_trouble().await?;
        let suspected = unit
            .institutions_suspected(&codes, now - self.settings.window, self.settings.customers)
            .await?;
        let open = unit.open_outages().await?;
        drop(unit);
        let open = open.iter().filter_map(|outage| match outage.whose {
            Whose::Institution(id) => Some(id),
            Whose::Mastercard => None,
        });
        let institutions: BTreeSet<InstitutionId> = in_trouble
            .iter()
            .copied()
            .chain(suspected)
            .chain(open)
            .collect();
        // Each in a unit of work of its own: a long one would keep others waiting.
        for institution in institutions {
            let word = if in_trouble.contains(&institution) {
                OwnWord::InTrouble
            } else {
                OwnWord::Fine
            };
            self.look_at(institution, word, &codes, now).await?;
        }
        self.look_at_mastercard(now).await
    }

    async fn look_at(
        &self,
        institution: InstitutionId,
        word: OwnWord,
        codes: &Codes,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let whose = Whose::Institution(institution);
        let mut unit = self.store.write().await?;
        let seen = self.count(&mut unit, whose, codes, now).await?;
        let decision = decide(&self.settings, word, seen.counts, seen.ongoing.as_ref());
        self.apply(&mut unit, whose, codes, &seen, decision, now)
            .await?;
        unit.save().await
    }

    async fn look_at_mastercard(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let whose = Whose::Mastercard;
        let codes = Codes::of(&self.table, Acts::Mastercard);
        let since = now - self.settings.window;
        let mut unit = self.store.write().await?;
        let mut seen = self.count(&mut unit, whose, &codes, now).await?;
        let open = unit.open_outages().await?;
        let parts = open
            .iter()
            .filter(|outage| matches!(outage.whose, Whose::Institution(_)))
            .filter(|outage| outage.by == By::Failures && outage.part_of.is_none())
            .filter(|outage| outage.opened >= since);
        if let (Some(trouble), Some(ongoing)) = (&seen.open, &mut seen.ongoing) {
            let own = open
                .iter()
                .filter(|outage| outage.part_of == Some(trouble.id));
            ongoing.parts = own.count().try_into().unwrap_or(u32::MAX);
        }
        let count = parts.count().try_into().unwrap_or(u32::MAX);
        let decision = decide_mastercard(
            &self.settings,
            count,
            seen.counts,
            seen.spread,
            seen.ongoing.as_ref(),
        );
        self.apply(&mut unit, whose, &codes, &seen, decision, now)
            .await?;
        unit.save().await
    }

    /// Counts what the rules want to know, and notes who is cut off and back.
    async fn count(
        &self,
        unit: &mut Write,
        whose: Whose,
        codes: &Codes,
        now: DateTime<Utc>,
    ) -> Result<Seen, StoreError> {
        let window = now - self.settings.window;
        let open = unit.open_outage(whose).await?;
        let since = open.map_or(window, |open| open.counted_from);
        let scope = Scope {
            whose,
            codes,
            since,
        };
        let (broken, spread) = unit.newly_broken(scope).await?;
        let ongoing = match &open {
            None => None,
            Some(open) => {
                unit.follow_outage(open.id, scope, now).await?;
                let (back, still) = unit.fared(open.id).await?;
                let by = open.by;
                Some(Ongoing {
                    by,
                    back,
                    still,
                    parts: 0,
                })
            }
        };
        let still = ongoing.map_or(0, |ongoing| ongoing.still);
        let most = self.settings.enough(broken.max(still));
        let read = if broken >= self.settings.customers || open.is_some() {
            unit.customers_read(scope, window, most).await?
        } else {
            // It would decide nothing.
            0
        };
        Ok(Seen {
            open,
            counts: Counts { read, broken },
            spread,
            ongoing,
        })
    }

    async fn apply(
        &self,
        unit: &mut Write,
        whose: Whose,
        codes: &Codes,
        seen: &Seen,
        decision: Decision,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        match (decision, &seen.open) {
            (Decision::Open(by), _) => {
                let new = self.open(unit, whose, by, codes, seen, now).await?;
                self.consider(unit, &new).await
            }
            (Decision::Close, Some(open)) => {
                unit.close_outage(open.id, now).await?;
                tracing::info!(outage = %open.id, institution = whose.key(), "an outage is over");
                self.consider(unit, open).await
            }
            (Decision::Stay, Some(open)) => self.keep(unit, open.id).await,
            (Decision::Stay | Decision::Close, None) => Ok(()),
        }
    }

    async fn open(
        &self,
        unit: &mut Write,
        whose: Whose,
        by: By,
        codes: &Codes,
        seen: &Seen,
        now: DateTime<Utc>,
    ) -> Result<Outage, StoreError> {
        let since = self.settings.counted_from(by, now);
        let scope = Scope {
            whose,
            codes,
            since,
        };
        // The earliest tenth may be others' misfortune.
        let first = unit.failed_after(scope, seen.counts.broken / 10).await?;
        let trouble = unit.open_outage(Whose::Mastercard).await?;
        let mut new = Outage {
            id: OutageId(self.random.id(now)),
            whose,
            by,
            counted_from: since,
            began: first.map_or(now, |first| first.max(since)),
            opened: now,
            closed: None,
            affected: 0,
            part_of: trouble
                .filter(|_| by == By::Failures && whose != Whose::Mastercard)
                .map(|trouble| trouble.id),
        };
        if whose == Whose::Mastercard {
            let open = unit.open_outages().await?;
            let parts = open.iter().filter(|outage| outage.opened >= since);
            new.began = parts
                .map(|outage| outage.began)
                .chain(first)
                .min()
                .unwrap_or(now);
        }
        unit.open_new_outage(&new).await?;
        if whose == Whose::Mastercard {
            unit.take_parts(new.id, since).await?;
        }
        unit.follow_outage(new.id, scope, now).await?;
        self.keep(unit, new.id).await?;
        tracing::warn!(outage = %new.id, institution = whose.key(), by = by.name(), "an outage opens");
        Ok(new)
    }

    /// Keeps how many are cut off: pages ask for it, at each view.
    async fn keep(&self, unit: &mut Write, id: OutageId) -> Result<(), StoreError> {
        let affected = unit.cut_off(id).await?;
        unit.set_affected(id, affected).await
    }

    /// Lets it be decided, for everybody concerned, what they are told.
    async fn consider(&self, unit: &mut Write, outage: &Outage) -> Result<(), StoreError> {
        for user in unit.users_of_outage(outage).await? {
            self.jobs
                .enqueue(unit, &Consider { user }, Due::AtOnce)
                .await?;
        }
        Ok(())
    }
}
