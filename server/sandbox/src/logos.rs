//! Logos, drawn from an institution's name and colour. The description's logos
//! are SVG on an outside host; these are SVG on the sandbox's own.

use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State as From};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use crate::directory::Institution;
use crate::png;
use crate::state::{InstitutionId, LogoHost, Sandbox};

/// How long a dead host keeps a caller waiting; nobody should wait that long.
const DEAD_FOR: Duration = Duration::from_mins(2);

/// `GET /logos/{id}/{icon|tile|logo|alternateLogo}.svg`; `.png` is the bare colour.
pub(crate) fn router(sandbox: &Sandbox) -> Router {
    Router::new()
        .route("/logos/{id}/{file}", get(logo))
        .with_state(sandbox.clone())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asset {
    /// 40 by 40: the initial.
    Icon,
    /// 160 by 72: the name on the colour.
    Tile,
    /// 375 by 72: the name in the colour.
    Logo,
    /// 375 by 72: the name in white, for coloured backgrounds.
    Alternate,
}

impl Asset {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "icon" => Self::Icon,
            "tile" => Self::Tile,
            "logo" => Self::Logo,
            "alternate" | "alternateLogo" => Self::Alternate,
            _ => return None,
        })
    }

    /// Width and height, pixels.
    fn size(self) -> (u16, u16) {
        match self {
            Self::Icon => (40, 40),
            Self::Tile => (160, 72),
            Self::Logo | Self::Alternate => (375, 72),
        }
    }
}

async fn logo(From(sandbox): From<Sandbox>, Path((id, file)): Path<(String, String)>) -> Response {
    if sandbox.work(|state, _| state.faults.logos) == LogoHost::Dead {
        tokio::time::sleep(DEAD_FOR).await;
        return StatusCode::GATEWAY_TIMEOUT.into_response();
    }
    let id: Option<InstitutionId> = id.parse().ok();
    let institution = id.and_then(|id| sandbox.directory().get(id));
    let drawn = institution
        .zip(file.split_once('.'))
        .and_then(|(institution, (name, form))| {
            let asset = Asset::of(name)?;
            match form {
                "svg" => Some(("image/svg+xml", draw(institution, asset).into_bytes())),
                "png" => {
                    let (width, height) = asset.size();
                    Some((
                        "image/png",
                        png::rectangle(width, height, colour(institution)),
                    ))
                }
                _ => None,
            }
        });
    let Some((form, body)) = drawn else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, form),
        (CACHE_CONTROL, "public, max-age=3600"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    (headers, body).into_response()
}

fn draw(institution: &Institution, asset: Asset) -> String {
    let name = institution.shown_name();
    let [red, green, blue] = colour(institution);
    let colour = format!("#{red:02x}{green:02x}{blue:02x}");
    let initial: String = name
        .chars()
        .find(|sign| sign.is_alphanumeric())
        .into_iter()
        .collect();
    let (width, height) = asset.size();
    let (text, ink, filled) = match asset {
        Asset::Icon => (initial.to_uppercase(), "#ffffff", true),
        Asset::Tile => (shorten(name, 16), "#ffffff", true),
        Asset::Logo => (shorten(name, 32), colour.as_str(), false),
        Asset::Alternate => (shorten(name, 32), "#ffffff", false),
    };
    // Kept inside the frame however wide the reader's font is.
    let letters = u16::try_from(text.chars().count().max(1)).unwrap_or(u16::MAX);
    let size = (width * 3 / 2 / letters).clamp(10, height * 2 / 5);
    let ground = if filled {
        format!("<rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{colour}\"/>")
    } else {
        String::new()
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">{ground}<text x=\"{x}\" y=\"{y}\" fill=\"{ink}\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-weight=\"700\" font-size=\"{size}\" \
         text-anchor=\"middle\" dominant-baseline=\"central\">{text}</text></svg>",
        x = width / 2,
        y = height / 2,
        text = escaped(&text),
    )
}

/// The branding's colour; without a usable one, a dark one that follows from the id.
fn colour(institution: &Institution) -> [u8; 3] {
    let branding = institution.branding.as_ref();
    let branded = branding.and_then(|branding| branding.primary_color.as_deref());
    branded.and_then(rgb).unwrap_or_else(|| {
        let id = institution.id.number();
        [47, 89, 131].map(|step| u8::try_from(id.wrapping_mul(step) % 110).unwrap_or(0) + 20)
    })
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

fn shorten(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Branding;

    fn institution(name: &str, colour: Option<&str>) -> Institution {
        let record = serde_json::json!({ "id": 5, "name": name });
        let mut record: Institution = serde_json::from_value(record).unwrap();
        record.branding = colour.map(|colour| Branding {
            primary_color: Some(colour.to_owned().into()),
            ..Branding::default()
        });
        record
    }

    #[test]
    fn names_and_colours_cannot_break_out() {
        let bad = institution("A&B <script>\"", Some("\"/><script>"));
        for asset in [Asset::Icon, Asset::Tile, Asset::Logo, Asset::Alternate] {
            assert!(!draw(&bad, asset).contains("<script"), "{asset:?}");
        }
        assert!(draw(&bad, Asset::Logo).contains("A&amp;B &lt;"));
    }

    #[test]
    fn the_icon_is_the_initial_on_the_colour() {
        let drawn = draw(&institution("chase", Some("#0167AE")), Asset::Icon);
        assert!(drawn.contains("fill=\"#0167ae\""));
        assert!(drawn.contains(">C</text>"));
    }
}
