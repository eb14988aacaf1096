//! Spanish: letters; those about the account are not translated yet.

use super::super::{About, Letter, en};

pub(super) fn letter(about: &About<'_>, product: &str) -> Letter {
    match about {
        About::News(lines) => super::news::letter(lines, product),
        _ => en::letters::letter(about, product),
    }
}
