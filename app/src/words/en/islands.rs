//! English: what islands carry with them.

use super::super::IslandWords;
use super::connect::{FIND, VISIT};
use crate::api::search::Kind;
use crate::widgets::account_review::ReviewWords;
use crate::widgets::institution_search::SearchWords;
use crate::widgets::session_progress::ProgressWords;

pub(in super::super) const ISLANDS: IslandWords = IslandWords {
    search: || SearchWords {
        label: "Bank, credit union, card or lender".into(),
        submit: FIND.submit.into(),
        results: FIND.results.into(),
        counted_one: "One institution".into(),
        counted_many: "{n} institutions".into(),
        counted_best: "The best {n} of {total} institutions".into(),
        nothing: "Nothing found for “{term}”".into(),
        failed: "The search does not answer. Check your network.".into(),
        retry: "Search again".into(),
        connected: FIND.connected.into(),
        own_site: FIND.own_site.into(),
        maintenance: FIND.maintenance.into(),
        troubled: FIND.troubled.into(),
        offline: "Not available: it does not answer at present".into(),
        unsupported: "Not available: it does not offer what is needed here".into(),
        not_registered: "Not available yet: our registration there is under way".into(),
        bank: (FIND.kind)(Kind::Bank),
        credit_union: (FIND.kind)(Kind::CreditUnion),
        cards: (FIND.kind)(Kind::Cards),
        investments: (FIND.kind)(Kind::Investments),
        retirement: (FIND.kind)(Kind::Retirement),
        loans: (FIND.kind)(Kind::Loans),
        insurance: (FIND.kind)(Kind::Insurance),
        test: (FIND.kind)(Kind::Test),
        spelling: FIND.spelling.into(),
        spelling_text: FIND.spelling_text.into(),
        other: FIND.other.into(),
        other_text: FIND.other_text.into(),
        missing: FIND.missing.into(),
        missing_text: FIND.missing_text.into(),
    },
    progress: || ProgressWords {
        returned: VISIT.returned.into(),
        signed_in: VISIT.signed_in.into(),
        accounts_found: VISIT.accounts_found.into(),
        done: VISIT.step_done.into(),
        open: VISIT.step_open.into(),
        paused: "This takes longer than it should. We go on; look again in a minute.".into(),
    },
    review: || ReviewWords {
        none: "Keep none, remove all".into(),
        one: "Keep 1 account".into(),
        many: "Keep {n} accounts".into(),
    },
};
