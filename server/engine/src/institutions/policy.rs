//! Which institutions are shown, and which of them can be chosen.

use std::collections::BTreeSet;

use relink_mastercard::InstitutionId;
use relink_mastercard::model::{CountryCode, InstitutionStatus, Product, Products};

use super::{entry::Entry, text::Words};

/// Mastercard's test institutions whose names might change; the ids are those
/// of its public list.
const TEST_IDS: [i64; 14] = [
    101_732, 102_105, 102_168, 102_176, 102_219, 102_220, 170_680, 170_776, 170_830, 171_011,
    176_078, 176_081, 176_082, 199_100,
];

/// What becomes of Mastercard's test institutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestInstitutions {
    /// Never shown: production.
    Hidden,
    /// Nothing else is shown: test-drive, whose customers reach no other.
    Only,
    /// Shown like any other: the sandbox.
    Shown,
}

/// Countries whose institutions can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Countries {
    /// All.
    All,
    /// These; and institutions whose country is not known.
    Only(BTreeSet<CountryCode>),
}

/// OAuth institutions at which our application is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OauthRegistered {
    /// All.
    All,
    /// These.
    Only(BTreeSet<InstitutionId>),
}

/// Rules of one installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What becomes of test institutions.
    pub test_institutions: TestInstitutions,
    /// Products an institution must be certified for, all of them.
    pub products: Products,
    /// Countries whose institutions can be chosen.
    pub countries: Countries,
    /// Where our application is registered.
    pub oauth_registered: OauthRegistered,
}

impl Policy {
    /// Shows all and refuses none but what is offline: for a look at a directory.
    pub const OPEN: Self = Self {
        test_institutions: TestInstitutions::Shown,
        products: Products::NONE,
        countries: Countries::All,
        oauth_registered: OauthRegistered::All,
    };
}

/// Whether an institution can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Availability {
    /// Yes.
    Open,
    /// Yes, but planned work may stop the sign-in: say so before it begins.
    Maintenance,
    /// No.
    Unavailable {
        /// Why not.
        reason: Reason,
    },
}

/// Why an institution cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Mastercard cannot reach it now.
    Offline,
    /// Not certified for what this installation reads.
    Product(Product),
    /// In a country that this installation does not serve.
    Country,
    /// It wants a registered application, and ours is not.
    NotRegistered,
}

impl Availability {
    /// Whether it can be chosen.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Unavailable { .. })
    }
}

impl Policy {
    /// Whether `entry` is shown at all.
    pub fn shows(&self, entry: &Entry) -> bool {
        match self.test_institutions {
            TestInstitutions::Shown => true,
            TestInstitutions::Only => is_test(entry.id, &entry.name),
            TestInstitutions::Hidden => !is_test(entry.id, &entry.name),
        }
    }

    /// Whether `entry` can be chosen. What will not pass is said first: a
    /// missing product outlasts an outage. Statuses this program does not know
    /// count as open, `testing` too: it means limited availability, not none.
    pub fn availability(&self, entry: &Entry) -> Availability {
        let missing = self
            .products
            .iter()
            .find(|product| !entry.products.contains(*product));
        let reason = if let Some(product) = missing {
            Reason::Product(product)
        } else if !self.serves(entry.country.as_ref()) {
            Reason::Country
        } else if entry.oauth && !self.is_registered(entry.id) {
            Reason::NotRegistered
        } else if entry.status == InstitutionStatus::Offline {
            Reason::Offline
        } else if entry.status == InstitutionStatus::Maintenance {
            return Availability::Maintenance;
        } else {
            return Availability::Open;
        };
        Availability::Unavailable { reason }
    }

    fn serves(&self, country: Option<&CountryCode>) -> bool {
        match (&self.countries, country) {
            (Countries::All, _) | (_, None) => true,
            (Countries::Only(served), Some(country)) => served.contains(country),
        }
    }

    fn is_registered(&self, id: InstitutionId) -> bool {
        match &self.oauth_registered {
            OauthRegistered::All => true,
            OauthRegistered::Only(ids) => ids.contains(&id),
        }
    }
}

/// Whether this is one of Mastercard's test institutions: by id, or because
/// the first word of its name is "FinBank", which no real one has. The status
/// `testing` does not tell: real institutions have it too.
pub fn is_test(id: InstitutionId, name: &str) -> bool {
    TEST_IDS.binary_search(&id.get()).is_ok()
        || Words::of(name)
            .spelled
            .first()
            .is_some_and(|word| word == "finbank")
}

/// How well an available institution does, best first; ranks equals.
pub(super) fn condition(status: &InstitutionStatus) -> u8 {
    match status {
        InstitutionStatus::Online => 0,
        InstitutionStatus::Beta | InstitutionStatus::Validated | InstitutionStatus::Unknown(_) => 1,
        InstitutionStatus::Migrating => 2,
        InstitutionStatus::Testing => 3,
        InstitutionStatus::Maintenance => 4,
        InstitutionStatus::Offline => 5,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{super::testing::entry, *};

    #[rstest]
    #[case(102_105, "Anything", true)]
    #[case(1, "FinBank Profiles - A", true)]
    #[case(1, "FINBANK", true)]
    #[case(1, "Finbanking Credit Union", false)]
    #[case(5, "Chase", false)]
    fn knows_test_institutions(#[case] id: i64, #[case] name: &str, #[case] test: bool) {
        assert_eq!(is_test(InstitutionId::new(id), name), test);
    }

    #[test]
    fn the_ids_are_sorted() {
        assert!(TEST_IDS.is_sorted());
    }

    #[test]
    fn reasons() {
        let policy = Policy {
            products: Products::NONE.with(Product::TransAgg),
            countries: Countries::Only([CountryCode::parse("us").unwrap()].into()),
            oauth_registered: OauthRegistered::Only([InstitutionId::new(7)].into()),
            ..Policy::OPEN
        };
        let good = Entry {
            products: policy.products,
            ..entry(1, "A")
        };
        let reason = |entry: Entry| match policy.availability(&entry) {
            Availability::Unavailable { reason } => Some(reason),
            _ => None,
        };
        assert_eq!(policy.availability(&good), Availability::Open);
        assert_eq!(
            reason(Entry {
                products: Products::NONE,
                ..good.clone()
            }),
            Some(Reason::Product(Product::TransAgg))
        );
        let abroad = Some(CountryCode::parse("ca").unwrap());
        assert_eq!(
            reason(Entry {
                country: abroad,
                ..good.clone()
            }),
            Some(Reason::Country)
        );
        assert_eq!(
            reason(Entry {
                oauth: true,
                ..good.clone()
            }),
            Some(Reason::NotRegistered)
        );
        let registered = Entry {
            oauth: true,
            id: InstitutionId::new(7),
            ..good.clone()
        };
        assert_eq!(policy.availability(&registered), Availability::Open);
        assert_eq!(
            reason(Entry {
                status: InstitutionStatus::Offline,
                ..good.clone()
            }),
            Some(Reason::Offline)
        );
        let works = Entry {
            status: InstitutionStatus::Maintenance,
            ..good
        };
        assert_eq!(policy.availability(&works), Availability::Maintenance);
    }
}
