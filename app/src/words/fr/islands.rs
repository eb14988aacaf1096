//! French: what islands carry with them.

use super::super::IslandWords;
use super::connect::{FIND, VISIT};
use crate::api::search::Kind;
use crate::widgets::account_review::ReviewWords;
use crate::widgets::institution_search::SearchWords;
use crate::widgets::session_progress::ProgressWords;

pub(super) const ISLANDS: IslandWords = IslandWords {
    search: || SearchWords {
        label: "Banque, coopérative de crédit, carte ou prêteur".into(),
        submit: FIND.submit.into(),
        results: FIND.results.into(),
        counted_one: "Un établissement".into(),
        counted_many: "{n} établissements".into(),
        counted_best: "Les {n} meilleurs sur {total} établissements".into(),
        nothing: "Rien trouvé pour «\u{a0}{term}\u{a0}»".into(),
        failed: "La recherche ne répond pas. Vérifiez votre connexion Internet.".into(),
        retry: "Chercher de nouveau".into(),
        connected: FIND.connected.into(),
        own_site: FIND.own_site.into(),
        maintenance: FIND.maintenance.into(),
        troubled: FIND.troubled.into(),
        offline: "Non disponible\u{a0}: ne répond pas en ce moment".into(),
        unsupported: "Non disponible\u{a0}: n’offre pas ce qu’il faut ici".into(),
        not_registered: "Pas encore disponible\u{a0}: notre inscription là-bas est en cours".into(),
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
        paused: "C’est plus long que prévu. Nous continuons; regardez de nouveau dans une minute."
            .into(),
    },
    review: || ReviewWords {
        none: "N’en garder aucun, tout retirer".into(),
        one: "Garder 1 compte".into(),
        many: "Garder {n} comptes".into(),
    },
};
