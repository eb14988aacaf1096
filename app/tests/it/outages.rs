//! What is told while an outage goes on, and what is offered.

use relink_app::api::search::{Availability, SignInPlace};

use crate::cases::{hopeless, troubled};
use crate::pages::render;
use crate::sample::{World, institution, visit, world};

const CONFIRM: &str = "/connect/102105";

/// The page of one connection of the sample.
fn one(id: &str) -> String {
    let path = format!("/connections/00000000-0000-0000-0000-0000000000{id}");
    render(visit(world(), &path, &[])).1
}

fn confirm(change: impl FnOnce(&mut World)) -> String {
    let mut world = world();
    change(&mut world);
    render(visit(world, CONFIRM, &[])).1
}

#[test]
fn a_card_says_who_has_trouble_since_when_and_how_many_others() {
    let page = one("13");
    for part in [
        "Trouble at the bank",
        "Wells Fargo has had trouble since about Wed 18 Nov, 2:10 am.",
        "37 others are affected.",
        "Nothing for you to do; we will write when it is back.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let page = one("14");
    assert!(page.contains("Mastercard is on it"), "{page}");
    assert!(page.contains("Mastercard, which reads Ally Invest for us, has had trouble since"));
    let (_, overview) = render(visit(world(), "/connections", &[]));
    assert!(
        overview.contains("Wells Fargo has had trouble since about"),
        "{overview}"
    );
}

#[test]
fn nothing_is_to_be_fixed_while_it_goes_on() {
    for id in ["13", "14"] {
        assert!(!one(id).contains("/repair\""), "{id}");
    }
    assert!(
        one("0b").contains("/repair\""),
        "another's password changed"
    );
}

#[test]
fn a_coming_change_is_told_where_all_is_well_and_nowhere_else() {
    let told = "Fifth Third is moving to a new kind of connection.";
    let (_, overview) = render(visit(world(), "/connections", &[]));
    assert_eq!(overview.matches("is moving to a new kind").count(), 1);
    assert!(overview.contains(told), "{overview}");
}

#[test]
fn who_may_still_try_is_warned_before() {
    let page = confirm(troubled);
    assert!(
        page.contains("has had trouble since about Wed 18 Nov, 2:10 am."),
        "{page}"
    );
    assert!(page.contains("37 others here are affected."), "{page}");
    assert!(page.contains("Connect another sign-in at"), "{page}");
}

#[test]
fn where_nobody_gets_through_that_is_said_and_without_data_nothing() {
    let page = confirm(hopeless);
    assert!(page.contains("of 20 people who tried to connect"), "{page}");
    assert!(page.contains("nobody got through"), "{page}");
    assert!(page.contains("Choose another bank"), "{page}");
    let page = confirm(|world| world.page = Ok(institution(SignInPlace::DataConnect)));
    assert!(
        !page.contains("got through") && !page.contains("trouble"),
        "{page}"
    );
}

#[test]
fn a_search_marks_it_before_it_is_chosen() {
    let (_, page) = render(visit(world(), "/connect", &[("q", "first federal")]));
    assert!(
        page.contains("Trouble there: it may not work now"),
        "{page}"
    );
    let page = confirm(|world| {
        let mut page = institution(SignInPlace::DataConnect);
        page.hit.availability = Availability::Open;
        world.page = Ok(page);
    });
    assert!(!page.contains("Trouble there"), "{page}");
}
