//! Spanish: the second step, people and what staff did.

use super::super::{AuditWords, FactorWords, PeopleWords};
use crate::api::audit::{Act, Thing};
use crate::api::factor::FactorNotice;
use crate::api::people::{PersonNotice, Role};

pub(in super::super) const FACTOR: FactorWords = FactorWords {
    step_title: "Su código",
    step_lead: "Escriba los seis dígitos que su aplicación de autenticación muestra ahora.",
    any_title: "Su segundo paso",
    any_lead: "Use una clave de acceso o escriba un código.",
    code: "Código",
    code_hint: "Sin la aplicación, escriba uno de sus códigos de recuperación.",
    recovery_code: "Código de recuperación",
    go_on: "Continuar",
    nothing_title: "Primero inicie sesión",
    nothing_text: "Aquí no hay un segundo paso pendiente. Si escribió su contraseña, fue hace más \
                   de 15 minutos: empiece de nuevo.",
    sign_in: "Iniciar sesión",
    owed_title: "Configure su segundo paso",
    owed_lead: "Su función aquí pide más que una contraseña: un código de una aplicación de su \
                teléfono. Sirve cualquier aplicación de autenticación. Tarda dos minutos.",
    begin: "Empezar",
    scan: "Escanee esta imagen con la aplicación.",
    picture: "Imagen para la aplicación de autenticación",
    by_hand: "O escriba esta clave en la aplicación:",
    first_code: "El código que la aplicación muestra ahora",
    confirm: "Confirmar",
    codes_title: "Guarde sus códigos de recuperación",
    codes_lead: "Cada uno le permite iniciar sesión una vez si pierde la aplicación o la clave de \
                 acceso. Guárdelos donde guarda sus contraseñas. Solo los mostramos ahora.",
    codes_done: "Los he guardado",
    title: "Segundo paso al iniciar sesión",
    account_text: "Además de la contraseña: una clave de acceso, o un código de una aplicación de su \
                   teléfono.",
    app: "Aplicación de autenticación",
    off: "Desactivado",
    set_up: "Configurarlo",
    replace: "Configurar otra aplicación",
    replace_text: "Los códigos de la aplicación anterior sirven hasta que confirme la nueva.",
    recovery: "Códigos de recuperación",
    renew: "Crear nuevos códigos de recuperación",
    renew_text: "Los nuevos los sustituyen.",
    remove: "Quitar la aplicación",
    required: "Su función lo pide, así que sigue activado.",
    to_account: "Su cuenta",
    look: "Ver el segundo paso",
    on_since: |since| format!("Activado desde: {since}"),
    codes_left: |count| match count {
        1 => "Le queda un código de recuperación.".into(),
        count => format!(
            "Le quedan {} códigos de recuperación.",
            super::people::small(count as usize)
        ),
    },
};

