//! A write that is sent twice with the same `Idempotency-Key` is carried out once: the second gets the first answer.
//!
//! A key counts for one caller, method and path, and for [`KEPT`]. Answers are sealed in the database, so it does not
//! matter which process serves which attempt. Failures of the server and refusals of the caller are not kept: trying
//! again is the right thing then. An answer is given again only while its caller may do what they might when they got it:
//! who has lost a role does not see what it showed. The request runs on when its client goes away, because that client will be back to ask
//! how it ended.
//!
//! [`KEPT`]: mission_control_store::idempotency::KEPT

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpResponse, rt};
use futures_util::future::ready;
use futures_util::{FutureExt, StreamExt, stream};
use mission_control_core::limits::{IDEMPOTENCY_KEY, KEPT_ANSWER};
use mission_control_core::models::IdempotencyKey;
use mission_control_store::idempotency::{self, Attempt, Known};
use mission_control_store::{StoreError, StoreResult, Tx, request};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::body::read_limited;
use crate::auth::{self, Principal};
use crate::error::{ApiError, ApiResult, Code};
use crate::input::Fault;
use crate::state::State;

/// The request's header.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Where the keys count. What other systems post to webhooks there has identities of its own.
const SCOPE: &str = "/api/v1/";
const INGEST: &str = "/api/v1/boards/{board_id}/webhooks/{webhook_id}";
/// A request is believed to be served for as long as it may wait for a gateway, and this.
const LOCK: Duration = Duration::from_secs(60);

/// The layer.
///
/// # Errors
/// Those of the layers below.
pub async fn idempotency(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let state = request.app_data::<web::Data<State>>().cloned();
    let (Some(key), Some(state)) = (key_of(&request), state) else {
        return pass(request, next).await;
    };
    // Without a caller there is nobody to keep an answer for; the route says what is wrong with the credential.
    let Ok(Some(caller)) = auth::principal(request.request()).await else {
        return pass(request, next).await;
    };
    match begin(&state, &mut request, caller, &key).await {
        Ok(Begun::Serve(attempt)) => {
            let work = serve(state, attempt, caller, request, next);
            let work = request::scope(request::origin(), work).in_current_span();
            match rt::spawn(work).await {
                Ok(outcome) => outcome,
                Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
                Err(error) => Err(ApiError::internal(error).into()),
            }
        }
        Ok(Begun::Answer(answer)) => Ok(request.into_response(answer)),
        Err(error) => Ok(request.into_response(HttpResponse::from_error(error))),
    }
}

async fn pass(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// The key of a request that keys count for.
fn key_of(request: &ServiceRequest) -> Option<HeaderValue> {
    let writes = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let key = request.headers().get(KEY).filter(|_| writes.contains(request.method()))?;
    request.match_pattern().filter(|path| counts_at(request.method(), path)).and(Some(key.clone()))
}

/// Whether keys count for a route that writes.
pub fn counts_at(method: &Method, path: &str) -> bool {
    path.starts_with(SCOPE) && (method, path) != (&Method::POST, INGEST)
}

/// What is to be done with a request.
enum Begun {
    Serve(Attempt),
    Answer(HttpResponse),
}

async fn begin(
    state: &State,
    request: &mut ServiceRequest,
    caller: Principal,
    key: &HeaderValue,
) -> ApiResult<Begun> {
    let key = key.to_str().map(str::trim).unwrap_or_default();
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY {
        let wrong = format!("Expected 1 to {IDEMPOTENCY_KEY} printable characters.");
        return Err(ApiError::invalid(vec![Fault::of_header("idempotency-key", "value_error", wrong)]));
    }
    let body = take_body(request).await?;
    let name = caller.name();
    let id = digest(&[name.as_str(), request.method().as_str(), request.path(), key].map(str::as_bytes));
    let asked = digest(&[request.query_string().as_bytes(), &body]);
    let lock = state.settings.gateway.provision_wait + LOCK;
    let place = id.clone();
    let known = state.db.write(move |tx| idempotency::begin(tx, &id, &asked, lock)).await;
    match known.map_err(|error: StoreError| error)? {
        Known::New(attempt) => Ok(Begun::Serve(attempt)),
        Known::Answered(sealed) => {
            let rights = caller.rights(&state.db).await?;
            Answer::open(state, &place, &sealed, &rights).map(Begun::Answer)
        }
        Known::Running => Err(ApiError::new(Code::InProgress, "This request is being served already.")
            .header(header::RETRY_AFTER, HeaderValue::from_static("1"))
            .next_step("Wait a second and send it again, with the same Idempotency-Key.")),
        Known::OtherRequest => {
            Err(ApiError::new(Code::KeyReused, "This Idempotency-Key was sent with another request.")
                .next_step("Use a new Idempotency-Key for each new request; repeat one only unchanged."))
        }
    }
}

/// Reads the body, and leaves it for the route to read again.
async fn take_body(request: &mut ServiceRequest) -> ApiResult<Bytes> {
    let payload = request.extract::<web::Payload>().await.map_err(|error| {
        ApiError::new(Code::BadRequest, "The body could not be read.").cause(anyhow::anyhow!("{error}"))
    })?;
    let body = read_limited(request.request(), payload).await?;
    let again = stream::once(ready(Ok(body.clone()))).boxed_local();
    request.set_payload(Payload::Stream { payload: again });
    Ok(body)
}

/// Serves the request, and keeps the answer or forgets the key.
async fn serve(
    state: web::Data<State>,
    attempt: Attempt,
    caller: Principal,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) if is_final(response.status()) => {
            let (request, response) = response.into_parts();
            let (head, body) = response.into_parts();
            let body = to_bytes(body).await.map_err(|error| {
                let error: Box<dyn std::error::Error> = error.into();
                ApiError::internal(anyhow::anyhow!("{error}"))
            })?;
            // The request itself may have changed them.
            match caller.rights(&state.db).await {
                Ok(rights) => {
                    let answer = Answer::of(head.status(), head.headers(), &body, rights);
                    let answer = answer.seal(&state, attempt.id());
                    settle(&state, move |tx| idempotency::complete(tx, &attempt, &answer)).await;
                }
                Err(error) => tracing::warn!(%error, "answer with an idempotency key not kept"),
            }
            Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(body))))
        }
        Ok(outcome) => {
            settle(&state, move |tx| idempotency::release(tx, &attempt)).await;
            outcome.map(ServiceResponse::map_into_boxed_body)
        }
        Err(panic) => {
            settle(&state, move |tx| idempotency::release(tx, &attempt)).await;
            resume_unwind(panic)
        }
    }
}

