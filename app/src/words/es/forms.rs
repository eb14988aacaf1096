//! Spanish: what forms say.

use super::super::FormWords;
use super::people::small;
use crate::api::accounts::Kept;
use crate::api::connect::StartError;
use crate::api::connections::RepairError;
use crate::api::forms::{Notice, Problem};
use crate::api::refusal::Fault;
use crate::api::search::Unavailable;
use crate::api::shared::Reference;

pub(super) const FORMS: FormWords = FormWords {
    problem: |problem| {
        match problem {
            Problem::Missing => "Complete este campo, por favor.",
            Problem::NotAnEmail => "Esto no es un correo electrónico: le falta una @ o el dominio.",
            Problem::TooShort => "Al menos 12 caracteres, por favor.",
            Problem::TooLong => "Esto es demasiado largo.",
            Problem::Common => {
                "Mucha gente usa esta contraseña, así que es fácil de adivinar. Elija otra."
            }
            Problem::WrongPassword => "Esta no es su contraseña actual.",
            Problem::BadInvitation => {
                "Esta invitación no sirve: se usó, se retiró, hay otra más nueva o tiene más de siete \
                 días. Pida otra a quien le invitó."
            }
            Problem::NotAnAddress => "Esto no es una dirección web: se parece a example.com.",
            Problem::NotAPhone => {
                "Esto no es un número de teléfono: se parece a (202) 555-0123, o empieza con + y el país."
            }
            Problem::PhoneStopped => {
                "Este teléfono nos respondió STOP. Envíe START desde él y luego escriba aquí el número otra vez."
            }
            Problem::WrongCode => "Este no es el código que enviamos. Mire el mensaje de nuevo.",
            Problem::WrongAppCode => {
                "Este no es el código de la aplicación o ya se usó. Espere al siguiente."
            }
            Problem::CodeTooOld => {
                "Este código ya no sirve: cada uno vale una vez, durante 10 minutos. Pida uno nuevo."
            }
            Problem::NotATime => "Esto no es una hora del día: se parece a 21:00.",
            Problem::SameTime => "Las horas de silencio necesitan dos horas distintas.",
        }
        .into()
    },
    notice,
};

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LookBelow => "Todavía no se envió: algo de abajo necesita otra mirada.",
        Notice::WrongSignIn => "El correo electrónico y la contraseña no coinciden.",
        Notice::TooMany { minutes: 1 } => {
            "Demasiados intentos. Puede probar de nuevo en un minuto."
        }
        Notice::TooMany { minutes } => {
            return format!("Demasiados intentos. Puede probar de nuevo en {minutes} minutos.");
        }
        Notice::SignInFirst => "Inicie sesión, y sigue a esa página.",
        Notice::SignedOut => "Su sesión está cerrada.",
        Notice::SignInEnded => "Su sesión terminó. Inicie sesión de nuevo, y sigue donde estaba.",
        Notice::MailSent => "Si hay una cuenta con esta dirección, un correo va en camino.",
        Notice::ConfirmationSent => {
            "Un correo va en camino. Use su enlace para confirmar su dirección."
        }
        Notice::EmailConfirmed => "Su dirección está confirmada.",
        Notice::LinkDead => {
            "Este enlace ya no sirve. Los enlaces sirven una vez, durante 30 minutos."
        }
        Notice::PasswordChanged => "Su contraseña ha cambiado. Las demás sesiones se cerraron.",
        Notice::PreferencesKept => "Guardado. Así verá desde ahora nuestras páginas y correos.",
        Notice::SignInRevoked => "Esa sesión está cerrada.",
        Notice::SignedOutEverywhere => "Todas las sesiones están cerradas, también esta.",
        Notice::Erased => {
            "Su cuenta está borrada y ya no leemos nada. Un último correo lo confirma. En unos \
             minutos se borra también en Mastercard."
        }
        Notice::MissingNoted => "Anotado, gracias.",
        Notice::NotStarted(error) => return not_started(error),
        Notice::Kept(done) => return kept(*done),
        Notice::ChoiceChanged => "Entretanto llegaron más cuentas. Mire la lista una vez más.",
        Notice::AccountRemoved => {
            "La cuenta se quitó. En unos minutos se borra también en Mastercard."
        }
        Notice::Disconnected => {
            "Se está quitando con todas sus cuentas. En unos minutos se borran también en \
             Mastercard."
        }
        Notice::AccountFound => "Ya sabemos qué cuenta es. Su historial continúa.",
        Notice::AllDisconnected => {
            "Se está quitando todo. En unos minutos se borra también en Mastercard."
        }
        Notice::AlreadyWorks => "Ya funciona de nuevo: lo acabamos de mirar.",
        Notice::NotRepaired(error) => return not_repaired(error),
        Notice::NoticesRead => "Todos los avisos están marcados como leídos.",
        Notice::TellingSaved => "Guardado. Desde ahora le avisamos así.",
        Notice::EmailAgain => "Le escribimos de nuevo a su dirección.",
        Notice::CodeSent => "Un código va en camino a su teléfono. Sirve durante 10 minutos.",
        Notice::PhoneConfirmed => {
            "Su teléfono está confirmado. Desde ahora los mensajes de texto van allí."
        }
        Notice::PhoneRemoved => {
            "Su número de teléfono está quitado. Ya no llegan mensajes de texto allí."
        }
        Notice::NoTexts => {
            "Aquí no se envían mensajes de texto. El correo y esta página le avisan igual."
        }
        Notice::Snoozed(until) => {
            return format!(
                "No le decimos nada de esta conexión hasta el {}.",
                until.text
            );
        }
        Notice::Unsnoozed => "Le avisamos de nuevo sobre esta conexión.",
        Notice::Unsubscribed => "Hecho: ya no le llegan avisos por correo.",
        Notice::NotALetter => "Este enlace no detiene nada: no es de un correo nuestro.",
        Notice::Factor(notice) => return super::staff::factor(*notice).into(),
        Notice::Person(notice) => return super::staff::person(*notice),
        Notice::Operation(notice) => super::operations::operation(*notice),
        Notice::Help(notice) => return super::help::help(notice),
        Notice::Campaign(notice) => super::campaigns::notice(*notice),
        Notice::NotFromHere => {
            "Ese formulario era demasiado viejo, o venía de otro lugar. No se cambió nada. \
             Pruebe una vez más desde esta página."
        }
        Notice::Internal(reference) => return internal(reference),
    }
    .into()
}

