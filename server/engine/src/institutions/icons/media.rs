//! What kind of picture some bytes are, by looking at them: what the host calls
//! them does not count.

/// Headers that take from an SVG, opened by itself, all it could do but show
/// itself: no script, no request. To be sent with every picture, beside
/// `X-Content-Type-Options: nosniff`. In an `img` it can do nothing anyway.
pub const SVG_CONTENT_SECURITY_POLICY: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/// A kind of picture that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

impl Media {
    const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::Gif, Self::Webp, Self::Svg];

    /// The content type to serve it with.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    pub(super) fn parse(content_type: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|media| media.content_type() == content_type)
    }

    /// The kind of `bytes`; `None` for all else, an HTML page above all.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            _ => std::str::from_utf8(bytes)
                .is_ok_and(is_svg)
                .then_some(Self::Svg),
        }
    }
}

/// Whether the first element is `svg`, after declarations and comments.
fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!DOCTYPE svg") => ">",
            _ => break,
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
    rest.strip_prefix("<svg")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(b"\x89PNG\r\n\x1a\n....", Some(Media::Png))]
    #[case(b"\xff\xd8\xff\xe0", Some(Media::Jpeg))]
    #[case(b"GIF89a..", Some(Media::Gif))]
    #[case(b"RIFF....WEBPVP8 ", Some(Media::Webp))]
    #[case(
        b"<?xml version=\"1.0\"?>\n<!-- a --><svg xmlns=\"x\"/>",
        Some(Media::Svg)
    )]
    #[case("\u{feff}<svg>".as_bytes(), Some(Media::Svg))]
    #[case(b"<!DOCTYPE html><html><svg></svg>", None)]
    #[case(b"<html><svg></html>", None)]
    #[case(b"<svgx>", None)]
    #[case(b"<!-- never closed", None)]
    #[case(b"", None)]
    #[case(b"\xff\xfe<svg>", None)]
    fn sniffs(#[case] bytes: &[u8], #[case] media: Option<Media>) {
        assert_eq!(Media::sniff(bytes), media);
        assert_eq!(
            media.and_then(|media| Media::parse(media.content_type())),
            media
        );
    }
}
