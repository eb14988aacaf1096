//! From a queued letter to its text and HTML. One column, no images: the
//! sentence, the button, why you get this.

use std::fmt::Write as _;

use chrono_tz::Tz;
use relink_app::{
    api::{ids::SessionRef, paths},
    words::{About as AboutWords, Language, NewsLine},
};
use relink_engine::mail::{About, Letter};
use url::Url;

use super::factor::{self, Occasion};
use crate::{news, ports::shown_role};

/// A letter, ready for the transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject line.
    pub subject: String,
    /// For programs that show text.
    pub text: String,
    /// For the others.
    pub html: String,
    /// Where letters like this are stopped, where they can be.
    pub stop: Option<Url>,
}

/// Where a letter leads.
struct Links {
    button: Url,
    /// From each paragraph, where there are several things to say.
    paragraphs: Vec<Url>,
    stop: Option<Url>,
}

/// Writes a letter of the installation `product` at `site`; `zone` is its usual
/// clock.
pub(super) fn write(letter: &Letter, product: &str, site: &Url, zone: Tz) -> Written {
    let language = Language::of_tag(&letter.language).unwrap_or_default();
    let days = news::days(&letter.about, language);
    let told = Told {
        lines: news::lines(&letter.about, &days),
        occasion: factor::occasion(&letter.about, language, zone),
    };
    let (about, links) = about(&letter.about, &told, site);
    let words = language.letter(&about, product);
    let mut text = String::new();
    let mut html = String::new();
    for (index, paragraph) in words.paragraphs.iter().enumerate() {
        let safe = escape(paragraph);
        // Writing to a String cannot fail.
        if let Some(link) = links.paragraphs.get(index) {
            write!(text, "{paragraph}\n{link}\n\n").unwrap_or_default();
            let link = escape(link.as_str());
            let linked = format!("<a href=\"{link}\" style=\"color:#1c1c1a\">{safe}</a>");
            write!(html, "<p>{linked}</p>").unwrap_or_default();
        } else {
            write!(text, "{paragraph}\n\n").unwrap_or_default();
            write!(html, "<p>{safe}</p>").unwrap_or_default();
        }
    }
    let target = &links.button;
    write!(text, "{}:\n{target}\n\n{}\n", words.button, words.why).unwrap_or_default();
    let mut why = escape(&words.why);
    if let (Some(stop), Some(label)) = (&links.stop, words.stop) {
        writeln!(text, "{label}: {stop}").unwrap_or_default();
        let (stop, label) = (escape(stop.as_str()), escape(label));
        write!(
            why,
            " <a href=\"{stop}\" style=\"color:#5c5c58\">{label}</a>"
        )
        .unwrap_or_default();
    }
    let html = format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\"><title>{subject}</title>\
         <body style=\"margin:0;padding:24px;background:#f6f6f4;font:16px/1.5 system-ui,sans-serif;color:#1c1c1a\">\
         <div style=\"max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:10px\">\
         <p style=\"font-weight:650\">{product}</p>{html}\
         <p style=\"margin:24px 0\"><a href=\"{target}\" style=\"display:inline-block;padding:12px 20px;\
         border-radius:8px;background:#1f5f4a;color:#fff;text-decoration:none\">{button}</a></p>\
         <p style=\"font-size:14px;color:#5c5c58\">{why}</p></div></body></html>",
        tag = language.tag(),
        subject = escape(&words.subject),
        product = escape(product),
        target = escape(target.as_str()),
        button = escape(&words.button),
    );
    Written {
        subject: words.subject,
        text,
        html,
        stop: links.stop,
    }
}

/// What a letter tells, in words; empty where it tells nothing of the kind.
struct Told<'a> {
    lines: Vec<NewsLine<'a>>,
    occasion: Occasion,
}

