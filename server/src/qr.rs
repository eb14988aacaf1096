//! QR codes as the path of a drawing: no picture has to be served, and the
//! page's colours stay out of it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// What scanners ask for around a code.
const QUIET: usize = 4;

/// A code, one unit a module.
pub struct Drawn {
    /// How wide and high it is.
    pub side: usize,
    /// The dark modules; empty where the text is too long for any code.
    pub path: String,
}

/// Draws `text`.
pub fn draw(text: &str) -> Drawn {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Drawn {
            side: 1,
            path: String::new(),
        };
    };
    let (width, modules) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..]
                .iter()
                .take_while(|module| **module == Color::Dark)
                .count();
            if run > 0 {
                // Writing to a String cannot fail.
                write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET).unwrap_or_default();
            }
            x += run.max(1);
        }
    }
    Drawn {
        side: width + 2 * QUIET,
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_code_has_its_three_corners() {
        let drawn = draw("otpauth://totp/Relink:ada%40example.com?secret=GEZDGNBV");
        assert!(drawn.side > 29, "{}", drawn.side);
        let far = drawn.side - 4 - 7;
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "{}", drawn.path);
        for (x, y) in [(4, 4), (far, 4), (4, far)] {
            assert!(drawn.path.contains(&format!("M{x} {y}h7v1h-7z")), "{x} {y}");
        }
    }

    #[test]
    fn what_is_too_long_is_no_code() {
        assert_eq!(draw(&"x".repeat(4_000)).path, "");
    }
}
