//! Just enough reading of HTML to check our own.

/// Every start tag with this name, with its attributes.
pub(crate) fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    html.match_indices(&open)
        .filter_map(|(at, _)| {
            let rest = &html[at + open.len()..];
            rest.starts_with([' ', '>', '/'])
                .then(|| &rest[..rest.find('>').unwrap_or(0)])
        })
        .collect()
}

/// The value of an attribute in a start tag.
pub(crate) fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[at..].split('"').next()
}

/// The text between the first tag of this name and its end.
pub(crate) fn text<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let start = html.find(&format!("<{name}"))?;
    let start = start + html[start..].find('>')? + 1;
    Some(&html[start..start + html[start..].find(&format!("</{name}>"))?])
}
