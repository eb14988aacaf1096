//! English: letters and text messages about connections.

use super::super::{Letter, News, NewsLine, Text};

pub(super) fn letter(lines: &[NewsLine<'_>], product: &str) -> Letter {
    let (subject, button) = match lines {
        [one] => (headline(one), button(&one.news).to_owned()),
        several => (summary(several), "See all".to_owned()),
    };
    Letter {
        subject,
        paragraphs: lines.iter().map(|line| sentence(line, product)).collect(),
        button,
        why: format!("You get this because you connected a bank at {product}."),
        stop: Some("Stop letters like this"),
    }
}

pub(super) fn text(text: &Text<'_>, product: &str) -> String {
    match text {
        Text::Code(code) => {
            format!(
                "{code} is your code for {product}. It works for 10 minutes. Tell it to nobody."
            )
        }
        Text::News { lines, link } => {
            let what = match lines {
                [one] => headline(one),
                several => summary(several),
            };
            format!("{product}: {what}. {link} Reply STOP to end these messages.")
        }
    }
}

fn headline(line: &NewsLine<'_>) -> String {
    let institution = line.institution;
    match line.news {
        News::Fix | News::Elsewhere => format!("{institution} needs you"),
        News::StillFix | News::StillElsewhere => format!("{institution} still needs you"),
        News::Nothing => format!("{institution} is not sending data right now"),
        News::Works => format!("{institution} works again"),
        News::PermissionEnds { day } => {
            format!("Your permission for {institution} ends on {day}")
        }
        News::Changes => format!("{institution} will change how you connect"),
    }
}

fn summary(lines: &[NewsLine<'_>]) -> String {
    let asks = lines.iter().filter(|line| line.news.asks()).count();
    match asks {
        0 => format!("News about {} of your connections", lines.len()),
        1 => "One of your connections needs you".to_owned(),
        2 => "Two of your connections need you".to_owned(),
        3 => "Three of your connections need you".to_owned(),
        more => format!("{more} of your connections need you"),
    }
}

fn sentence(line: &NewsLine<'_>, product: &str) -> String {
    let institution = line.institution;
    match line.news {
        News::Fix => format!(
            "{institution} has stopped sending data to {product}. You can fix it in a few minutes: \
             we show you how."
        ),
        News::Elsewhere => format!(
            "{institution} has stopped sending data to {product}. There is something for you to do: \
             we show you what."
        ),
        News::StillFix => format!(
            "{institution} is still not sending data to {product}. You can fix it in a few minutes. \
             We do not write about this again until it changes."
        ),
        News::StillElsewhere => format!(
            "{institution} is still not sending data to {product}, and it needs you. We do not \
             write about this again until it changes."
        ),
        News::Nothing => format!(
            "{institution} is not sending data to {product} right now. There is nothing for you to \
             do. We write when it works again."
        ),
        News::Works => format!(
            "{institution} is sending data to {product} again. There is nothing for you to do."
        ),
        News::PermissionEnds { day } => format!(
            "Your permission to read {institution} ends on {day}. After that no new data comes in \
             until you renew it."
        ),
        News::Changes => format!(
            "{institution} will change how you connect. Your accounts and their history stay. We \
             tell you when it is time to sign in there again."
        ),
    }
}

fn button(news: &News<'_>) -> &'static str {
    match news {
        News::Fix | News::StillFix | News::Elsewhere | News::StillElsewhere => "See what to do",
        News::Nothing | News::Works => "See your connection",
        News::PermissionEnds { .. } | News::Changes => "See what happens next",
    }
}
