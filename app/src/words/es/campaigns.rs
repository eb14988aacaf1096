//! Spanish: campaigns.

use super::super::CampaignWords;
use crate::api::campaigns::{CampaignNotice, CampaignState, Channel, Fate, Settled};

pub(super) const CAMPAIGNS: CampaignWords = CampaignWords {
    title: "Campañas",
    lead: "Pida que reparen a todas las personas cuyas conexiones se recuperan con una reparación \
           aquí.",
    new: "Campaña nueva",
    none: "Todavía no hay ninguna campaña.",
    about: "Sobre",
    state: "Estado",
    made: "Creada",
    by: "Por",
    targets: "Conexiones",
    sent: "Con correo",
    proven: "Reparadas",
    earlier: "Campañas anteriores",
    back: "Todas las campañas",
    everywhere: "En todas partes",
    institutions: "Bancos",
    codes: "Códigos",
    age: "Falla desde hace",
    any_age: "Cualquier tiempo",
    language: "Idioma",
    any_language: "Cualquier idioma",
    channel: "Por",
    told: "Quedan fuera",
    new_title: "Campaña nueva",
    new_lead: "Elija a quién pedirlo. Todavía no se envía nada: primero usted ve cuántas serían.",
    institutions_hint: "No marque ninguno para incluirlos todos. Estos tienen más conexiones con un \
                        código así.",
    others: "Otros bancos",
    others_hint: "Sus números, separados por espacios. El número de un banco está en la dirección \
                  de su página.",
    codes_hint: "Solo códigos que la persona puede reparar aquí.",
    codes_none: "Marque al menos uno.",
    days_from: "Falla desde hace al menos tantos días",
    days_to: "Falla desde hace a lo más tantos días",
    days_to_hint: "Déjelo vacío si no hay límite.",
    told_days: "Dejar fuera a quien fue avisado en los últimos tantos días",
    make: "Ver cuántas",
    make_text: "Esto crea un borrador. No envía nada.",
    one_title: "Campaña",
    count_title: "Quién recibe un correo",
    look_again: "Mirar otra vez",
    count_again: "Contar otra vez",
    left_out: "Quedan fuera, y por qué",
    one_letter: "Quien tiene más de una de estas conexiones recibe un solo correo sobre todas. \
                 Cada una se mira una vez más justo antes de que salga su correo.",
    reason: "Motivo",
    number: "Conexiones",
    letter_title: "Lo que reciben",
    letter_text: "Tal como sale, en cada idioma: sobre una conexión y sobre varias de una \
                  persona. Lleva a nuestra propia página y no contiene ningún enlace a Mastercard.",
    subject: "Asunto",
    leads_to: "Lleva a nuestra página sobre la conexión",
    example: "Su banco",
    example_other: "Otro banco",
    of_one: "Sobre una conexión",
    of_several: "Sobre varias",
    send_title: "Enviarla",
    looked: "Miré los números y el correo",
    put_away: "Descartar este borrador",
    put_away_text: "Queda en la lista y ya no se puede enviar.",
    fates_title: "Hasta dónde llegó",
    fates_note: "Cada conexión está en exactamente una fila. Todas las filas juntas son todas las \
                 conexiones de la campaña.",
    gathering: "Se están reuniendo sus conexiones. Vuelva a mirar en un momento.",
    stop: "Detenerla para siempre",
    stop_text: "Lo que no ha salido se queda aquí. No se puede empezar de nuevo.",
    results_title: "Qué resultó",
    results_note: "Cada parte es de todas las conexiones sobre las que se escribió. Quien quedó \
                   fuera no está incluido.",
    step: "Paso",
    of_sent: "Parte",
    meaning: "Qué cuenta",
    sent_text: "Conexiones cuyo correo o mensaje fue aceptado.",
    came: "Vinieron",
    came_text: "Marcaron el aviso como leído aquí, o empezaron una reparación. Los correos no se \
                rastrean.",
    started: "Empezaron a reparar",
    started_text: "Fueron a la página de reparación de Mastercard después del correo.",
    finished: "Terminaron",
    finished_text: "Mastercard nos dijo que esa visita terminó.",
    proven_text: "Una lectura prueba que funciona, después de que su persona estuvo en la página de reparación de Mastercard.",
    healed: "Funcionan otra vez sin ella",
    healed_text: "Una lectura prueba que funciona, y no se sabe de una reparación que ayudara.",
    gone: "Desconectadas",
    gone_text: "No queda nada de ella.",
    bounced: "Devueltos",
    bounced_text: "El servidor de correo rechazó la dirección después de aceptar el correo.",
    time_title: "Del correo a la prueba",
    time_note: "De las que se repararon. Menos de cinco no dicen nada.",
    median: "La mitad tardó a lo más",
    p90: "Nueve de cada diez tardaron a lo más",
    targets_title: "Conexiones de la campaña",
    targets_none: "Aquí no hay ninguna.",
    all_targets: "Mostrar todas",
    csv: "Lo mismo como CSV",
    connection: "Conexión",
    customer: "Cliente",
    since: "Desde",
    outcome: "Qué siguió",
    funnel_note: "Los embudos dicen lo mismo de todos los que deberían reparar, se les haya escrito o no.",
    to_funnel: "Cómo van todas las reparaciones",
    state_name: |state| {
        match state {
            CampaignState::Draft => "Borrador",
            CampaignState::Sending => "Enviando",
            CampaignState::Stopping => "Deteniendo",
            CampaignState::Stopped => "Detenida",
            CampaignState::Done => "Terminada",
        }
        .into()
    },
    channel_name: |channel| {
        match channel {
            Channel::Letter => "Correo electrónico",
            Channel::Text => "Mensaje de texto",
        }
        .into()
    },
    fate: |fate| {
        match fate {
            Fate::Waiting => "Espera su turno",
            Fate::OnItsWay => "En camino",
            Fate::Sent => "Enviado",
            Fate::Bounced => "El servidor de correo rechazó la dirección",
            Fate::NotTaken => "No aceptado, y abandonado",
            Fate::Stopped => "No enviado: la campaña se detuvo",
            Fate::OtherCampaign => "En otra campaña en curso",
            Fate::Marked => "Una prueba, o muda",
            Fate::NoAccess => "La persona no puede entrar, o ya no está",
            Fate::Gone => "Desconectada",
            Fate::Healed => "Funciona otra vez",
            Fate::Outage => "Problemas en el banco",
            Fate::OtherCause => "Ahora falla por otra cosa",
            Fate::Snoozed => "Silenciada",
            Fate::Refused => "El servidor de correo rechaza nuestros correos",
            Fate::Unwanted => "La persona no quiere ninguno",
            Fate::Told => "Avisada hace poco",
            Fate::Full => "Ya salió lo máximo de una semana",
        }
        .into()
    },
    settled: |settled, when| match settled {
        Settled::Proven => format!("Reparada {when}"),
        Settled::Healed => format!("Funciona otra vez por sí sola {when}"),
        Settled::Gone => format!("Desconectada {when}"),
    },
    at_least: |days| format!("Al menos {days} días"),
    between: |from, to| format!("De {from} a {to} días"),
    told_within: |days| format!("Quien fue avisado en los últimos {days} días"),
    only: |language| format!("Personas que leen {language}"),
    would_write: |write, all| format!("Se escribiría sobre {write} de {all} conexiones."),
    counted_at: |when| format!("Contado {when}."),
    counting: |count| format!("Se está contando: {count} conexiones hasta ahora."),
    pace: |count| {
        format!("Salen a lo más {count} correos por minuto, y ninguno en horas de silencio.")
    },
    send: |count| format!("Escribir sobre {count} conexiones"),
    sent_at: |when, who| format!("Enviada {when} por {who}."),
    stopped_at: |when| format!("Detenida {when}."),
    ended_at: |when| format!("La última conexión terminó {when}."),
};

