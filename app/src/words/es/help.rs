//! Spanish: for support.

use super::super::{CaseWords, StoryWords};
use crate::api::cases::Settled;
use crate::api::story::{
    Became, Change, HelpNotice, Left, LineKind, Mark, NoLetter, Purpose, Step, Uncounted, VisitEnd,
    Went,
};

pub(super) const STORY: StoryWords = StoryWords {
    find_title: "Buscar a una persona",
    find_lead: "Por su correo electrónico, o por el número de un cliente, una conexión, un acceso \
                en la institución, una cuenta o una visita. Queda anotado en el registro que \
                usted miró.",
    find_label: "Correo, número o referencia",
    find: "Buscar",
    find_none: "Nadie se conoce aquí por esto.",
    story: "Historia",
    connections: "Conexiones",
    none_connected: "No hay nada conectado.",
    login: "Acceso en la institución",
    account_ids: "Cuentas en Mastercard",
    state: "Estado",
    help: "Ayudar con esta conexión",
    letter: "Enviar un correo de reparación",
    letter_text: "Un correo que lleva al aviso en nuestras páginas. Respeta lo que la persona \
                  eligió.",
    snooze: "Silenciar",
    snooze_text: "No se le dice nada de ella a la persona durante ese tiempo.",
    mark_title: "Sacarla de las cifras",
    mark_text: "Una prueba ya no cuenta. Una muda tampoco cuenta, y no se dice nada de ella.",
    reason: "Motivo",
    set_mark: "Marcarla",
    timeline: "Lo que pasó",
    kind: "Tipo",
    every_kind: "Todo",
    apply: "Mostrar estas",
    when: "Cuándo",
    what: "Qué",
    nothing: "Todavía no pasó nada.",
    older: "Anteriores",
    newest: "Lo último",
    not_seen: "sin leer",
    to_person: "Función, acceso y sesiones",
    read: "Última lectura",
    unanswered: "Intentado después, sin respuesta",
    tried: "Último intento",
    data: "Últimos datos",
    said: "Lo que dijo Mastercard",
    no_code: "Todavía sin leer",
    works: "Funciona",
    to_event: "Ver el evento",
    of_kind: "Mastercard dice que su cliente es de prueba",
    line_kind: |kind| {
        match kind {
            LineKind::Visit => "Visita",
            LineKind::Event => "Evento",
            LineKind::Change => "Conexión",
            LineKind::Break => "Falla",
            LineKind::Notice => "Aviso",
            LineKind::Delivery => "Envío",
            LineKind::Act => "Equipo",
        }
        .into()
    },
    mark: |mark| {
        match mark {
            Mark::Test => "Prueba",
            Mark::Mute => "Muda",
        }
        .into()
    },
    unmark: |mark| {
        match mark {
            Mark::Test => "No es una prueba",
            Mark::Mute => "Ya no es muda",
        }
        .into()
    },
    refused: |since| format!("Su servidor de correo rechaza nuestras cartas desde el {since}."),
    purpose: |purpose| {
        match purpose {
            Purpose::Connect => "Fue a conectar.",
            Purpose::Repair => "Fue a reparar.",
            Purpose::Renew => "Fue a renovar el permiso.",
        }
        .into()
    },
    end: |end| {
        match end {
            VisitEnd::Open => "Sigue en curso.",
            VisitEnd::Proven => "Una lectura prueba que funcionó.",
            VisitEnd::NoLink => "Mastercard no dio ningún enlace.",
            VisitEnd::Left => "Salió antes del final.",
            VisitEnd::Expired => "Se acabó el tiempo.",
            VisitEnd::SignInRefused => "El banco rechazó el inicio de sesión.",
            VisitEnd::Trouble => "El banco o Mastercard tuvo problemas.",
            VisitEnd::Nothing => "Terminó, y ninguna lectura muestra algo nuevo.",
            VisitEnd::Others => "Inició sesión alguien que tiene otras cuentas.",
        }
        .into()
    },
    step: |step, when| {
        let step = match step {
            Step::LinkMade => "enlace creado",
            Step::Opened => "abierto",
            Step::Adding => "iniciando sesión o eligiendo",
            Step::SignInRefused => "inicio de sesión rechazado",
            Step::Added => "cuentas agregadas",
            Step::NothingToRepair => "nada que reparar",
            Step::Trouble => "problemas",
            Step::Left => "salió",
            Step::TimedOut => "cerrado por inactividad",
            Step::Finished => "terminado",
            Step::Returned => "volvió",
            Step::Read => "última lectura",
            Step::Proven => "probado",
        };
        format!("{step} {when}")
    },
    event: |kind| format!("Mastercard envió «{kind}»."),
    became: |became| match became {
        Became::Waiting => "Espera a que se trabaje.".into(),
        Became::Applied => "Tuvo su efecto.".into(),
        Became::PutAside(_) => "Se dejó a un lado.".into(),
    },
    change: |change| match change {
        Change::Connected => "Llegó su primera cuenta.".into(),
        Change::RepairBegun => "Fue a arreglarla.".into(),
        Change::RenewalBegun => "Empezó a renovar el permiso.".into(),
        Change::Renewed => "El permiso tiene un nuevo final.".into(),
        Change::Moved => "Pasó a otro acceso. Sus cuentas se quedaron.".into(),
        Change::AccountGone(account) => format!("Mastercard ya no muestra {account}."),
        Change::AccountBack(account) => format!("Mastercard vuelve a mostrar {account}."),
    },
    broke: |code| format!("Una lectura la encontró rota: {code}."),
    other_cause: |before, code| {
        format!("Una lectura encontró otra causa. Antes: {before}. Ahora: {code}.")
    },
    ended: |repaired| {
        if repaired {
            "Una lectura prueba que vuelve a funcionar.".into()
        } else {
            "No queda nada de ella en Mastercard.".into()
        }
    },
    lasted: |time| format!("Estuvo rota durante {time}."),
    first_failed: |when| format!("Primer intento fallido: {when}"),
    seen: |when| format!("leído el {when}"),
    letter_with: |count| match count {
        1 => "Un correo con un aviso.".into(),
        count => format!("Un correo con {count} avisos."),
    },
    text_with: |count| match count {
        1 => "Un mensaje de texto con un aviso.".into(),
        count => format!("Un mensaje de texto con {count} avisos."),
    },
    went: |went| match went {
        Went::Waiting => "Espera.".into(),
        Went::Tried => "Se intentó, y se intenta de nuevo.".into(),
        Went::Sent(when) => format!("Aceptado el {}.", when.text),
        Went::Refused(when) => format!("Rechazado o abandonado el {}.", when.text),
        Went::Dropped(when) => format!("No se envió: ya no era válido el {}.", when.text),
    },
    of_mark: |mark, reason| format!("{mark} por: {reason}"),
    uncounted: |why| {
        match why {
            Uncounted::Removed => "No cuenta: la persona la quitó",
            Uncounted::Gone => "No cuenta: Mastercard ya no muestra nada de ella",
            Uncounted::Marked => "No cuenta",
            Uncounted::Waiting => "No cuenta: la persona no ha elegido qué conservar",
            Uncounted::Unread => "No cuenta: todavía no se ha leído nada de ella",
        }
        .into()
    },
    left: |left| match left {
        Left::Gone(when) => format!(
            "Ya no está: Mastercard no la muestra desde el {}",
            when.text
        ),
        Left::Removing => "La persona la quitó; Mastercard todavía no lo confirmó".into(),
    },
};

