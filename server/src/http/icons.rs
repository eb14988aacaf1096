//! Institutions' pictures, from our own origin.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use relink_engine::institutions::icons::{Media, Picture, SVG_CONTENT_SECURITY_POLICY};
use relink_mastercard::InstitutionId;

use super::App;

/// `GET /icons/{institution}`: the icon, or the drawn letter in its place.
pub(super) async fn serve(State(app): State<App>, Path(institution): Path<String>) -> Response {
    let Ok(id) = InstitutionId::parse(&institution) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match app.icons.picture(id, Picture::Icon).await {
        Ok(Some(picture)) => {
            let svg = matches!(picture.media, Media::Svg);
            let mut response = (StatusCode::OK, picture.bytes).into_response();
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(picture.media.content_type()),
            );
            let kept = if picture.drawn {
                "private, max-age=86400"
            } else {
                "private, max-age=604800"
            };
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
            if svg {
                let policy = HeaderValue::from_static(SVG_CONTENT_SECURITY_POLICY);
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            response
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(
                error = super::chain(&error),
                "a picture could not be looked up"
            );
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
