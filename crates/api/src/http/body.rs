//! The JSON body of a request.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::limits::{BODY_RATE, READ_IN_PLACE};
use mission_control_store::{StoreError, blocking};
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::client_address::address_key;
use super::ignored;
use super::pace::{Unread, read_paced};
use crate::auth::{proofs, writes};
use crate::error::{ApiError, ApiResult, Code};
use crate::input::{Fault, FromInput, Reader, Step};
use crate::state::State;

/// How often it is looked whether a caller is known whose body has no room among those of strangers, and for how long in all.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const LOOKED_FOR: Duration = Duration::from_secs(5);

/// A body that was read; [`valid`](Body::valid) gives its content, or all its faults.
///
/// Like the reference it takes JSON without a content type, and refuses any other content type.
#[derive(Debug)]
pub struct Body<T>(Result<T, Vec<Fault>>);

impl<T> Body<T> {
    /// The content.
    ///
    /// # Errors
    /// 422 with every wrong field.
    pub fn valid(self) -> ApiResult<T> {
        self.0.map_err(ApiError::invalid)
    }
}

impl<T: FromInput<Output = T> + Send + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = web::Payload::from_request(&request, payload).into_inner();
        async move {
            let payload = payload.map_err(|error| unreadable(&error))?;
            let bytes = read_limited(&request, payload).await?;
            let is_json = is_json(&request);
            let (outcome, unknown) = read_aside(bytes, move |bytes| {
                let mut reader = Reader::new("body");
                let value = parse(bytes, is_json, &mut reader)?;
                Ok::<_, ApiError>(reader.finish(value))
            })
            .await??;
            ignored::note_fields(&request, unknown);
            Ok(Self(outcome))
        }
        .boxed_local()
    }
}

/// The body as it was sent, up to the limit of this server.
///
/// # Errors
/// A larger one; a sender that is too slow; a connection that broke off.
pub(crate) async fn read_limited(request: &HttpRequest, payload: web::Payload) -> ApiResult<web::Bytes> {
    let state = State::of(request)?;
    let limit = state.settings.http.max_body_bytes;
    let read = read_in_turn(request, &state, payload, limit).await;
    writes::settle(request, read.as_ref().map_or(limit, web::Bytes::len));
    read.map_err(|unread| not_read(unread, limit, "REQUEST_MAX_BODY_BYTES"))
}

/// Reads a body as far as there is room for those of strangers; whoever is known by then has a budget of their own.
///
/// # Errors
/// What kept the body from being read.
pub(crate) async fn read_in_turn(
    request: &HttpRequest,
    state: &State,
    payload: web::Payload,
    limit: usize,
) -> Result<web::Bytes, Unread> {
    let mut place = state.bodies.place(address_key(request));
    let has_room = async |bytes| {
        writes::is_counted(request) || place.widen(bytes) || is_known_soon(request, state).await
    };
    read_paced(payload, limit, has_room).await
}

/// Whether somebody who shows a credential turns out to be known: that is looked at beside the body.
async fn is_known_soon(request: &HttpRequest, state: &State) -> bool {
    if proofs(request, &state.settings.http).next().is_none() {
        return false;
    }
    let known = async {
        while !writes::is_counted(request) {
            sleep(LOOK_EVERY).await;
        }
    };
    timeout(LOOKED_FOR, known).await.is_ok()
}

/// Reads a body: a short one here, a long one aside, on a thread of its own.
///
/// # Errors
/// The process is shutting down.
pub(crate) async fn read_aside<T: Send + 'static>(
    body: web::Bytes,
    read: impl FnOnce(&[u8]) -> T + Send + 'static,
) -> Result<T, StoreError> {
    if body.len() <= READ_IN_PLACE {
        return Ok(read(&body));
    }
    blocking(move || Ok(read(&body))).await
}

/// What is answered about a body that was not read; `setting` is where its maximum comes from.
pub(crate) fn not_read(unread: Unread, limit: usize, setting: &str) -> ApiError {
    match unread {
        Unread::Broken(error) => unreadable(&error.into()),
        Unread::TooLarge => {
            ApiError::new(Code::PayloadTooLarge, format!("The body is larger than {limit} bytes."))
                .param("limit", limit)
                .next_step(format!("Send less at once; the operator can raise {setting}."))
        }
        Unread::NoRoom => {
            ApiError::new(Code::RateLimited, "Too many bodies are being sent without a credential.")
                .header(header::CONNECTION, HeaderValue::from_static("close"))
                .header(header::RETRY_AFTER, HeaderValue::from_static("5"))
                .param("seconds", 5)
                .next_step("Wait 5 seconds, and send it again.")
        }
        Unread::TooSlow => ApiError::new(Code::TooSlow, "The body did not come fast enough.")
            .header(header::CONNECTION, HeaderValue::from_static("close"))
            .next_step(format!("Send the body in one go: {BODY_RATE} bytes a second at least.")),
    }
}

fn unreadable(error: &actix_web::Error) -> ApiError {
    ApiError::new(Code::BadRequest, "The body could not be read.").cause(anyhow::anyhow!("{error}"))
}

fn parse<T: FromInput<Output = T>>(bytes: &[u8], is_json: bool, reader: &mut Reader) -> ApiResult<Option<T>> {
    if bytes.is_empty() {
        return Ok(T::absent(reader));
    }
    if !is_json {
        return Ok(reader.fail("model_attributes_type", "Expected JSON (Content-Type: application/json)."));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ApiError::new(Code::BadRequest, "The body is not UTF-8 text.").cause(error))?;
    Ok(match serde_json::from_str::<Value>(text) {
        Ok(value) => T::from_input(&value, reader),
        Err(error) => {
            let place = Step::Index(offset_of(text, &error));
            reader.at(place, |reader| reader.fail("json_invalid", format!("This is not JSON: {error}.")))
        }
    })
}

/// Whether the content type is JSON, `…+json`, or not given.
fn is_json(request: &HttpRequest) -> bool {
    let Some(value) = request.headers().get(header::CONTENT_TYPE) else { return true };
    let essence =
        value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.is_empty()
        || essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Characters before the place where the JSON goes wrong.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.chars().count();
    }
    let before: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(|line| line.chars().count())
        .sum();
    before + error.column().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset(text: &str) -> usize {
        offset_of(text, &serde_json::from_str::<Value>(text).unwrap_err())
    }

    #[tokio::test]
    async fn a_long_body_is_read_on_another_thread_and_a_short_one_here() {
        let read_on = |size| read_aside(vec![b' '; size].into(), |_| std::thread::current().id());
        let here = std::thread::current().id();
        assert_eq!(read_on(READ_IN_PLACE).await.unwrap(), here);
        assert_ne!(read_on(READ_IN_PLACE + 1).await.unwrap(), here);
    }

    #[test]
    fn the_place_of_a_syntax_error_is_counted_from_the_start() {
        assert_eq!(offset("{bad"), 1);
        assert_eq!(offset("{\"a\": 1} x"), 9);
        assert_eq!(offset("{\n  bad}"), 4);
        assert_eq!(offset("{\"a\":"), 5);
    }
}