pub(super) const CASES: CaseWords = CaseWords {
    title: "Casos",
    lead: "Conexiones con códigos que solo Mastercard puede aclarar. Cuénteselo a su servicio de \
           asistencia, y siga aquí lo que resulta.",
    open_title: "En ningún caso todavía",
    open_none: "No hay nada que contar.",
    days: "Rotas desde hace al menos tantos días",
    count: "Conexiones",
    more: "Más",
    sent_title: "Enviados",
    sent_none: "Todavía no se envió ningún caso.",
    sent: "Enviado el",
    by: "Por",
    number: "Número del caso",
    state: "Estado",
    earlier: "Casos anteriores",
    text_label: "Texto para el caso de asistencia",
    text_hint: "Elíjalo todo y cópielo. Tiene números y fechas, y ningún nombre.",
    csv: "Lo mismo como CSV",
    mark_title: "Cuando esté enviado",
    mark_text: "Entonces se siguen estas conexiones hasta que cada una funcione o ya no exista.",
    mark: "Marcar como enviado",
    number_hint: "Si lo tiene. Puede agregarlo después.",
    save_number: "Guardar el número",
    last_good: "Última lectura buena",
    never: "Nunca",
    more_text: "Un caso admite 200. El resto va en el siguiente.",
    back: "Todos los casos",
    nothing_title: "De esto no queda nada",
    nothing_text: "Estas conexiones vuelven a funcionar, o ya están en un caso.",
    table: "Conexiones del caso",
    heading: |institution, code| format!("{institution}: {code}"),
    progress: |count, all| match count {
        1 => format!("Una de {all} vuelve a funcionar"),
        count => format!("{count} de {all} vuelven a funcionar"),
    },
    gone: |count| match count {
        1 => "una ya no existe".into(),
        count => format!("{count} ya no existen"),
    },
    closed: |when| format!("cerrado el {when}"),
    settled: |settled| match settled {
        Settled::Not => "Sigue rota".into(),
        Settled::Repaired(when) => format!("Vuelve a funcionar desde el {}", when.text),
        Settled::Gone(when) => format!("Ya no existe desde el {}", when.text),
    },
};

