//! Pictures of institutions, fetched by the server and served from our origin.

mod address;
mod letter;
mod media;
mod service;

pub use address::{AddressRule, IconUrl, is_public};
pub use letter::{TONES, letter, letter_svg, tone};
pub use media::{Media, SVG_CONTENT_SECURITY_POLICY};
pub use service::{Fetched, IconFetcher, IconService, MOST_BYTES, Picture, Served};
