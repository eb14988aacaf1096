//! Nothing of a page stays in another language.

use std::collections::BTreeSet;

use relink_app::api::visit::Visit;
use relink_app::words::Language;

use crate::cases::all;
use crate::pages::render;

/// Words that English cannot do without, and that neither Spanish nor French
/// has.
const ENGLISH: [&str; 24] = [
    "the", "your", "you", "is", "and", "of", "to", "with", "not", "are", "this", "here", "for",
    "from", "it", "at", "we", "that", "was", "by", "in", "what", "how", "account",
];

/// What the sample data says: the operator's words and others' names.
const DATA: [&str; 26] = [
    "GEZD GNBV GY3T QOJQ",
    "Use the user name of your online banking, not your e-mail.",
    "On the page of FinBank",
    "Tick every account that you want to connect.",
    "Tick “Account details” as well.",
    "The names, types and last four digits of your accounts, and whether they can be read.",
    "To see that the connection stays in order.",
    "Until you stop it, at most 12 months.",
    "Here, on the page of your connections, at any time.",
    "First Federal Bank & Trust of the Northern Lakes",
    "Bank of America",
    "Example Credit Desk",
    "FinBank Profiles - A",
    "ada@example.com",
    "Relink",
    "Credit Union",
    "First Fed Card Services",
    "Federal First Savings",
    "Everyday Checking",
    "Total Checking",
    "Platinum Rewards Visa Signature",
    "Wed 18 Nov, 2:10 am",
    "Firefox on Linux",
    "Safari on iPhone",
    "the server refused the letter",
    "{ \"kind\": \"done\" }",
];

/// What a person reads or hears: texts, and attributes that are read out. What
/// says itself that it is in another language than the page is passed over.
fn said(html: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut rest = html;
    let mut page = None;
    while let Some(open) = rest.find('<') {
        all.insert(plain(&rest[..open]));
        let tag = &rest[open..];
        let end = tag.find('>').unwrap_or(tag.len() - 1);
        for name in [
            "aria-label",
            "alt",
            "label",
            "placeholder",
            "title",
            "data-failed",
        ] {
            all.extend(crate::html::value(&tag[..end], name).map(plain));
        }
        rest = &tag[end + 1..];
        let language = crate::html::value(&tag[..end], "lang");
        page = page.or(language);
        if language != page && language.is_some() {
            let element = tag[1..end].split(' ').next().unwrap_or_default();
            let closed = rest.find(&format!("</{element}>"));
            rest = closed.map_or("", |at| &rest[at..]);
        }
        for name in ["script", "style"] {
            if tag.starts_with(&format!("<{name}")) {
                rest = rest.find(&format!("</{name}")).map_or("", |at| &rest[at..]);
            }
        }
    }
    all.insert(plain(rest));
    all
}

fn plain(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    let text = text.replace("&#39;", "'").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn english_word(text: &str) -> Option<&'static str> {
    let text = DATA
        .iter()
        .fold(text.to_owned(), |text, data| text.replace(data, ""));
    let lower = text.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphabetic());
    words.find_map(|word| ENGLISH.into_iter().find(|english| *english == word))
}

#[test]
fn no_english_is_left_on_a_page_in_another_language() {
    let mut left = BTreeSet::new();
    for (name, visit) in all() {
        let (_, english) = render(Visit {
            language: Language::English,
            ..visit.clone()
        });
        let english = said(&english);
        for language in [Language::Spanish, Language::French] {
            let (_, html) = render(Visit {
                language,
                ..visit.clone()
            });
            for text in said(&html) {
                // A whole text of three words and more that is the same is not
                // translated, or it is data. Numbers are the same.
                let words = text.split(' ').count() > 2 && text.contains(char::is_alphabetic);
                let same = words && english.contains(&text);
                let data = DATA.iter().any(|data| text.contains(data));
                if english_word(&text).is_some() || (same && !data) {
                    left.insert(format!("{name} {}: {text}", language.tag()));
                }
            }
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn the_look_finds_what_is_left() {
    let html = "<p title=\"Read this\">Hola <b>All your accounts</b></p><script>the</script>";
    let found: Vec<_> = said(html)
        .into_iter()
        .filter(|text| english_word(text).is_some())
        .collect();
    assert_eq!(found, ["All your accounts", "Read this"]);
}
