//! How the parts of an address are read, wherever staff ask for something. Pure.

use std::collections::BTreeSet;

use super::rows::BadPart;

/// The year 9999: what databases and calendars hold is before.
const LATEST: i64 = 253_370_764_800_000_000;

/// The parts that have a value: an empty one was left out in a form. A name that
/// stands there twice says two things at once.
pub(in crate::api) fn given(query: &[(String, String)]) -> Result<Vec<&(String, String)>, BadPart> {
    let with_value = query.iter().filter(|(_, value)| !value.is_empty());
    let given: Vec<&(String, String)> = with_value.collect();
    let mut seen = BTreeSet::new();
    for (name, _) in given.iter().copied() {
        if !seen.insert(name) {
            return Err(BadPart { name: name.clone() });
        }
    }
    Ok(given)
}

/// The values of `names`, where every name is one of them; what is absent is
/// empty.
pub(crate) fn parts<'a, const N: usize>(
    query: &'a [(String, String)],
    names: [&str; N],
) -> Result<[&'a str; N], BadPart> {
    let known = |name: &String| names.contains(&&**name);
    if let Some((name, _)) = query.iter().find(|(name, _)| !known(name)) {
        return Err(BadPart { name: name.clone() });
    }
    let given = given(query)?;
    Ok(names.map(|wanted| {
        let mut all = given.iter().copied();
        let found = all.find(|(name, _)| name == wanted);
        found.map(|(_, value)| &**value).unwrap_or_default()
    }))
}

/// The instant of a cursor, in microseconds since 1970.
pub(in crate::api) fn instant(text: &str) -> Option<i64> {
    text.parse().ok().filter(|at| (0..=LATEST).contains(at))
}

/// What somebody typed: at most `most` letters, none of them a control, which
/// PostgreSQL would refuse.
pub(crate) fn typed(text: &str, most: usize) -> Option<String> {
    let fits = text.chars().count() <= most && !text.contains(char::is_control);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    fn bad<T>(name: &str) -> Result<T, BadPart> {
        Err(BadPart { name: name.into() })
    }

    #[test]
    fn a_name_stands_there_once() {
        let once = query("a=1&b=&b=2");
        assert_eq!(given(&once), Ok(vec![&once[0], &once[2]]));
        assert_eq!(given(&query("a=1&b=2&a=1")), bad("a"));
    }

    #[test]
    fn parts_are_known_ones() {
        assert_eq!(parts(&query("b=2"), ["a", "b"]), Ok(["", "2"]));
        assert_eq!(parts(&query("b=2&c="), ["a", "b"]), bad("c"));
        assert_eq!(parts(&query("b=2&b=3"), ["a", "b"]), bad("b"));
    }

    #[test]
    fn an_instant_is_one_that_is_stored() {
        assert_eq!(instant("0"), Some(0));
        assert_eq!(instant("253370764800000000"), Some(LATEST));
        for text in [
            "",
            "x",
            "-1",
            "253370764800000001",
            "-300000000000000000",
            "9223372036854775807",
            "9223372036854775808",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_is_short_and_has_letters_only() {
        assert_eq!(typed("Müller & Söhne", 14), Some("Müller & Söhne".into()));
        for text in ["Müller & Söhne!", "a\0", "\u{7f}", "a\nb"] {
            assert_eq!(typed(text, 14), None, "{text:?}");
        }
    }
}