pub(in super::super) const PEOPLE: PeopleWords = PeopleWords {
    title: "Personas",
    beginning: "El correo empieza por",
    role: "Función",
    all_roles: "Todas las funciones",
    find: "Mostrar",
    address: "Correo electrónico",
    state: "Estado",
    since: "Desde",
    second_step: "Segundo paso",
    on: "Activado",
    off: "Desactivado",
    active: "Puede iniciar sesión",
    unconfirmed: "Correo sin confirmar",
    disabled: "Bloqueado",
    none: "No hay nadie así.",
    next: "Página siguiente",
    first: "Primera página",
    invite: "Invitar a alguien",
    invite_text: "Recibe un correo con un enlace que sirve durante siete días, o hasta que usted lo retire. \
                  Una nueva invitación ocupa el lugar de la anterior.",
    send: "Enviar la invitación",
    change: "Cambiar la función",
    access: "Acceso",
    disable: "Bloquear",
    disable_text: "Esto cierra todas sus sesiones y ya no le permite iniciar otra.",
    enable: "Volver a admitir",
    sign_ins: "Dónde tiene la sesión abierta",
    no_sign_ins: "En ningún lugar por ahora.",
    end_all: "Cerrar todas",
    reset: "Quitar el segundo paso",
    reset_text: "Para quien ha perdido todo, también los códigos. Compruebe por otra vía que es \
                 esa persona.",
    oneself: "Es usted. Otro administrador tiene que cambiar su función o bloquear su acceso.",
    back: "Todas las personas",
    acts: "Lo que hizo",
    bad_title: "Esta dirección no está completa",
    bad_text: "Una parte no es nuestra o se cortó. No se cambió nada.",
    invitations: "Invitaciones abiertas",
    no_invitations: "No hay nadie invitado por ahora.",
    more_invitations: "Hay más. Muestre las que empiezan por lo que escriba arriba.",
    inviter: "Invitó",
    until: "Sirve hasta",
    withdraw: "Retirar",
    erase: "Borrar a esta persona",
    erase_text: "Para quien lo pide. Borra su inicio de sesión, todo lo que conectó y su cliente en \
                 Mastercard. Nadie puede recuperarlo. Sus conexiones salen de las cifras desde ahora; del \
                 pasado solo quedan números.",
    erase_typed: "Escriba su correo para confirmar",
    passkeys: |count, used| {
        let used = used.map(|used| format!(", último uso: {used}"));
        let count = match count {
            1 => "una clave de acceso".into(),
            count => format!("{} claves de acceso", super::people::small(count as usize)),
        };
        format!("{count}{}", used.unwrap_or_default())
    },
    role_name: |role| {
        match role {
            Role::User => "Usuario",
            Role::Viewer => "Lectura",
            Role::Support => "Asistencia",
            Role::Admin => "Administración",
        }
        .into()
    },
    role_text: |role| {
        match role {
            Role::User => "Ve y cambia sus propias conexiones.",
            Role::Viewer => "También ve las páginas del equipo.",
            Role::Support => "También ayuda a los usuarios.",
            Role::Admin => "También dirige esta instalación.",
        }
        .into()
    },
    may: |role| {
        match role {
            Role::User => "Conecta su banco y ve que sigue conectado.",
            Role::Viewer => "Ve cómo están todas las conexiones.",
            Role::Support => "Ve cómo están todas las conexiones y ayuda a sus titulares.",
            Role::Admin => "Dirige esta instalación.",
        }
        .into()
    },
    disabled_since: |since| format!("Desde: {since}"),
    withdraw_one: |email| format!("Retirar la invitación a {email}"),
};

pub(in super::super) const AUDIT: AuditWords = AuditWords {
    title: "Registro",
    lead: "Lo que hizo el equipo y quién entró. Aquí no se puede cambiar nada.",
    who: "Quién (correo electrónico)",
    actor: "Quién",
    what: "Qué",
    everything: "Todo",
    from: "Desde el día",
    until: "Hasta el día",
    find: "Mostrar",
    export: "Descargar como CSV",
    number: "N.º",
    when: "Cuándo",
    whom: "A quién",
    place: "Desde dónde",
    change: "Cambio",
    machine: "En la máquina",
    erased: "Borrado",
    none: "No hay nada así.",
    older: "Anteriores",
    newest: "Lo más reciente",
    nobody: "Nadie tiene aquí este correo.",
    not_a_day: "Esto no es un día: se escribe como 2026-11-18.",
    table: "Actos",
    act: |act| {
        match act {
            Act::SignedIn => "Inició sesión",
            Act::FactorFailed => "Mostró un código o una clave de acceso que no vale",
            Act::FactorSetUp => "Configuró un segundo paso",
            Act::FactorRemoved => "Quitó su segundo paso",
            Act::PasskeyRenamed => "Cambió el nombre de una clave de acceso",
            Act::RecoveryCodeUsed => "Usó un código de recuperación",
            Act::RecoveryCodesMade => "Creó códigos de recuperación",
            Act::FactorsReset => "Quitó un segundo paso",
            Act::Invited => "Invitó",
            Act::InvitationWithdrawn => "Retiró una invitación",
            Act::Joined => "Aceptó una invitación",
            Act::PasswordReset => "Eligió otra contraseña por nuestro correo",
            Act::PasswordChanged => "Cambió su contraseña",
            Act::SignInEnded => "Cerró una de sus sesiones",
            Act::SignedOutEverywhere => "Cerró su sesión en todas partes",
            Act::AdminMade => "Creó un administrador",
            Act::RoleChanged => "Cambió una función",
            Act::Disabled => "Bloqueó",
            Act::Enabled => "Volvió a admitir",
            Act::SessionsEnded => "Cerró sesiones",
            Act::Erased => "Borró a una persona",
            Act::Looked => "Miró a",
            Act::Marked => "Sacó una conexión de las cifras",
            Act::Unmarked => "Volvió a contar una conexión",
            Act::EventReplayed => "Repitió un evento",
            Act::EventsReplayed => "Repitió eventos",
            Act::JobRetried => "Reintentó una tarea",
            Act::JobCancelled => "Canceló una tarea",
            Act::SecretRotated => "Reemplazó el secreto de socio",
            Act::Snoozed => "Silenció una conexión",
            Act::Unsnoozed => "Terminó un silencio",
            Act::LetterSent => "Envió un correo sobre una falla",
            Act::CaseSent => "Marcó un caso como enviado",
            Act::CaseNumbered => "Cambió el número de un caso",
            Act::CampaignMade => "Creó una campaña",
            Act::CampaignSent => "Envió una campaña",
            Act::CampaignStopped => "Detuvo una campaña",
            Act::Exported => "Descargó el registro",
            Act::NamesErased => "Borró nombres del registro",
        }
        .into()
    },
    fact: super::facts::fact,
    change_text: |before, after| match (before, after) {
        ("", after) => after.into(),
        (before, "") => format!("antes: {before}"),
        (before, after) => format!("{before}, ahora {after}"),
    },
    thing: |thing| {
        match thing {
            Thing::Connection(..) => "La conexión",
            Thing::Case(_) => "El caso",
            Thing::Campaign(_) => "La campaña",
            Thing::Event(_) => "El evento",
            Thing::Events(_) => "Estos eventos",
            Thing::Jobs(_) => "Tareas de este tipo",
            Thing::Person(_) => "La persona",
        }
        .into()
    },
    reason: |reason| format!("Motivo: {reason}"),
};

