//! The drawn letter, where there is no picture.

/// How many tones there are; each is one of the style sheet's, by number.
pub const TONES: u8 = 8;

/// Hues of the tones in degrees, and what both themes share: an image of its
/// own cannot read the page's tokens.
const HUES: [u16; TONES as usize] = [255, 200, 160, 120, 60, 25, 340, 300];

/// The letter or digit that stands for `name`: the first, without "The".
pub fn letter(name: &str) -> char {
    let words = || {
        name.split_whitespace()
            .filter(|word| word.contains(char::is_alphanumeric))
    };
    let article = |word: &&str| word.eq_ignore_ascii_case("the");
    let word = words()
        .find(|word| !article(word))
        .or_else(|| words().next());
    let first = word.and_then(|word| word.chars().find(|c| c.is_alphanumeric()));
    first.map_or('?', |c| c.to_uppercase().next().unwrap_or(c))
}

/// The tone of `name`, the same wherever and whenever it is drawn (FNV-1a).
pub fn tone(name: &str) -> u8 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    u8::try_from(hash % u32::from(TONES)).unwrap_or(0)
}

/// `name`'s letter on its tone, as a picture of 40 × 40.
pub fn letter_svg(name: &str) -> String {
    let hue = HUES[usize::from(tone(name))];
    let letter = letter(name);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><style>rect{{fill:oklch(.92 .05 {hue})}}text{{fill:oklch(.38 .1 {hue});font:600 20px system-ui,sans-serif;text-anchor:middle;dominant-baseline:central}}@media(prefers-color-scheme:dark){{rect{{fill:oklch(.35 .06 {hue})}}text{{fill:oklch(.93 .04 {hue})}}}}</style><rect width="40" height="40" rx="8"/><text x="20" y="20">{letter}</text></svg>"#
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("chase", 'C')]
    #[case("The Huntington", 'H')]
    #[case("The", 'T')]
    #[case("«école»", 'É')]
    #[case("& 53", '5')]
    #[case("", '?')]
    fn letters(#[case] name: &str, #[case] want: char) {
        assert_eq!(letter(name), want);
    }

    proptest! {
        #[test]
        fn any_name_gives_a_picture(name in ".*") {
            let svg = letter_svg(&name);
            prop_assert_eq!(super::super::Media::sniff(svg.as_bytes()), Some(super::super::Media::Svg));
            prop_assert!(!letter(&name).is_ascii_punctuation() || letter(&name) == '?');
            prop_assert_eq!(tone(&name), tone(&name.clone()));
        }
    }
}
