//! Spanish: letters and text messages about connections.

use super::super::{Letter, News, NewsLine, Text};

pub(super) fn letter(lines: &[NewsLine<'_>], product: &str) -> Letter {
    let (subject, button) = match lines {
        [one] => (headline(one), button(&one.news).to_owned()),
        several => (summary(several), "Ver todo".to_owned()),
    };
    Letter {
        subject,
        paragraphs: lines.iter().map(|line| sentence(line, product)).collect(),
        button,
        why: format!("Recibe este correo porque conectó un banco en {product}."),
        stop: Some("No recibir más correos como este"),
    }
}

pub(super) fn text(text: &Text<'_>, product: &str) -> String {
    match text {
        Text::Code(code) => {
            format!(
                "{code} es su código para {product}. Sirve durante 10 minutos. No se lo dé a nadie."
            )
        }
        Text::News { lines, link } => {
            let what = match lines {
                [one] => headline(one),
                several => summary(several),
            };
            format!("{product}: {what}. {link} Responda STOP para no recibir más mensajes.")
        }
    }
}

fn headline(line: &NewsLine<'_>) -> String {
    let institution = line.institution;
    match line.news {
        News::Fix | News::Elsewhere => format!("{institution} necesita algo de usted"),
        News::StillFix | News::StillElsewhere => {
            format!("{institution} todavía necesita algo de usted")
        }
        News::Nothing => format!("{institution} no envía datos en este momento"),
        News::Works => format!("{institution} funciona de nuevo"),
        News::PermissionEnds { day } => {
            format!("Su permiso para {institution} termina el {day}")
        }
        News::Changes => format!("{institution} va a cambiar la forma de conectarse"),
    }
}

fn summary(lines: &[NewsLine<'_>]) -> String {
    let asks = lines.iter().filter(|line| line.news.asks()).count();
    match asks {
        0 => format!("Novedades sobre {} de sus conexiones", lines.len()),
        1 => "Una de sus conexiones necesita algo de usted".to_owned(),
        2 => "Dos de sus conexiones necesitan algo de usted".to_owned(),
        3 => "Tres de sus conexiones necesitan algo de usted".to_owned(),
        more => format!("{more} de sus conexiones necesitan algo de usted"),
    }
}

fn sentence(line: &NewsLine<'_>, product: &str) -> String {
    let institution = line.institution;
    match line.news {
        News::Fix => format!(
            "{institution} dejó de enviar datos a {product}. Usted puede arreglarlo en unos minutos: le mostramos cómo."
        ),
        News::Elsewhere => format!(
            "{institution} dejó de enviar datos a {product}. Hay algo que usted debe hacer: le mostramos qué."
        ),
        News::StillFix => format!(
            "{institution} sigue sin enviar datos a {product}. Usted puede arreglarlo en unos minutos. No volveremos a escribirle sobre esto mientras no cambie."
        ),
        News::StillElsewhere => format!(
            "{institution} sigue sin enviar datos a {product} y necesita algo de usted. No volveremos a escribirle sobre esto mientras no cambie."
        ),
        News::Nothing => format!(
            "{institution} no envía datos a {product} en este momento. Usted no tiene que hacer nada. Le escribiremos cuando funcione de nuevo."
        ),
        News::Works => format!(
            "{institution} envía datos a {product} de nuevo. Usted no tiene que hacer nada."
        ),
        News::PermissionEnds { day } => format!(
            "Su permiso para leer {institution} termina el {day}. Después no llegarán datos nuevos hasta que lo renueve."
        ),
        News::Changes => format!(
            "{institution} va a cambiar la forma de conectarse. Sus cuentas y su historial se quedan. Le diremos cuándo debe iniciar sesión allí otra vez."
        ),
    }
}

fn button(news: &News<'_>) -> &'static str {
    match news {
        News::Fix | News::StillFix | News::Elsewhere | News::StillElsewhere => "Ver qué hacer",
        News::Nothing | News::Works => "Ver su conexión",
        News::PermissionEnds { .. } | News::Changes => "Ver qué sigue",
    }
}
