//! The pieces that need a browser. Each is a folder: `mod.rs` the island,
//! `types.rs` its props and the rules that need no browser.
//!
//! A page is complete without them. Their words come as props, and what they
//! hold is kept small: each line here weighs on the search page.

/// A struct of texts that travels as a list of strings. A derived struct of
/// eighteen names costs the browser 10 KB of code, a list what is there anyway.
macro_rules! texts {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$field_doc:meta])* $field:ident),* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: String,)*
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_seq([$(&self.$field),*])
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let mut texts = Vec::<String>::deserialize(from)?.into_iter();
                Ok(Self { $($field: $crate::widgets::next(&mut texts),)* })
            }
        }
    };
}

/// Not inlined: it stands in the code once for each text.
#[inline(never)]
fn next(texts: &mut std::vec::IntoIter<String>) -> String {
    texts.next().unwrap_or_default()
}

pub mod account_review;
pub mod institution_search;
pub mod session_progress;
