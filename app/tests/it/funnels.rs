//! Funnels of the sample world.

use relink_app::api::funnels::{
    Channel, Funnel, FunnelFilter, FunnelView, Of, Part, Reached, SoonReached, Stop, Stopped,
    Tongue, Week,
};
use relink_app::api::health::{Cause, Share};
use relink_app::api::ids::InstitutionId;
use relink_app::api::shared::When;
use relink_app::api::visit::Visit;

use crate::pages::render;
use crate::sample::{visit, world};

fn share(of: u32, all: u32) -> Share {
    let permille = u16::try_from(u64::from(of) * 1_000 / u64::from(all.max(1))).ok();
    Share {
        permille: permille.filter(|_| all >= 10),
        sample: all,
    }
}

/// One in seven is lost at each step, and nobody of a language that nobody has.
pub(crate) fn funnel(filter: &FunnelFilter) -> FunnelView {
    let none = filter.of == Of::Language(Tongue::Other);
    let steps = filter.funnel.steps();
    let mut numbers = vec![if none { 0 } else { 4_802 }];
    for _ in 1..steps.len() {
        numbers.extend(numbers.last().map(|last| last - last / 7));
    }
    let reached = (0..).zip(steps).map(|(at, step): (usize, _)| Reached {
        step: *step,
        number: numbers[at],
        of_all: share(numbers[at], numbers[0]),
        of_before: at
            .checked_sub(1)
            .map(|before| share(numbers[at], numbers[before])),
    });
    let whys = Stop::ALL.into_iter().zip(steps.iter().cycle());
    let whys = whys.zip(1_u32..).map(|((stop, step), number)| Stopped {
        step: *step,
        stop,
        number,
        share: share(number, 300),
    });
    let weeks = (0..13_u32).map(|week| {
        let soon = |number| SoonReached {
            number,
            share: share(number, 360),
            open: week > 10,
        };
        Week {
            monday: When {
                iso: format!("2026-09-{:02}", week + 1),
                text: format!("{:02}.09.", week + 1),
            },
            began: 360,
            reached: [soon(90 + week), soon(200 + week), soon(280 + week)],
        }
    });
    let repair = filter.funnel == Funnel::Repair;
    let of = [
        Of::Code(103),
        Of::Channel(Channel::Email),
        Of::Language(Tongue::English),
        Of::Institution(InstitutionId::new(5)),
    ];
    let parts = of
        .into_iter()
        .filter(|of| repair || matches!(of, Of::Language(_) | Of::Institution(_)));
    let parts = parts.map(|of| Part {
        of,
        name: matches!(of, Of::Institution(_)).then(|| "Chase".into()),
        cause: matches!(of, Of::Code(_)).then_some(Cause::Credentials),
        steps: numbers.clone(),
        share: share(numbers[steps.len() - 1], numbers[0]),
    });
    FunnelView {
        name: matches!(filter.of, Of::Institution(_)).then(|| "Chase".into()),
        steps: reached.collect(),
        stops: if none { Vec::new() } else { whys.collect() },
        weeks: weeks.collect(),
        parts: if none { Vec::new() } else { parts.collect() },
        searches: 9_120,
    }
}

/// Both, of one institution, and of nothing.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let page = |name: &str, query: &[(&str, &str)]| {
        (name.to_owned(), visit(world(), "/admin/funnels", query))
    };
    vec![
        page("funnel-connect", &[]),
        page("funnel-repair", &[("funnel", "repair"), ("step", "came")]),
        page(
            "funnel-institution",
            &[("of", "institution.5"), ("days", "90")],
        ),
        page("funnel-none", &[("of", "language.other")]),
    ]
}

fn html(query: &[(&str, &str)]) -> String {
    let (status, html) = render(visit(world(), "/admin/funnels", query));
    assert_eq!(status, 200, "{html}");
    html
}

#[test]
fn each_number_says_what_it_is_a_share_of() {
    let connect = html(&[]);
    for text in [
        "How far they came: All",
        "Bank chosen",
        "85.7 % of the step before",
        "Searches sent in the same days: 9,120.",
        "A reading brought accounts. Nothing else counts as proof.",
        "The first step is what every share is a share of.",
        "The device is not kept.",
    ] {
        assert!(connect.contains(text), "{text}");
    }
    assert!(!connect.contains("Told by"), "nobody is told of a visit");
    let repair = html(&[("funnel", "repair")]);
    for text in [
        "Knew of it",
        "It failed, code 108",
        "no further step counts",
        "A letter",
    ] {
        assert!(repair.contains(text), "{text}");
    }
    assert!(
        !repair.contains("Searches sent"),
        "nobody searches for a repair"
    );
    assert!(html(&[("of", "institution.5")]).contains("How far they came: Chase"));
    let none = html(&[("of", "language.other")]);
    assert!(none.contains("Nothing has begun in these days."));
    assert!(none.contains("Not enough data"));
}

#[test]
fn each_part_leads_to_its_own_funnel_in_the_same_days() {
    let page = html(&[("funnel", "repair"), ("days", "90"), ("step", "came")]);
    for of in ["code.103", "channel.email", "language.en", "institution.5"] {
        let link =
            format!("href=\"/admin/funnels?funnel=repair&amp;of={of}&amp;days=90&amp;step=came\"");
        assert!(page.contains(&link), "{link}");
    }
    assert!(page.contains("href=\"/admin/funnels.csv?funnel=repair&amp;days=90&amp;step=came\""));
}

#[test]
fn an_address_that_makes_no_sense_is_answered_with_a_way_back() {
    for (name, value) in [
        ("of", "code.103"),
        ("days", "31"),
        ("step", "proven"),
        ("page", "2"),
    ] {
        let (status, html) = render(visit(world(), "/admin/funnels", &[(name, value)]));
        assert_eq!(status, 400, "{name}");
        assert!(html.contains("This address is not one of ours"), "{name}");
        assert!(html.contains("href=\"/admin/funnels\""), "{name}");
    }
}
