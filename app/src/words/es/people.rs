//! Spanish: sign-in, account.

use super::super::{Account, Door};

pub(super) const DOOR: Door = Door {
    sign_in: "Iniciar sesión",
    sign_in_lead: "Con el correo electrónico y la contraseña que usa aquí, no con los de su banco.",
    email: "Correo electrónico",
    password: "Contraseña",
    new_password: "Contraseña nueva",
    password_hint: "Al menos 12 caracteres. Unas pocas palabras sin relación sirven bien.",
    forgot: "¿Olvidó su contraseña?",
    no_account: "¿Todavía no tiene una cuenta?",
    sign_up: "Registrarse",
    sign_up_lead: "Solo necesitamos un correo electrónico y una contraseña.",
    sign_up_closed: "El registro está cerrado",
    sign_up_closed_text: "Por ahora no se crean cuentas nuevas aquí. Si tiene una, inicie sesión.",
    invitation: "Código de invitación",
    invitation_hint: "Está en el correo de invitación.",
    have_account: "¿Ya tiene una cuenta?",
    make_account: "Crear mi cuenta",
    confirm_title: "Confirme su dirección",
    confirm_lead: "Un clic, y esta dirección es suya aquí.",
    confirm: "Confirmar mi dirección",
    forgot_title: "Elija una contraseña nueva",
    forgot_lead: "Escriba su dirección. Si tiene una cuenta aquí, en un minuto llega un correo \
                  con un enlace. El enlace sirve una vez, durante 30 minutos.",
    send_mail: "Enviarme el enlace",
    reset_title: "Elija una contraseña nueva",
    reset_lead: "Al guardarla se cierran todas sus demás sesiones.",
    reset: "Guardar la contraseña",
    dead_title: "Este enlace ya no sirve",
    dead_text: "Los enlaces de nuestros correos sirven una vez, durante 30 minutos. Puede pedir \
                otro ahora.",
    dead_way: "Pedir otro enlace",
    back: "Volver a iniciar sesión",
    by_invitation: "Las cuentas nuevas son por invitación. Siga con el botón del correo de \
                    invitación, o escriba aquí el código.",
    invited: "Tiene una invitación. Elija una contraseña, y eso es todo.",
    go_on: "Seguir",
    invited_lead: |role, text| {
        format!("Tiene una invitación. Su función: {role}. {text} Elija una contraseña.")
    },
};

pub(super) const ACCOUNT: Account = Account {
    title: "Su cuenta",
    email: "Correo electrónico",
    confirmed: "Confirmado",
    unconfirmed: "Sin confirmar: use el enlace de nuestro correo",
    password: "Cambie su contraseña",
    current_password: "Contraseña actual",
    new_password: "Contraseña nueva",
    change: "Cambiar la contraseña",
    sign_ins: "Dónde tiene la sesión abierta",
    sign_ins_lead: "Si no reconoce alguna, ciérrela y cambie su contraseña.",
    this_one: "Este navegador",
    revoke: "Cerrar",
    everywhere: "Cerrar sesión en todas partes",
    everywhere_text: "Cierra todas las sesiones, también esta.",
    reading: "Idioma y zona horaria",
    reading_lead: "Para estas páginas y para los correos que le enviamos.",
    language: "Idioma",
    zone: "Zona horaria",
    zone_hint: "Los días y las horas se muestran según el reloj de allí.",
    zones_us: "Estados Unidos",
    zones_all: "Todos los lugares",
    eastern: "Este (Nueva York)",
    central: "Centro (Chicago)",
    mountain: "Montaña (Denver)",
    arizona: "Arizona (Phoenix)",
    pacific: "Pacífico (Los Ángeles)",
    alaska: "Alaska (Anchorage)",
    hawaii: "Hawái (Honolulu)",
    choose: "Guardar",
    unknown_device: "Navegador desconocido",
    erase: "Borrar su cuenta",
    erase_text: "Borra su cuenta aquí y todo lo que conectó.",
    erase_lead: "Se borra su cuenta aquí y todo lo que conectó. Nadie puede recuperarlo.",
    erase_reading: "Dejamos de leer al momento, y lo que conectó se borra también en Mastercard.",
    erase_names: "Borramos su correo, su teléfono, su contraseña y sus ajustes.",
    erase_banks: "Sus cuentas en el banco siguen como están.",
    erase_stays: "Quedan números que no nombran a nadie: cuántas veces falló una conexión y cuánto duró.",
    erase_button: "Borrar mi cuenta",
    erase_keep: "Conservarla",
    usual_zone: |zone| format!("La habitual aquí ({zone})"),
    device: |browser, system| format!("{browser} en {system}"),
    used: |address, started, last| {
        format!("Desde {address} · desde el {started} · último uso el {last}")
    },
    revoke_one: |device| format!("Cerrar la sesión de {device}"),
};

/// Numbers up to ten in letters, as in a letter; of a feminine noun.
pub(super) fn small(count: usize) -> String {
    const WORDS: [&str; 11] = [
        "ninguna", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
        "diez",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