/// What became of an act on a campaign.
pub(super) fn notice(notice: CampaignNotice) -> &'static str {
    match notice {
        CampaignNotice::Made => "El borrador está creado. No se envió nada.",
        CampaignNotice::Counted => "Se contó otra vez.",
        CampaignNotice::Sent => "Está enviada. Los correos salen uno tras otro.",
        CampaignNotice::Stopped => "Está detenida. No sale nada más.",
        CampaignNotice::AlreadySent => "Ya se había enviado. Se envía una sola vez.",
        CampaignNotice::Over => "Ya terminó. No se cambió nada.",
        CampaignNotice::NotCounted => "Todavía se está contando. Mire otra vez en un minuto.",
        CampaignNotice::OldCount => {
            "Los números tienen más de una hora. Cuente otra vez y mírelos. No se envió nada."
        }
        CampaignNotice::Nobody => "No escribiría a nadie. No se envió nada.",
        CampaignNotice::NotConfirmed => {
            "Mire los números y el correo, y marque la casilla. No se envió nada."
        }
        CampaignNotice::NoCodes => "Marque al menos un código de la lista.",
        CampaignNotice::NoInstitutions => "Uno de los bancos no se conoce aquí, o hay más de 20.",
        CampaignNotice::NoDays => {
            "Los días son números hasta 3650, el primero no mayor que el segundo."
        }
        CampaignNotice::NoTexts => {
            "Esta instalación no envía mensajes de texto. Elija correo electrónico."
        }
    }
}
