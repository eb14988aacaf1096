//! Server-rendered pages. Each is an async function from the visit (and the
//! person, and the thing) to a [`Page`] or a [`PageFault`]; it has no other
//! way to say that something is wrong, so none can be left without a way on.

pub mod account;
pub mod admin;
pub mod confirm;
pub mod connections;
pub mod erase;
pub mod factor;
mod faults;
mod form;
mod frame;
pub mod landing;
pub mod leaving;
pub mod notices;
pub mod outbox;
mod parts;
pub mod passkeys;
pub mod people;
mod repair;
pub mod search;
pub mod session;
pub mod telling;

use http::StatusCode;
use leptos::prelude::*;

pub(crate) use faults::fault;
pub use faults::{PageFault, fault_page};
pub(crate) use frame::document;

/// What a page is made of.
pub struct Page {
    /// Before the product's name in the title.
    pub(crate) title: String,
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// How wide it is.
    pub(crate) width: Width,
    /// Whether the header has its links.
    pub(crate) menu: Menu,
    /// What it needs besides HTML.
    pub(crate) needs: Needs,
    /// What is in `<main>`; holds the only `<h1>`.
    pub(crate) main: AnyView,
}

/// How wide a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// One column.
    Column,
    /// For admins.
    Wide,
}

/// Whether the header has its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Menu {
    /// Those of whoever asks.
    Shown,
    /// None: the page is being left, and there is one way on.
    Absent,
}

/// What a page needs besides HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing: such a page carries no script at all.
    Nothing,
    /// It holds an island. Without script it is loaded anew after so many
    /// seconds, if any.
    Islands(Option<u32>),
    /// The glue for the embedded and popup windows.
    Window,
    /// The script that renews it when there is news.
    Live,
    /// The browser's part of passkeys.
    Passkeys,
}

impl Page {
    pub(crate) fn new(title: impl Into<String>, main: impl IntoView + 'static) -> Self {
        Self {
            title: title.into(),
            status: StatusCode::OK,
            width: Width::Column,
            menu: Menu::Shown,
            needs: Needs::Nothing,
            main: main.into_any(),
        }
    }

    pub(crate) fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    pub(crate) fn without_menu(self) -> Self {
        Self {
            menu: Menu::Absent,
            ..self
        }
    }

    pub(crate) fn wide(self) -> Self {
        Self {
            width: Width::Wide,
            ..self
        }
    }

    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}
