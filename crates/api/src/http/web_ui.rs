//! The web UI's files as responses.

use actix_web::http::Method;
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Header, HeaderMap, HeaderName};
use actix_web::{HttpRequest, HttpResponse};
use mission_control_web::{Accepted, CLERK_PAGE, CONTENT_SECURITY_POLICY, Encoding, File, policy_with_clerk};

use super::compression::takes;
use crate::state::State;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Kept, but asked about each time.
const ASK_FIRST: &str = "no-cache";

/// The file or page at the request's path, if there is one. Nothing below `/api` is.
pub(super) fn answer(request: &HttpRequest) -> Option<HttpResponse> {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) || path.starts_with("/api/") {
        return None;
    }
    let headers = request.headers();
    let taken = AcceptEncoding::parse(request).unwrap_or_else(|_| AcceptEncoding(Vec::new()));
    let encodings = Encoding::ALL.into_iter().filter(|encoding| match encoding {
        Encoding::Brotli => takes(&taken, ContentEncoding::Brotli),
        Encoding::Gzip => takes(&taken, ContentEncoding::Gzip),
    });
    let encodings: Vec<_> = encodings.collect();
    let accepted = Accepted { html: lists(headers, &header::ACCEPT, "text/html"), encodings: &encodings };
    let file = mission_control_web::get(path, &accepted)?;
    let known = lists(headers, &header::IF_NONE_MATCH, &file.etag);
    Some(response(file, known, policy(request)))
}

/// What the page at the request's path may load and do.
fn policy(request: &HttpRequest) -> String {
    let state = State::of(request).ok().filter(|_| request.uri().path() == CLERK_PAGE);
    let clerk = state.as_ref().and_then(|state| state.settings.auth.clerk.as_ref()?.frontend.as_ref());
    clerk.map_or_else(|| CONTENT_SECURITY_POLICY.to_owned(), |clerk| policy_with_clerk(&clerk.issuer))
}

fn response(file: File, known: bool, policy: String) -> HttpResponse {
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, file.etag))
        .insert_header((header::VARY, "Accept, Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, if file.immutable { FOR_EVER } else { ASK_FIRST }));
    if known {
        return response.finish();
    }
    if let Some(encoding) = file.encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding.as_str()));
    }
    if file.content_type.starts_with("text/html") {
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy));
    }
    response.content_type(file.content_type).body(file.body.into_owned())
}

/// Whether a header that is a list has this element, whatever its parameters.
fn lists(headers: &HeaderMap, name: &HeaderName, wanted: &str) -> bool {
    let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .filter_map(|element| element.split(';').next())
        .any(|element| element.trim().trim_start_matches("W/") == wanted)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn get(path: &str) -> TestRequest {
        TestRequest::get().uri(path).insert_header((header::ACCEPT, "text/html,*/*;q=0.8"))
    }

    #[test]
    fn a_browser_gets_the_application_with_a_strict_policy_and_asks_before_it_uses_it_again() {
        let page = answer(&get("/boards/1").to_http_request()).unwrap();
        let header = |name: HeaderName| page.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(page.status(), 200);
        assert_eq!(header(header::CONTENT_SECURITY_POLICY), CONTENT_SECURITY_POLICY);
        assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
        assert_eq!(header(header::CACHE_CONTROL), ASK_FIRST);
        let again = get("/").insert_header((header::IF_NONE_MATCH, header(header::ETAG)));
        assert_eq!(answer(&again.to_http_request()).unwrap().status(), 304);
    }

    #[test]
    fn nothing_of_the_api_is_a_page_and_only_reading_gets_one() {
        assert!(answer(&get("/api/v1/nothing").to_http_request()).is_none());
        assert!(answer(&get("/").method(Method::POST).to_http_request()).is_none());
        assert!(answer(&TestRequest::get().uri("/").to_http_request()).is_none());
    }
}
