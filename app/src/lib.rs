//! What a person sees, and the contract that the server must keep.
//!
//! * [`api`]: data types, errors, server functions; for the server the ports.
//! * [`pages`]: server-rendered pages. They never reach the browser as code.
//! * [`widgets`]: islands, the few pieces that need a browser.
//! * [`words`]: every sentence.
//!
//! The server mounts [`App`] with `leptos_axum`, puts an [`api::visit::Visit`]
//! into the context of every request, and asks [`routes::access`] who may see
//! a path before any page is made.

pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod widgets;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use pages::admin::bad_address_page;
#[cfg(feature = "ssr")]
pub use pages::factor::recovery_codes_page;
#[cfg(feature = "ssr")]
pub use pages::leaving::leaving_page;
#[cfg(feature = "ssr")]
pub use pages::outbox::outbox_page;
#[cfg(feature = "ssr")]
pub use pages::{PageFault, fault_page};
#[cfg(feature = "ssr")]
pub use routes::{App, shell};
