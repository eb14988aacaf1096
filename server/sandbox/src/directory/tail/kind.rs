//! What the institutions of the tail are, and what follows from that.

use super::rng::Rng;
use crate::directory::record::Institution;

/// A kind of institution, as `patterns.tsv` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Union,
    Bank,
    Savings,
    Trust,
    Card,
    Loan,
    Student,
    Plan,
    Insurer,
    Coop,
}

impl Kind {
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "union" => Self::Union,
            "bank" => Self::Bank,
            "savings" => Self::Savings,
            "trust" => Self::Trust,
            "card" => Self::Card,
            "loan" => Self::Loan,
            "student" => Self::Student,
            "plan" => Self::Plan,
            "insurer" => Self::Insurer,
            "coop" => Self::Coop,
            _ => return None,
        })
    }

    /// An ending for a host name.
    pub(super) fn ending(self, rng: &mut Rng) -> &'static str {
        rng.pick(self.endings())
    }

    /// A repeated one is the likelier.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Union => &[".org", ".org", ".org", ".org", ".com", ".com", ".coop"],
            Self::Bank => &[".com", ".com", ".com", ".com", ".com", ".bank", ".net"],
            Self::Savings => &[".com", ".com", ".com", ".bank"],
            Self::Coop => &[".com", ".coop", ".org"],
            Self::Student => &[".org", ".com"],
            Self::Trust | Self::Card | Self::Loan | Self::Plan | Self::Insurer => &[".com"],
        }
    }

    /// Added to two leading digits of a routing number: thrifts and credit
    /// unions have those of their Federal Reserve district plus twenty. Nothing
    /// for kinds that hold no deposits.
    pub(super) const fn routing_offset(self) -> Option<u32> {
        match self {
            Self::Bank | Self::Trust => Some(0),
            Self::Union | Self::Savings | Self::Coop => Some(20),
            Self::Card | Self::Loan | Self::Student | Self::Plan | Self::Insurer => None,
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Union | Self::Bank | Self::Savings | Self::Coop => "Banking",
            Self::Trust => "Investments",
            Self::Card => "Credit Cards/Accounts",
            Self::Loan | Self::Student => "Mortgages and Loans",
            Self::Plan => "Workplace Retirement",
            Self::Insurer => "Insurance",
        }
    }

    /// Sets the products and descriptions that such an institution has.
    pub(super) fn describe(self, record: &mut Institution, rng: &mut Rng) {
        record.account_type_description = Some(self.description().into());
        record.trans_agg = rng.chance(975);
        record.state_agg = rng.chance(600);
        record.account_owner = rng.chance(700);
        match self {
            Self::Union | Self::Bank | Self::Savings | Self::Coop => {
                record.ach = rng.chance(850);
                record.voi = rng.chance(700);
                record.voa = rng.chance(850);
                record.aha = rng.chance(750);
                record.avail_balance = rng.chance(750);
            }
            Self::Trust | Self::Insurer => record.voa = rng.chance(800),
            Self::Plan => {
                record.voa = rng.chance(900);
                record.class = Some("retirement".into());
            }
            Self::Card => record.liability_data = Some(true),
            Self::Loan => record.loan_payment_details = Some(true),
            Self::Student => {
                record.student_loan_data = Some(true);
                record.loan_payment_details = Some(true);
            }
        }
    }
}
