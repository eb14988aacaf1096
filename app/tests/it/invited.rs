//! What an admin reads of open invitations, and of what an act was about.

use crate::pages::render;
use crate::sample::{visit, world};
use crate::staff::ADA;

#[test]
fn an_act_says_what_it_was_about_and_why() {
    let (_, html) = render(visit(world(), "/admin/audit", &[]));
    let way = format!("{ADA}/story#held-00000000-0000-0000-0000-000000000002");
    assert!(html.contains(&format!("href=\"{way}\"")), "{html}");
    assert!(html.contains("Reason: Ticket &lt;7&gt;"), "{html}");
}

#[test]
fn open_invitations_stand_on_the_first_page_each_with_a_way_back() {
    let (_, html) = render(visit(world(), "/admin/people", &[]));
    for said in [
        "action=\"/admin/invitations/00000000-0000-0000-0000-000000000001/withdraw\"",
        "aria-label=\"Withdraw the invitation to fay@example.com\"",
        ">root@example.com</td>",
        ">At the machine</td>",
        "There are more.",
    ] {
        assert!(html.contains(said), "no {said} in {html}");
    }
    let (_, html) = render(visit(world(), "/admin/people", &[("q", "zoe")]));
    assert!(html.contains("Nobody is invited at present."), "{html}");
    let second = [("after", "00000000-0000-0000-0000-000000000004")];
    let (_, html) = render(visit(world(), "/admin/people", &second));
    assert!(!html.contains("/admin/invitations/"), "{html}");
}
