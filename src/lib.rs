//! The browser's way in: wakes the islands of `relink_app`. Nothing else, ever.
//! No panic hook: the download has a budget, and a panic is a broken island on
//! a page that works without it.

// An island is exported from this module only when the crate that defines it
// is named here.
use relink_app as _;

/// Called by the page's script once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
