//! How words are shaped, where every language does it alike.

/// The same with a capital letter at its beginning.
pub(super) fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `keoghPlan` becomes `Keogh plan`.
pub(super) fn apart(code: &str) -> String {
    let mut text = String::with_capacity(code.len() + 4);
    for (index, letter) in code.chars().enumerate() {
        match (index, letter.is_uppercase()) {
            (0, _) => text.extend(letter.to_uppercase()),
            (_, true) => {
                text.push(' ');
                text.extend(letter.to_lowercase());
            }
            (_, false) => text.push(letter),
        }
    }
    text
}