fn about<'a>(about: &'a About, told: &'a Told<'a>, site: &Url) -> (AboutWords<'a>, Links) {
    let with = |path: &str, key: &str, value: &str| {
        let mut url = news::page(site, path);
        url.query_pairs_mut().append_pair(key, value);
        url
    };
    let (words, button) = match about {
        About::ConfirmEmail { token } => (
            AboutWords::ConfirmEmail,
            with(paths::CONFIRM_EMAIL, "token", token),
        ),
        About::AlreadySignedUp => (
            AboutWords::AlreadySignedUp,
            news::page(site, paths::SIGN_IN),
        ),
        About::ResetPassword { token } => (
            AboutWords::ResetPassword,
            with(paths::RESET_PASSWORD, "token", token),
        ),
        About::PasswordChanged => (
            AboutWords::PasswordChanged,
            news::page(site, paths::FORGOT_PASSWORD),
        ),
        About::Erased => (AboutWords::Erased, news::page(site, paths::HOME)),
        About::FactorChanged { change, .. } => (
            AboutWords::FactorChanged {
                change: factor::change(*change),
                when: &told.occasion.when,
                place: told.occasion.place.as_deref(),
            },
            news::page(site, paths::FORGOT_PASSWORD),
        ),
        About::Invitation {
            token, role, by, ..
        } => (
            AboutWords::Invitation {
                role: shown_role(*role),
                by: by.as_deref(),
                until: &told.occasion.when,
            },
            with(paths::SIGN_UP, "invitation", token),
        ),
        About::ChoiceWaiting {
            institution,
            connect_session,
        } => {
            let visit = SessionRef::new(connect_session.0.as_u128());
            (
                AboutWords::ChoiceWaiting { institution },
                news::page(site, &paths::session(visit)),
            )
        }
        About::Notices {
            lines: notices,
            unsubscribe,
        } => {
            let several = notices.len() > 1;
            let links = Links {
                button: news::target(notices, site),
                paragraphs: notices
                    .iter()
                    .filter(|_| several)
                    .map(|line| news::link(line, site))
                    .collect(),
                stop: Some(with(paths::UNSUBSCRIBE, "token", unsubscribe)),
            };
            return (AboutWords::News(&told.lines), links);
        }
    };
    let links = Links {
        button,
        paragraphs: Vec::new(),
        stop: None,
    };
    (words, links)
}

pub(super) fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut safe, character| {
            match character {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '"' => safe.push_str("&quot;"),
                '\'' => safe.push_str("&#39;"),
                other => safe.push(other),
            }
            safe
        })
}

#[cfg(test)]
mod tests {
    use relink_engine::{
        identity::{FactorChange, FactorKind},
        mail::Place,
    };

    use super::*;

    fn written(about: About) -> Written {
        let letter = Letter {
            to: "a@example.com".to_owned(),
            language: "en".to_owned(),
            about,
        };
        write(
            &letter,
            "Relink",
            &"https://relink.example".parse().unwrap(),
            Tz::America__New_York,
        )
    }

    #[test]
    fn a_link_leads_to_our_own_page_with_its_token() {
        let letter = written(About::ResetPassword {
            token: "abc".to_owned(),
        });
        assert!(
            letter
                .text
                .contains("https://relink.example/reset-password?token=abc"),
            "{}",
            letter.text
        );
        assert!(
            letter
                .html
                .contains("href=\"https://relink.example/reset-password?token=abc\"")
        );
    }

    #[test]
    fn a_change_of_the_second_step_is_told_by_the_readers_clock() {
        let change = |zone: Option<&str>, place| About::FactorChanged {
            change: FactorChange::Added(FactorKind::Passkey),
            at: "2026-11-18T20:00:00Z".parse().unwrap(),
            zone: zone.map(str::to_owned),
            place,
        };
        let place = Place {
            address: [192, 0, 2, 1].into(),
            user_agent: Some("Mozilla/5.0 (X11; Linux x86_64) Firefox/144.0".to_owned()),
        };
        let letter = written(change(Some("America/Denver"), Some(place)));
        assert_eq!(
            letter.subject,
            "A passkey was added to your sign-in at Relink"
        );
        for said in [
            "When: Wed 18 Nov, 1:00 pm MST. From: 192.0.2.1, Firefox on Linux.",
            "https://relink.example/forgot-password",
        ] {
            assert!(letter.text.contains(said), "{}", letter.text);
            assert!(letter.html.contains(said), "{}", letter.html);
        }
        let letter = written(change(Some("Atlantic/Atlantis"), None));
        assert!(letter.text.contains("3:00 pm EST."), "{}", letter.text);
        assert!(!letter.text.contains("From:"), "{}", letter.text);
    }

    #[test]
    fn a_name_is_text_and_nothing_else() {
        let letter = written(About::ChoiceWaiting {
            institution: "<b>Bank & Sons</b>".to_owned(),
            connect_session: relink_engine::ids::ConnectSessionId(uuid::Uuid::nil()),
        });
        assert!(!letter.html.contains("<b>Bank"), "{}", letter.html);
        assert!(
            letter.html.contains("&lt;b&gt;Bank &amp; Sons"),
            "{}",
            letter.html
        );
    }
}
