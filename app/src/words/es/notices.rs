//! Spanish: what a person was told, and how they want to be told.

use super::super::{NoticeWords, TellingWords};
use super::people::small;
use crate::api::notices::{Ask, SnoozeFor, Stage, Told};

pub(super) const NOTICES: NoticeWords = NoticeWords {
    title: "Avisos",
    new: "Nuevo",
    mark_read: "Marcar todos como leídos",
    empty_title: "Todavía no hay avisos",
    empty_text: "Aquí le decimos cuándo una conexión le necesita, cuándo vuelve a funcionar y \
                 cuándo termina un permiso. Hasta ahora no hubo nada que decirle.",
    how: "Elegir cómo le avisamos",
    all: "Todos los avisos",
    needs_you: "Le sigue necesitando",
    being_handled: "En manos de otros",
    goes_on: "Sigue así",
    comes: "Próximamente",
    working: "Funciona",
    repaired: "Ya reparado",
    back: "Ya de vuelta",
    renewed: "Ya renovado",
    done: "Ya hecho",
    over: "Terminado",
    fine_text: "Lo muestra una lectura de sus cuentas. No tiene que hacer nada.",
    removed_text: "La conexión se eliminó, así que este aviso ya no cuenta. Si la quiere de \
                   vuelta, conéctela otra vez.",
    changes_text: "Pronto iniciará sesión allí en su propio sitio, que le preguntará una vez qué \
                   cuentas quiere compartir. Cuando llegue el momento, se lo pediremos aquí. Sus \
                   cuentas y su historial se quedan.",
    refused_title: "Nuestros correos no le llegan",
    refused_text: "Su servidor de correo los rechaza, así que por ahora no le escribimos más. \
                   Aquí sigue leyendo todos los avisos. Mire si su buzón está lleno o cerrado y \
                   luego permítanos escribirle de nuevo.",
    email_again: "Escríbanme de nuevo",
    reached_title: "Nuestros correos le llegan de nuevo",
    reached_text: "Ya no se rechazan. No tiene que hacer nada.",
    snooze_title: "Avisos sobre esta conexión",
    snooze_text: "¿Ahora no? Podemos callar un tiempo sobre ella. Esta página muestra de todos \
                  modos cómo está.",
    unsnooze: "Avisarme de nuevo",
    count: |new| {
        if new == 1 {
            format!("{new} nuevo")
        } else {
            format!("{new} nuevos")
        }
    },
    news: |new| match new {
        0 => "Los ha leído todos.".into(),
        1 => "Hay uno nuevo.".into(),
        new => format!("Hay {} nuevos.", small(new as usize)),
    },
    told,
    told_then: |when, what| format!("Le avisamos el {when}: {what}."),
    mended: |when| format!("hasta el {when}"),
    already: |institution| format!("{institution} ya funciona de nuevo"),
    works: |institution| format!("{institution} funciona"),
    removed: |institution| format!("{institution} ya no está conectado aquí"),
    renewed_title: |institution| format!("Su permiso para {institution} está renovado"),
    ends_title: |institution, by| format!("Su permiso para {institution} termina el {by}"),
    snooze_for: |how_long| {
        match how_long {
            SnoozeFor::Day => "Por un día",
            SnoozeFor::Week => "Por una semana",
            SnoozeFor::Month => "Por un mes",
        }
        .into()
    },
    snoozed: |until| format!("Sin avisos hasta el {until}"),
};

