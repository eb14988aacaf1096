//! From what the engine has to tell to the words of letters and text messages.

use chrono::Datelike as _;
use relink_app::{
    api::{ids::NoticeRef, paths},
    words::{Day, Language, News as NewsWords, NewsLine},
};
use relink_engine::{
    mail::About,
    notify::{Ask, Line, News, Stage},
};
use url::Url;

/// A page of ours.
pub(crate) fn page(site: &Url, path: &str) -> Url {
    let mut url = site.clone();
    url.set_path(path);
    url
}

/// Where one notice leads.
pub(crate) fn link(line: &Line, site: &Url) -> Url {
    let notice = NoticeRef::new(line.notice.0.as_u128());
    page(site, &paths::notice(notice))
}

/// Where a message with these notices leads: to the one, or to all.
pub(crate) fn target(lines: &[Line], site: &Url) -> Url {
    match lines {
        [one] => link(one, site),
        _ => page(site, paths::NOTICES),
    }
}

/// The days that a letter names, one a line.
pub(crate) fn days(about: &About, language: Language) -> Vec<String> {
    match about {
        About::Notices { lines, .. } => days_of(lines, language),
        _ => Vec::new(),
    }
}

/// The lines of a letter in words; `days` are those of [`days`].
pub(crate) fn lines<'a>(about: &'a About, days: &'a [String]) -> Vec<NewsLine<'a>> {
    match about {
        About::Notices { lines, .. } => words(lines, days),
        _ => Vec::new(),
    }
}

/// The days that these lines name, one a line.
pub(crate) fn days_of(lines: &[Line], language: Language) -> Vec<String> {
    let day = |line: &Line| match line.news {
        News::PermissionEnds { on } => language.day(&Day {
            year: on.year(),
            month: on.month(),
            day: on.day(),
        }),
        News::Broke { .. } | News::Works | News::Changes => String::new(),
    };
    lines.iter().map(day).collect()
}

/// These lines in words.
pub(crate) fn words<'a>(lines: &'a [Line], days: &'a [String]) -> Vec<NewsLine<'a>> {
    let word = |(line, day): (&'a Line, &'a String)| NewsLine {
        institution: &line.institution,
        news: match line.news {
            News::Broke { stage, ask } => match (ask, stage) {
                (Ask::Fix, Stage::First | Stage::ByHand { .. } | Stage::Campaign { .. }) => {
                    NewsWords::Fix
                }
                (Ask::Fix, Stage::Reminder) => NewsWords::StillFix,
                (Ask::Elsewhere, Stage::First | Stage::ByHand { .. } | Stage::Campaign { .. }) => {
                    NewsWords::Elsewhere
                }
                (Ask::Elsewhere, Stage::Reminder) => NewsWords::StillElsewhere,
                (Ask::Nothing, _) => NewsWords::Nothing,
            },
            News::Works => NewsWords::Works,
            News::PermissionEnds { .. } => NewsWords::PermissionEnds { day },
            News::Changes => NewsWords::Changes,
        },
    };
    lines.iter().zip(days).map(word).collect()
}
