//! Answers in JSON are compressed for clients that ask for it, with gzip.
//!
//! What is not: answers to writes, and what is about a caller's credential (a secret beside text that somebody else chose
//! could be guessed from the size); streams, whose events would wait for each other; what is too short to gain by it.

use actix_http::encoding::Encoder;
use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, Header, HeaderMap, HeaderValue,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;

/// Shorter answers, in bytes, fit into one packet as they are.
const SHORTEST: u64 = 1024;
/// Paths below which answers are about credentials.
const CREDENTIALS: &str = "/api/v1/auth/";

/// The layer.
///
/// # Errors
/// Those of the layers below.
pub async fn compression(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let reads = *request.method() == Method::GET && !request.path().starts_with(CREDENTIALS);
    let accepted = AcceptEncoding::parse(request.request());
    let encoding = ContentEncoding::Gzip;
    let wanted = accepted.is_ok_and(|accepted| takes(&accepted, encoding));
    let mut response = next.call(request).await?.map_into_boxed_body();
    if !reads || !gains(&response) {
        return Ok(response);
    }
    if wanted {
        return Ok(response
            .map_body(|head, body| Encoder::response(encoding, head, body))
            .map_into_boxed_body());
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// Whether a client takes content that is encoded so.
pub(super) fn takes(accepted: &AcceptEncoding, offer: ContentEncoding) -> bool {
    let offer = Encoding::Known(offer);
    accepted.negotiate([Encoding::identity(), offer.clone()].iter()) == Some(offer)
}

/// Whether the answer is JSON of some length, all of which is there.
fn gains(response: &ServiceResponse<BoxBody>) -> bool {
    let headers = response.headers();
    let whole = matches!(response.response().body().size(), BodySize::Sized(size) if size >= SHORTEST);
    // A strong validator is of these bytes and no others.
    let plain = !headers.contains_key(header::CONTENT_ENCODING) && !headers.contains_key(header::ETAG);
    whole && plain && is_json(headers) && response.status() != StatusCode::PARTIAL_CONTENT
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || kind.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("gzip, deflate, br, zstd", [true, true])]
    #[case("gzip", [true, false])]
    #[case("br;q=0, gzip;q=0.1", [true, false])]
    #[case("br", [false, true])]
    #[case("zstd", [false, false])]
    #[case("identity", [false, false])]
    #[case("gzip;q=0", [false, false])]
    #[case("", [false, false])]
    #[case("nonsense;;q", [false, false])]
    fn a_client_gets_only_what_it_takes(#[case] accepted: &str, #[case] expected: [bool; 2]) {
        let request =
            TestRequest::default().insert_header((header::ACCEPT_ENCODING, accepted)).to_http_request();
        let parsed = AcceptEncoding::parse(&request);
        let takes = |offer| parsed.as_ref().is_ok_and(|accepted| takes(accepted, offer));
        assert_eq!([ContentEncoding::Gzip, ContentEncoding::Brotli].map(takes), expected);
    }
}
