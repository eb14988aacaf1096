//! Spanish: for staff, about what runs beside requests.

use super::super::{EventWords, GapWords, JobWords};
use crate::api::events::{Effect, EventState, Key, Quarantine};
use crate::api::jobs::{JobState, OperationNotice};

pub(super) const EVENTS: EventWords = EventWords {
    title: "Eventos",
    lead: "Lo que Mastercard nos dijo de las visitas, lo más reciente primero.",
    filter: "Qué eventos",
    kind: "Tipo",
    state_title: "Estado",
    visit: "Visita",
    customer: "Cliente",
    from: "Desde",
    until: "Hasta",
    none: "Ningún evento es así.",
    table: "Lista de eventos",
    when: "Recibido",
    changed: "Qué cambió",
    event: "Evento",
    refused_title: "Rechazados en la puerta",
    refused_when: "Cuándo",
    today: "Hoy",
    month: "Últimos 30 días",
    bad_signature: "Sin firma nuestra",
    unreadable: "No son eventos",
    refused_note: "Se cuentan y no se guardan. Los días terminan a medianoche, UTC.",
    one_title: "Un evento",
    key_title: "Firmado con",
    hash: "SHA-256 de lo recibido",
    processed: "Tratado",
    body: "Lo que guardamos",
    replay: "Repetirlo",
    replay_text: "La copia que guardamos tiene su efecto otra vez. Lo que se sabe queda como está.",
    replay_title: "Repetir",
    replay_all: "Repetir todos estos",
    replay_all_text: "Todos los eventos de este filtro, en todas sus páginas, tienen su efecto \
                      otra vez. Lo que se sabe queda como está.",
    gaps: "Lo que falta",
    back: "Todos los eventos",
    state: |state| {
        match state {
            EventState::Waiting => "En espera",
            EventState::Applied => "Hecho",
            EventState::Quarantined => "Apartado",
        }
        .into()
    },
    reason: |reason| {
        match reason {
            Quarantine::OtherCustomer => "Nombra a otro cliente que el de su visita.",
            Quarantine::UnknownSession => "Ninguna visita nuestra tiene su referencia.",
        }
        .into()
    },
    effect: |effect| {
        match effect {
            Effect::Nothing => "Nada: su tipo no dice nada de una visita",
            Effect::Known => "Nada: ya se sabía",
            Effect::Opened => "El enlace se abrió",
            Effect::Adding => "La persona está iniciando sesión",
            Effect::SignInRefused => "El banco rechazó un inicio de sesión",
            Effect::Added => "Pueden haber llegado cuentas",
            Effect::Finished => "La visita terminó",
            Effect::Trouble => "Algo falló allí",
        }
        .into()
    },
    key: |key| {
        match key {
            Key::Present => "El secreto de socio de entonces",
            Key::Other => "El otro secreto de una rotación",
        }
        .into()
    },
};

pub(super) const GAPS: GapWords = GapWords {
    title: "Huecos",
    lead: "Lo que debía llegar y no llegó.",
    visits: "Visitas sin final",
    visits_text: "Alguien fue allí, pasaron más de tres horas y ningún evento dice que terminó.",
    visits_none: "Cada visita tiene su final.",
    visits_untold: "Los enlaces no nombran un webhook (connect.webhook): no se espera ningún evento.",
    began: "Empezó",
    customers: "Clientes sin lectura",
    customers_none: "Todos fueron leídos.",
    days: "Días sin lectura",
    unread_since: "Última lectura",
    customers_text: |days| match days {
        1 => "Tienen cuentas y ninguna lectura en un día.".into(),
        days => format!("Tienen cuentas y ninguna lectura en {days} días."),
    },
};

pub(super) const JOBS: JobWords = JobWords {
    title: "Tareas",
    lead: "Trabajo que sigue al margen de las páginas.",
    empty: "Nada espera, se ejecuta ni fue abandonado.",
    counts: "Cuántas hay",
    kind: "Tipo",
    state_title: "Estado",
    number: "Tareas",
    oldest: "Edad de la más antigua",
    attempts: "Intentos",
    queued: "En cola desde",
    due: "Prevista",
    at_once: "Enseguida",
    error: "Último fallo",
    none: "No hay ninguna tarea así.",
    retry: "Reintentar",
    cancel: "Cancelar",
    put_away: "Archivar",
    cancel_text: "Lo que una tarea iba a hacer no se hace si se cancela o se archiva.",
    schedules: "Lo que se repite",
    schedules_none: "Todavía no hay nada previsto.",
    name: "Nombre",
    last: "Última vez",
    next: "Próxima vez",
    never: "Nunca",
    act: "Qué hacer",
    state: |state| {
        match state {
            JobState::Waiting => "En espera",
            JobState::Running => "En curso",
            JobState::Dead => "Abandonada",
        }
        .into()
    },
    list: |state| {
        match state {
            JobState::Waiting => "Tareas en espera",
            JobState::Running => "Tareas en curso",
            JobState::Dead => "Tareas abandonadas",
        }
        .into()
    },
    tried: |attempt, most| format!("{attempt} de {most}"),
};

/// What became of an act on events or jobs.
pub(super) fn operation(notice: OperationNotice) -> &'static str {
    match notice {
        OperationNotice::Replayed => "El evento tiene su efecto otra vez.",
        OperationNotice::WindowReplayed => "Los eventos se están repitiendo, unos pocos cada vez.",
        OperationNotice::NoWindow => {
            "Elija antes un tipo, un estado, una visita, un cliente o un día. Si no, serían todos los eventos."
        }
        OperationNotice::Retried => "La tarea está otra vez en la cola.",
        OperationNotice::Cancelled => "La tarea ya no está en la cola.",
        OperationNotice::MovedOn => {
            "Esa tarea avanzó desde que se hizo esta página. Mire otra vez."
        }
    }
}
