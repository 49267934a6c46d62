//! Names, in the response, what the caller sent and nobody read: a misspelt field or parameter shows at once.
//!
//! Agents see the fields in the body too, as `ignored_fields`: they seldom look at headers.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage, HttpRequest};
use mission_control_core::limits::{IGNORED_NAME, IGNORED_NAMES};

use super::parameters;
use crate::auth;

struct Fields(Vec<String>);

/// The layer.
///
/// # Errors
/// Those of the layers below.
pub async fn ignored(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let request = response.request().clone();
    let parameters = shown(parameters::unknown(&request));
    if !parameters.is_empty() {
        name_in(response.headers_mut(), "x-ignored-parameters", &parameters);
    }
    let fields = request.extensions_mut().remove::<Fields>();
    let Some(Fields(fields)) = fields else { return Ok(response) };
    name_in(response.headers_mut(), "x-ignored-fields", &fields);
    if auth::is_agent(&request) && is_json(response.headers()) {
        return Ok(response.map_body(|_, body| with_fields(body, &fields)));
    }
    Ok(response)
}

/// Remembers fields of the body that were ignored.
pub(super) fn note_fields(request: &HttpRequest, names: Vec<String>) {
    if !names.is_empty() {
        request.extensions_mut().insert(Fields(shown(names)));
    }
}

/// The names as they are shown: few, short, and of letters that a header can hold.
fn shown(names: Vec<String>) -> Vec<String> {
    names.iter().take(IGNORED_NAMES).map(|name| printable(name)).collect()
}

fn printable(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_graphic() && letter != ',' { letter } else { '?' };
    name.chars().take(IGNORED_NAME).map(plain).collect()
}

fn name_in(headers: &mut HeaderMap, header: &'static str, names: &[String]) {
    if let Ok(value) = HeaderValue::from_str(&names.join(", ")) {
        headers.insert(HeaderName::from_static(header), value);
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/json"))
}

/// The body, if it is an object, with the names as its first key.
fn with_fields(body: BoxBody, names: &[String]) -> BoxBody {
    if !matches!(body.size(), BodySize::Sized(_)) {
        return body;
    }
    match body.try_into_bytes() {
        Ok(bytes) => BoxBody::new(insert(&bytes, names).map_or(bytes, Bytes::from)),
        Err(body) => body,
    }
}

fn insert(object: &[u8], names: &[String]) -> Option<String> {
    let rest = std::str::from_utf8(object).ok()?.strip_prefix('{')?;
    let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
    Some(format!("{{\"ignored_fields\":{}{comma}{rest}", serde_json::json!(names)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(r#"{"a":1}"#, Some(r#"{"ignored_fields":["x","y.z"],"a":1}"#))]
    #[case("{}", Some(r#"{"ignored_fields":["x","y.z"]}"#))]
    #[case("[]", None)]
    #[case("true", None)]
    #[case("", None)]
    fn objects_get_a_key_more(#[case] body: &str, #[case] expected: Option<&str>) {
        let names = ["x".to_owned(), "y.z".to_owned()];
        assert_eq!(insert(body.as_bytes(), &names).as_deref(), expected);
    }
}