fn told(told: &Told, institution: &str) -> String {
    match told {
        Told::Broke(Ask::Fix, Stage::First) => {
            format!("{institution} le pide que inicie sesión otra vez")
        }
        Told::Broke(Ask::Fix, Stage::Reminder) => {
            format!("{institution} sigue esperando a que inicie sesión")
        }
        Told::Broke(Ask::Elsewhere, Stage::First) => format!("{institution} le necesita"),
        Told::Broke(Ask::Elsewhere, Stage::Reminder) => {
            format!("{institution} le sigue necesitando")
        }
        Told::Broke(Ask::Nothing, _) => format!("Por ahora no podemos leer {institution}"),
        Told::Repaired => format!("{institution} funciona de nuevo"),
        Told::Outage => format!("{institution} tiene problemas"),
        Told::Back => format!("{institution} está de vuelta"),
        Told::PermissionEnds(by) => {
            format!("Su permiso para {institution} termina el {}", by.text)
        }
        Told::InstitutionChanges => format!("{institution} cambia la forma de iniciar sesión"),
        Told::EmailRefused(_) => "Nuestros correos no le llegan".into(),
    }
}

pub(super) const TELLING: TellingWords = TellingWords {
    title: "Cómo le avisamos",
    lead: "Todos los avisos están aquí, en nuestras páginas. ¿Qué más desea?",
    ways: "Avisarme por",
    ways_text: "Le escribimos cuando una conexión le necesita, cuando vuelve a funcionar y antes \
                de que termine un permiso. Nunca un número de cuenta, un saldo ni un enlace a su \
                banco.",
    by_email: "Correo electrónico",
    by_sms: "Mensaje de texto",
    by_sms_text: "Confirme un teléfono más abajo y podrá recibir mensajes de texto.",
    digest: "Con qué frecuencia por correo",
    digest_soon: "Cuando sucede",
    digest_soon_text: "Lo que sucede en pocos minutos llega en un solo correo.",
    digest_daily: "Una vez al día",
    quiet: "No enviar nada de noche",
    quiet_title: "Horas de silencio",
    quiet_text: "El correo y los mensajes de texto esperan hasta la mañana, en su zona horaria.",
    quiet_from: "Desde",
    quiet_until: "Hasta",
    save: "Guardar",
    phone: "Su teléfono",
    phone_text: "Le enviamos un código para ver que el teléfono es suyo. Su operador puede cobrar \
                 los mensajes. Responda STOP cuando quiera y no llegará ninguno más.",
    phone_number: "Número de teléfono",
    phone_hint: "Sin código de país es un número de Estados Unidos.",
    send_code: "Enviarme un código",
    code: "Código del mensaje",
    code_hint: "Seis cifras. Sirve una vez, durante 10 minutos.",
    confirm: "Confirmar este teléfono",
    other_number: "Usar otro número",
    remove: "Quitar este teléfono",
    stopped: "Este teléfono respondió STOP, así que no le llega nada. Envíe START desde él para \
              recibir mensajes de nuevo.",
    to_notices: "Sus avisos",
    to_account: "Su cuenta",
    stop_title: "Dejar los avisos por correo",
    stop: "Dejarlos",
    stop_text: "Aquí sigue leyendo todos los avisos cuando inicia sesión. Los correos sobre su \
                propio acceso, como una nueva contraseña, continúan.",
    stopped_title: "Ya no hay avisos por correo",
    stopped_text: "Aquí sigue leyendo todos los avisos cuando inicia sesión. Allí también puede \
                   volver a pedirlos por correo.",
    no_token_title: "Este enlace no detiene nada",
    no_token_text: "No está completo o no es de un correo nuestro. No se cambió nada. Inicie \
                    sesión y elija allí cómo le avisamos.",
    sign_in: "Iniciar sesión",
    account_text: "Por correo o mensaje de texto, a qué horas y con qué frecuencia.",
    by_email_text: |address| format!("A {address}"),
    refused: |since| {
        format!(
            "Su servidor de correo rechaza nuestros correos desde el {since}, así que por ahora no \
             le escribimos más. Mire si su buzón está lleno o cerrado y luego permítanos \
             escribirle de nuevo."
        )
    },
    digest_daily_text: |at| format!("Un correo a las {at} con todo lo nuevo."),
    code_sent: |number| format!("Enviamos un código al {number}."),
    stop_lead: |address| {
        format!("Entonces no escribimos más a {address} cuando una conexión le necesita.")
    },
};
