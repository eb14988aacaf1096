//! From when on trouble is an outage.

use serde::Deserialize;

use super::Sweep;

/// From when on trouble is an outage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outages {
    /// Customers that must have broken.
    pub customers: u32,
    /// Per cent of those read.
    pub share_percent: u8,
    /// Customers that must have been read.
    pub sample: u32,
    /// How far back "newly" goes.
    pub window_hours: u32,
    /// Institutions at once, to make it Mastercard's.
    pub institutions: u32,
    /// People who must have tried to connect.
    pub tries: u32,
}

impl Outages {
    /// What makes no sense: the key, and what to do.
    pub fn faults(&self, sweep: &Sweep) -> Vec<(&'static str, &'static str)> {
        let longer = sweep.window_hours.saturating_add(1);
        let rules = [
            (
                (1..=100).contains(&self.share_percent),
                "outages.share_percent",
                "use 1 to 100",
            ),
            (
                self.customers >= 2 && self.sample >= self.customers,
                "outages.sample",
                "two customers are the least that can be an outage, and the sample is no smaller",
            ),
            (
                (longer..=48).contains(&self.window_hours),
                "outages.window_hours",
                "must be longer than sweep.window_hours, or a sweep's end no longer sees its beginning; \
                 at most 48",
            ),
            (
                self.institutions >= 2,
                "outages.institutions",
                "one institution's trouble is not Mastercard's: use 2 or more",
            ),
            (
                self.tries > 0,
                "outages.tries",
                "without a try there is nothing to tell: use 1 or more",
            ),
        ];
        let broken = rules.into_iter().filter(|(holds, ..)| !holds);
        broken.map(|(_, key, text)| (key, text)).collect()
    }
}
