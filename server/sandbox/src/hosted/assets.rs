//! Style and scripts of the hosted pages, the same for every visit.

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Serves the files under `/connect-assets/`.
pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/connect.css", get(|| async { connect_css() }))
        .route("/connect.js", get(|| async { connect_js() }))
        .route("/institution.css", get(|| async { institution_css() }))
        .route("/close.js", get(|| async { close_js() }))
}

fn connect_css() -> Response {
    file(CSS, include_str!("../../templates/hosted/connect.css"))
}

fn connect_js() -> Response {
    file(SCRIPT, include_str!("../../templates/hosted/connect.js"))
}

fn institution_css() -> Response {
    file(CSS, include_str!("../../templates/hosted/institution.css"))
}

fn close_js() -> Response {
    file(SCRIPT, include_str!("../../templates/hosted/close.js"))
}

/// Asked for anew each time: the names carry no hash, and the program that
/// serves them changes while someone develops against it.
fn file(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}

/// The institution's colours as a sheet of its own: the pages' policy allows no
/// inline style. Text on the brand is black or white, whichever reads better.
pub(super) fn colours(colour: &str) -> Option<Response> {
    let [red, green, blue] = parse(colour)?;
    let on = if luminance([red, green, blue]) > 0.179 {
        "#000"
    } else {
        "#fff"
    };
    let sheet =
        format!(":root {{ --brand: #{red:02x}{green:02x}{blue:02x}; --on-brand: {on}; }}\n");
    let headers = [
        (CONTENT_TYPE, CSS),
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Some((headers, sheet).into_response())
}

fn parse(colour: &str) -> Option<[u8; 3]> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Relative luminance of WCAG 2; at 0.179 black and white contrast alike.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_parsed_not_pasted() {
        assert_eq!(parse("#0a2B4c"), Some([10, 43, 76]));
        for bad in ["0a2b4c", "#0a2b4", "#0a2b4c}", "#0a2b4ü", "red", ""] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn text_on_the_brand_reads() {
        assert!(luminance([255, 204, 0]) > 0.179);
        assert!(luminance([11, 42, 74]) < 0.179);
    }
}