/// What became of an act on the second step.
pub(super) fn factor(notice: FactorNotice) -> &'static str {
    match notice {
        FactorNotice::Removed => "La aplicación se quitó. Se cerraron todas las demás sesiones.",
        FactorNotice::PasskeyAdded => {
            "La clave de acceso se agregó. Se cerraron todas las demás sesiones."
        }
        FactorNotice::PasskeyRenamed => "La clave de acceso tiene su nuevo nombre.",
        FactorNotice::PasskeyRemoved => {
            "La clave de acceso se quitó. Se cerraron todas las demás sesiones."
        }
        FactorNotice::WrongPasskey => {
            "Esta clave de acceso no vale: no es una de las suyas aquí, o se quitó. Use otra, o un \
             código."
        }
        FactorNotice::TooManyPasskeys => {
            "Tiene diez claves de acceso. Quite una antes de agregar otra."
        }
        FactorNotice::SignInAgain => {
            "Entró hace un rato. Salga, entre de nuevo y agréguelo en los 15 minutos siguientes."
        }
        FactorNotice::Gone => "Eso ya estaba hecho o tardó demasiado. Empiece de nuevo.",
        FactorNotice::Required => {
            "Su función pide un segundo paso. Agregue otro antes de quitar este."
        }
    }
}

/// What became of an act on a person.
pub(super) fn person(notice: PersonNotice) -> String {
    match notice {
        PersonNotice::Invited => "La invitación está en camino.",
        PersonNotice::AlreadyThere => "Este correo ya tiene un usuario. Búsquelo aquí.",
        PersonNotice::SignUpOff => {
            "El registro está cerrado aquí, también para invitados. El operador puede abrirlo."
        }
        PersonNotice::RoleChanged => "La función está cambiada.",
        PersonNotice::Disabled => "Sus sesiones se cerraron y ya no puede iniciar otra.",
        PersonNotice::Enabled => "Puede volver a iniciar sesión.",
        PersonNotice::SignInsEnded(1) => "Se cerró una sesión.",
        PersonNotice::SignInsEnded(count) => return format!("Se cerraron {count} sesiones."),
        PersonNotice::FactorReset => {
            "El segundo paso ya no existe y se cerraron todas sus sesiones."
        }
        PersonNotice::NoFactor => "No hay un segundo paso que quitar.",
        PersonNotice::Oneself => "No puede hacerse esto a sí mismo. Otro administrador sí puede.",
        PersonNotice::LastAdmin => {
            "Nadie podría ya dirigir esta instalación. Antes nombre a otro administrador."
        }
        PersonNotice::Unproven => {
            "Su correo no está confirmado, y quien se registró con él puede ser otra persona. Pídale que \
             lo confirme, o envíele una invitación."
        }
        PersonNotice::AnotherAddress => {
            "Ese no es su correo. No se borró nada: escríbalo como está arriba."
        }
        PersonNotice::Erased => {
            "Esa persona está borrada. Un último correo se lo dice. En unos minutos se borra también en \
             Mastercard."
        }
        PersonNotice::Withdrawn => "La invitación está retirada. Su enlace ya no lleva a ninguna parte.",
        PersonNotice::NotOpen => "Esta invitación ya no está abierta.",
    }
    .into()
}