fn internal(reference: &Reference) -> String {
    let said = "El fallo es nuestro y ya está anotado. No se cambió nada. Pruebe una vez más";
    match reference.as_str() {
        "" => format!("{said}."),
        text => format!("{said}; si sigue así, díganos la referencia {text}."),
    }
}

fn not_repaired(error: &RepairError) -> String {
    match error {
        RepairError::NotFixable => {
            "Iniciar sesión de nuevo no ayuda ahora a esta conexión. Abajo está lo que sí ayuda."
                .into()
        }
        RepairError::LoginGone => {
            "Mastercard ya no tiene cuentas con este acceso. Quite la conexión, y conecte de \
             nuevo si la quiere recuperar."
                .into()
        }
        RepairError::NoLink(error) => not_started(error),
        RepairError::Fault(fault) => not_started(&StartError::Fault(fault.clone())),
    }
}

fn not_started(error: &StartError) -> String {
    match error {
        StartError::FixFirst => {
            "Allí tiene una conexión que se puede arreglar. Arréglela, o conecte otro acceso abajo."
        }
        StartError::Gone => "Esta institución ya no se ofrece. Elija otra.",
        StartError::Unavailable(Unavailable::Offline) => {
            "La institución no responde por ahora. Vuelva más tarde hoy."
        }
        StartError::Unavailable(Unavailable::Unsupported | Unavailable::NotRegistered) => {
            "Esta institución no se puede conectar aquí."
        }
        StartError::ConsentChanged => {
            "El texto de abajo cambió desde que abrió la página. Léalo una vez más y siga."
        }
        StartError::EmailNotConfirmed => {
            "Confirme antes su correo electrónico: use el enlace de nuestro correo."
        }
        StartError::NotAccepted(reference)
        | StartError::WebhookNotReached(reference)
        | StartError::Upstream(reference) => return no_link(error, reference),
        StartError::Fault(Fault::Internal(reference)) => return internal(reference),
        StartError::Fault(Fault::SignedOut) => "Inicie sesión de nuevo y siga.",
        StartError::Fault(Fault::TooMany) => {
            "Eso fue muy rápido. Espere un minuto y pruebe de nuevo."
        }
        StartError::Fault(Fault::NotFound | Fault::BadRequest) => {
            "Ese formulario era demasiado viejo. No se cambió nada. Pruebe una vez más desde \
             esta página."
        }
        StartError::Fault(Fault::Unreachable) => {
            "Se cortó la conexión. Revise su conexión a internet y pruebe de nuevo."
        }
    }
    .into()
}

fn no_link(error: &StartError, reference: &Reference) -> String {
    let said = match error {
        StartError::NotAccepted(_) => {
            "Mastercard no acepta nuestro acceso por ahora. Nuestra gente tiene que arreglarlo; \
             antes de eso no ayuda probar de nuevo."
        }
        StartError::WebhookNotReached(_) => {
            "Mastercard no pudo comunicarse con nosotros para confirmar, y por eso no hizo \
             ninguna página de inicio de sesión. Nuestra gente tiene que arreglarlo."
        }
        _ => {
            "Mastercard no responde por ahora. Usted no hizo nada mal. Pruebe de nuevo en unos \
             minutos."
        }
    };
    match reference.as_str() {
        "" => said.into(),
        text => format!("{said} Referencia: {text}."),
    }
}

fn kept(done: Kept) -> String {
    let accounts = |count: u32| match count {
        1 => "una cuenta".to_owned(),
        count => format!("{} cuentas", small(count as usize)),
    };
    let deleted = |count: u32| match count {
        1 => "En unos minutos se borra una cuenta en Mastercard.".to_owned(),
        count => format!(
            "En unos minutos se borran {} en Mastercard.",
            accounts(count)
        ),
    };
    match (done.kept, done.removed) {
        (kept, 0) => format!("Usted conserva {}.", accounts(kept)),
        (0, removed) => format!("Usted no conserva ninguna. {}", deleted(removed)),
        (kept, removed) => format!("Usted conserva {}. {}", accounts(kept), deleted(removed)),
    }
}
