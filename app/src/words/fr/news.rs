//! French: letters and text messages about connections.

use super::super::{Letter, News, NewsLine, Text};

pub(super) fn letter(lines: &[NewsLine<'_>], product: &str) -> Letter {
    let (subject, button) = match lines {
        [one] => (headline(one), button(&one.news).to_owned()),
        several => (summary(several), "Tout voir".to_owned()),
    };
    Letter {
        subject,
        paragraphs: lines.iter().map(|line| sentence(line, product)).collect(),
        button,
        why: format!(
            "Vous recevez ce courriel parce que vous avez connecté une banque à {product}."
        ),
        stop: Some("Ne plus recevoir ces courriels"),
    }
}

pub(super) fn text(text: &Text<'_>, product: &str) -> String {
    match text {
        Text::Code(code) => {
            format!(
                "{code} est votre code pour {product}. Il est valable 10 minutes. Ne le donnez à personne."
            )
        }
        Text::News { lines, link } => {
            let what = match lines {
                [one] => headline(one),
                several => summary(several),
            };
            format!(
                "{product}\u{a0}: {what}. {link} Répondez STOP pour ne plus recevoir ces messages."
            )
        }
    }
}

fn headline(line: &NewsLine<'_>) -> String {
    let institution = line.institution;
    match line.news {
        News::Fix | News::Elsewhere => format!("{institution} attend quelque chose de vous"),
        News::StillFix | News::StillElsewhere => {
            format!("{institution} attend toujours quelque chose de vous")
        }
        News::Nothing => format!("{institution} n’envoie pas de données en ce moment"),
        News::Works => format!("{institution} fonctionne de nouveau"),
        News::PermissionEnds { day } => {
            format!("Votre autorisation pour {institution} prend fin le {day}")
        }
        News::Changes => format!("{institution} va changer de mode de connexion"),
    }
}

fn summary(lines: &[NewsLine<'_>]) -> String {
    let asks = lines.iter().filter(|line| line.news.asks()).count();
    match asks {
        0 => format!("Des nouvelles de {} de vos connexions", lines.len()),
        1 => "Une de vos connexions attend quelque chose de vous".to_owned(),
        2 => "Deux de vos connexions attendent quelque chose de vous".to_owned(),
        3 => "Trois de vos connexions attendent quelque chose de vous".to_owned(),
        more => format!("{more} de vos connexions attendent quelque chose de vous"),
    }
}

fn sentence(line: &NewsLine<'_>, product: &str) -> String {
    let institution = line.institution;
    match line.news {
        News::Fix => format!(
            "{institution} n’envoie plus de données à {product}. Vous pouvez y remédier en quelques minutes\u{a0}: nous vous montrons comment."
        ),
        News::Elsewhere => format!(
            "{institution} n’envoie plus de données à {product}. Vous avez quelque chose à faire\u{a0}: nous vous montrons quoi."
        ),
        News::StillFix => format!(
            "{institution} n’envoie toujours pas de données à {product}. Vous pouvez y remédier en quelques minutes. Nous ne vous écrirons plus à ce sujet tant que rien ne change."
        ),
        News::StillElsewhere => format!(
            "{institution} n’envoie toujours pas de données à {product} et attend quelque chose de vous. Nous ne vous écrirons plus à ce sujet tant que rien ne change."
        ),
        News::Nothing => format!(
            "{institution} n’envoie pas de données à {product} en ce moment. Vous n’avez rien à faire. Nous vous écrirons quand tout fonctionnera de nouveau."
        ),
        News::Works => format!(
            "{institution} envoie de nouveau des données à {product}. Vous n’avez rien à faire."
        ),
        News::PermissionEnds { day } => format!(
            "Votre autorisation de lire {institution} prend fin le {day}. Ensuite, plus aucune donnée n’arrive tant que vous ne la renouvelez pas."
        ),
        News::Changes => format!(
            "{institution} va changer de mode de connexion. Vos comptes et leur historique restent. Nous vous dirons quand vous devrez vous y connecter à nouveau."
        ),
    }
}

fn button(news: &News<'_>) -> &'static str {
    match news {
        News::Fix | News::StillFix | News::Elsewhere | News::StillElsewhere => "Voir que faire",
        News::Nothing | News::Works => "Voir votre connexion",
        News::PermissionEnds { .. } | News::Changes => "Voir la suite",
    }
}
