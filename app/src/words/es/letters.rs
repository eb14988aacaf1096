//! Spanish: letters.

use super::super::{About, FactorChange, Letter};
use super::staff::PEOPLE;
use crate::api::people::Role;

/// Subject, paragraphs, button, and why it comes.
type Said = (String, Vec<String>, &'static str, String);

pub(super) fn letter(about: &About<'_>, product: &str) -> Letter {
    let (subject, paragraphs, button, why): Said = match about {
        About::ConfirmEmail => (
            format!("Confirme su correo electrónico para {product}"),
            vec![
                format!("Usted se registró en {product} con esta dirección."),
                "Confírmela con el botón. El enlace sirve una vez, durante 30 minutos.".into(),
            ],
            "Confirmar mi dirección",
            format!(
                "Recibe este correo porque alguien escribió esta dirección en {product}. Si no \
                 fue usted, no haga nada: sin la confirmación no pasa nada."
            ),
        ),
        About::AlreadySignedUp => (
            format!("Usted ya tiene una cuenta en {product}"),
            vec![
                "Alguien, probablemente usted, se registró otra vez con esta dirección.".into(),
                "No se cambió nada. Inicie sesión con su contraseña, o elija una nueva si la \
                 olvidó."
                    .into(),
            ],
            "Iniciar sesión",
            format!(
                "Recibe este correo porque alguien escribió esta dirección en el registro de \
                 {product}. Si no fue usted, no haga nada."
            ),
        ),
        About::ResetPassword => (
            format!("Elija una contraseña nueva para {product}"),
            vec![
                "Usted pidió un enlace para elegir una contraseña nueva.".into(),
                "Sirve una vez, durante 30 minutos. Hasta que lo use, su contraseña sigue igual."
                    .into(),
            ],
            "Elegir una contraseña nueva",
            format!(
                "Recibe este correo porque alguien lo pidió en {product}. Si no fue usted, no \
                 haga nada."
            ),
        ),
        About::PasswordChanged => (
            format!("Su contraseña de {product} ha cambiado"),
            vec![
                "Su contraseña ha cambiado, y se cerraron todas las demás sesiones.".into(),
                "Si fue usted, no tiene que hacer nada. Si no, elija ahora una contraseña nueva."
                    .into(),
            ],
            "Elegir una contraseña nueva",
            format!("Recibe este correo con cada cambio de su contraseña en {product}."),
        ),
        About::Erased => erased(product),
        About::FactorChanged {
            change,
            when,
            place,
        } => factor_changed(*change, when, *place, product),
        About::Invitation { role, by, until } => invitation(*role, *by, until, product),
        About::News(lines) => return super::news::letter(lines, product),
        About::ChoiceWaiting { institution } => choice_waiting(institution, product),
    };
    Letter {
        subject,
        paragraphs,
        button: button.into(),
        why,
        stop: None,
    }
}

fn erased(product: &str) -> Said {
    (
        format!("Su cuenta en {product} está borrada"),
        vec![
            "Ya no leemos ninguna de sus cuentas, y lo que conectó se borra también en \
             Mastercard."
                .into(),
            "Hemos borrado su correo, su contraseña y sus ajustes. Sus cuentas en el banco \
             siguen como estaban."
                .into(),
            format!(
                "Si usted no lo pidió, avise a quienes llevan {product}. No se puede deshacer, \
                 pero puede registrarse de nuevo."
            ),
        ],
        "Abrir la página de inicio",
        format!("Recibe este correo una vez, porque se borró su cuenta en {product}."),
    )
}

fn factor_changed(change: FactorChange, when: &str, place: Option<&str>, product: &str) -> Said {
    let (subject, text) = super::passkeys::changed(change, product);
    let place = place
        .map(|place| format!(" Desde: {place}."))
        .unwrap_or_default();
    let paragraphs = vec![
        format!("{subject}. {text}"),
        format!("Cuándo: {when}.{place}"),
        format!(
            "Si fue usted, no tiene que hacer nada. Si no, elija ahora una contraseña \
             nueva y avise a quienes llevan {product}."
        ),
    ];
    let why = format!("Recibe este correo con cada cambio de su segundo paso en {product}.");
    (subject, paragraphs, "Elegir una contraseña nueva", why)
}

fn invitation(role: Role, by: Option<&str>, until: &str, product: &str) -> Said {
    let subject = format!("Tiene una invitación a {product}");
    let invited = by.map(|by| format!("{by} le ha invitado a {product}."));
    let what = match role {
        Role::User => (PEOPLE.may)(role),
        role => format!(
            "Su función: {}. {}",
            (PEOPLE.role_name)(role),
            (PEOPLE.may)(role)
        ),
    };
    let how = format!(
        "Acepte con el botón y elija una contraseña. El botón funciona hasta el {until}, si la \
         invitación no se retira antes."
    );
    let paragraphs = invited.into_iter().chain([what, how]);
    let why = format!(
        "Recibe este correo porque quienes llevan {product} invitaron a esta dirección. \
                 Si no la quiere, no haga nada."
    );
    (subject, paragraphs.collect(), "Aceptar la invitación", why)
}

fn choice_waiting(institution: &str, product: &str) -> Said {
    (
        format!("{institution}: ¿qué cuentas quiere conservar?"),
        vec![
            format!("Usted conectó {institution}, y sus cuentas ya llegaron."),
            "Todavía no ha dicho cuáles quiere conservar. Tarda un minuto.".into(),
        ],
        "Elegir cuentas",
        format!("Recibe este correo una sola vez, porque le queda algo por elegir en {product}."),
    )
}