/// What became of what support did.
pub(super) fn help(notice: &HelpNotice) -> String {
    match notice {
        HelpNotice::Marked(Mark::Test) => "Ahora es una prueba y ya no cuenta.",
        HelpNotice::Marked(Mark::Mute) => "Ahora es muda. Ya no cuenta y no se dice nada de ella.",
        HelpNotice::Unmarked(Mark::Test) => "Ya no es una prueba.",
        HelpNotice::Unmarked(Mark::Mute) => "Ha dejado de ser muda.",
        HelpNotice::Snoozed(until) => {
            return format!(
                "No se le dice nada de ella a la persona hasta el {}.",
                until.text
            );
        }
        HelpNotice::Unsnoozed => "Se le vuelve a hablar de ella a la persona.",
        HelpNotice::NoReason => "Escriba un motivo de 200 letras como máximo. No se cambió nada.",
        HelpNotice::LetterSent => "El correo está en camino.",
        HelpNotice::LetterAt(when) => {
            return format!(
                "El correo sale cuando acaben las horas de silencio: {}.",
                when.text
            );
        }
        HelpNotice::NoLetter(reason) => return no_letter(reason),
        HelpNotice::CaseSent => "Marcado como enviado. Aquí ve lo que resulta.",
        HelpNotice::CaseNumbered => "El número está guardado.",
        HelpNotice::CaseEmpty => "Ninguna de estas sigue rota así. No se creó ningún caso.",
        HelpNotice::NotANumber => {
            "Esto no es un número de caso: 40 letras, cifras y signos como # a lo sumo."
        }
    }
    .into()
}

fn no_letter(reason: &NoLetter) -> String {
    match reason {
        NoLetter::Quiet => {
            "Sin correo: la conexión es muda o ya no existe, o la persona no puede iniciar sesión."
        }
        NoLetter::Works => "Sin correo: la conexión funciona.",
        NoLetter::NotTheirTurn => "Sin correo: nada que la persona haga ayudaría ahora.",
        NoLetter::Snoozed(until) => {
            return format!(
                "Sin correo: está silenciada hasta el {}. Termine eso primero.",
                until.text
            );
        }
        NoLetter::Refused(since) => {
            return format!(
                "Sin correo: su servidor rechaza nuestras cartas desde el {}.",
                since.text
            );
        }
        NoLetter::Unwanted => {
            "Sin correo: la persona no los quiere, o la dirección no está confirmada."
        }
        NoLetter::JustSent(at) => {
            return format!(
                "Sin segundo correo: uno salió el {}. Espere diez minutos.",
                at.text
            );
        }
        NoLetter::Full(until) => {
            return format!(
                "Sin correo: ya salió lo máximo de una semana. Pruebe después del {}.",
                until.text
            );
        }
    }
    .into()
}
