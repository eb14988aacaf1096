//! Spanish: what islands carry with them.

use super::super::IslandWords;
use super::connect::{FIND, VISIT};
use crate::api::search::Kind;
use crate::widgets::account_review::ReviewWords;
use crate::widgets::institution_search::SearchWords;
use crate::widgets::session_progress::ProgressWords;

pub(super) const ISLANDS: IslandWords = IslandWords {
    search: || SearchWords {
        label: "Banco, cooperativa de crédito, tarjeta o prestamista".into(),
        submit: FIND.submit.into(),
        results: FIND.results.into(),
        counted_one: "Una institución".into(),
        counted_many: "{n} instituciones".into(),
        counted_best: "Las {n} mejores de {total} instituciones".into(),
        nothing: "No se encontró nada para “{term}”".into(),
        failed: "La búsqueda no responde. Revise su conexión a internet.".into(),
        retry: "Buscar de nuevo".into(),
        connected: FIND.connected.into(),
        own_site: FIND.own_site.into(),
        maintenance: FIND.maintenance.into(),
        troubled: FIND.troubled.into(),
        offline: "No disponible: no responde por ahora".into(),
        unsupported: "No disponible: no ofrece lo que hace falta aquí".into(),
        not_registered: "Todavía no disponible: nuestro registro allí está en curso".into(),
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
        paused: "Esto tarda más de lo normal. Seguimos; mire de nuevo en un minuto.".into(),
    },
    review: || ReviewWords {
        none: "No conservar ninguna, quitar todas".into(),
        one: "Conservar 1 cuenta".into(),
        many: "Conservar {n} cuentas".into(),
    },
};