/// Whether asking again could not end otherwise.
fn is_final(status: StatusCode) -> bool {
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS];
    !status.is_server_error() && !refused.contains(&status)
}

/// Writes down how an attempt ended. When the database does not take it, the lock runs out by itself.
async fn settle(state: &State, write: impl FnOnce(&mut Tx<'_>) -> StoreResult<()> + Send + 'static) {
    if let Err(error) = state.db.write(write).await {
        tracing::warn!(%error, "end of a request with an idempotency key not written down");
    }
}

/// One digest of several texts, of which none can pass for the beginning of the next.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    /// `None` when it was too long, or no text.
    body: Option<String>,
    /// What its caller might do.
    #[serde(default)]
    rights: String,
}

impl Answer {
    fn of(status: StatusCode, headers: &HeaderMap, body: &[u8], rights: String) -> Self {
        let headers = headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let body = std::str::from_utf8(body).ok().filter(|text| text.len() <= KEPT_ANSWER);
        Self { status: status.as_u16(), headers: headers.collect(), body: body.map(str::to_owned), rights }
    }

    fn seal(&self, state: &State, id: &str) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        state.fleet.vault().seal(IdempotencyKey::ANSWER_COLUMN, id, &text)
    }

    /// The answer to give again, to a caller who may still do the same.
    fn open(state: &State, id: &str, sealed: &str, rights: &str) -> ApiResult<HttpResponse> {
        let lost = || {
            ApiError::new(
                Code::AnswerLost,
                "This request was carried out before, but its answer was not kept.",
            )
            .next_step("Read what it was about; send a new Idempotency-Key only to do it once more.")
        };
        let text = state
            .fleet
            .vault()
            .open(IdempotencyKey::ANSWER_COLUMN, id, sealed)
            .map_err(|error| lost().cause(error))?;
        let Self { status, headers, body, rights: then } =
            serde_json::from_str(text.expose_secret()).map_err(|error| lost().cause(error))?;
        if then != rights {
            return Err(ApiError::forbidden("Your rights have changed since this request was carried out.")
                .word(Code::RightsChanged)
                .next_step("Read what it was about; send a new Idempotency-Key only to do it once more."));
        }
        let status = StatusCode::from_u16(status).map_err(|error| lost().cause(error))?;
        let body = body.ok_or_else(lost)?;
        let mut response = HttpResponse::build(status);
        for header in headers {
            response.append_header(header);
        }
        Ok(response.insert_header((REPLAYED, HeaderValue::from_static("true"))).body(body))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_digest_depends_on_where_one_text_ends_and_the_next_begins() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_eq!(digest(&[b"ab", b"c"]), digest(&[b"ab", b"c"]));
    }

    #[rstest]
    #[case(Method::POST, INGEST, false)]
    #[case(Method::PATCH, INGEST, true)]
    #[case(Method::DELETE, INGEST, true)]
    #[case(Method::POST, "/api/v1/tags", true)]
    #[case(Method::POST, "/mcp", false)]
    fn keys_count_for_every_write_of_the_api_but_what_is_posted_to_webhooks(
        #[case] method: Method,
        #[case] path: &str,
        #[case] count: bool,
    ) {
        assert_eq!(counts_at(&method, path), count);
    }

    #[rstest]
    #[case(200, true)]
    #[case(202, true)]
    #[case(404, true)]
    #[case(409, true)]
    #[case(401, false)]
    #[case(403, false)]
    #[case(429, false)]
    #[case(500, false)]
    #[case(502, false)]
    fn failures_and_refusals_are_not_kept(#[case] status: u16, #[case] kept: bool) {
        assert_eq!(is_final(StatusCode::from_u16(status).unwrap()), kept);
    }
}
