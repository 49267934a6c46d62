//! What a caller is told when a request fails.
//!
//! Every handler returns [`ApiResult`]. An [`ApiError`] carries a closed [`Code`] (which decides the status), a
//! sentence for people, often the next step, and, for the log only, the cause. The body is
//! `{detail, request_id, code, next_step?}`; for invalid input `detail` is the list of [`Fault`]s.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use mission_control_fleet::FleetError;
use mission_control_store::StoreError;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::request_id;
use crate::input::Fault;

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

/// The kinds of failure a client can tell apart: stable text in the body's `code`, one status each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The body could not be read as text (broken UTF-8, or the connection failed half-way), or names an address that
    /// this server does not go to.
    BadRequest,
    /// No valid credential.
    Unauthorized,
    /// A valid credential that may not do this.
    Forbidden,
    /// No such thing, or none that the caller may know of.
    NotFound,
    /// The path exists, with other methods (see `Allow`).
    MethodNotAllowed,
    /// It contradicts what is there: a duplicate, or a state that forbids the change.
    Conflict,
    /// The request with this `Idempotency-Key` is being served; see `Retry-After`.
    InProgress,
    /// It was carried out before, and its answer is not there to be given again.
    AnswerLost,
    /// It is there, and takes no more.
    Gone,
    /// The body is larger than this server takes.
    PayloadTooLarge,
    /// The input is wrong; `detail` is a list when single fields are to blame.
    Invalid,
    /// The `Idempotency-Key` belongs to another request.
    KeyReused,
    /// Too many failed or too many requests; see `Retry-After`.
    RateLimited,
    /// A defect of the server; the log has the cause under the request id.
    Internal,
    /// A gateway refused or failed; `detail` carries its words.
    GatewayFailed,
    /// A server beyond this one, no gateway, failed or could not be reached.
    Upstream,
    /// A part that this request needs is away; worth a retry.
    Unavailable,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 17] = [
        Self::BadRequest,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::InProgress,
        Self::AnswerLost,
        Self::Gone,
        Self::PayloadTooLarge,
        Self::Invalid,
        Self::KeyReused,
        Self::RateLimited,
        Self::Internal,
        Self::GatewayFailed,
        Self::Upstream,
        Self::Unavailable,
    ];

    /// The text in the body.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Conflict => "conflict",
            Self::InProgress => "request_in_progress",
            Self::AnswerLost => "answer_not_kept",
            Self::Gone => "gone",
            Self::PayloadTooLarge => "payload_too_large",
            Self::Invalid => "invalid_request",
            Self::KeyReused => "idempotency_key_reused",
            Self::RateLimited => "rate_limited",
            Self::Internal => "internal_error",
            Self::GatewayFailed => "gateway_error",
            Self::Upstream => "upstream_error",
            Self::Unavailable => "unavailable",
        }
    }

    /// The HTTP status.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict | Self::InProgress | Self::AnswerLost => StatusCode::CONFLICT,
            Self::Gone => StatusCode::GONE,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::GatewayFailed | Self::Upstream => StatusCode::BAD_GATEWAY,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What a caller can do about a failure of this kind, unless more is known.
    const fn next_step(self) -> Option<&'static str> {
        match self {
            Self::BadRequest => Some("Send the body again, as UTF-8 text."),
            Self::Unauthorized => {
                Some("Send a valid token: agents in X-Agent-Token, people in Authorization: Bearer.")
            }
            Self::Forbidden => Some("Leave it, or ask somebody who may: the board's lead, or an admin."),
            Self::NotFound => Some("Check the ids in the request: list what there is, and use one of those."),
            Self::Conflict => Some("Read how things stand now, and send a request that fits."),
            Self::Invalid => Some("Correct what detail names, and send the request again."),
            Self::GatewayFailed | Self::Upstream => Some("Try again in a minute."),
            Self::MethodNotAllowed
            | Self::InProgress
            | Self::AnswerLost
            | Self::Gone
            | Self::PayloadTooLarge
            | Self::KeyReused
            | Self::RateLimited
            | Self::Internal
            | Self::Unavailable => None,
        }
    }
}

/// A failed request. Boxed: results stay small.
pub struct ApiError(Box<Failure>);

struct Failure {
    code: Code,
    word: &'static str,
    detail: Value,
    next_step: Option<Cow<'static, str>>,
    headers: Vec<(header::HeaderName, HeaderValue)>,
    cause: Option<anyhow::Error>,
}

impl ApiError {
    /// A failure with a sentence for people.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::with_detail(code, Value::String(detail.into().into_owned()))
    }

    /// A failure whose detail is structured (clients read its fields).
    pub fn with_detail(code: Code, detail: Value) -> Self {
        Self(Box::new(Failure {
            code,
            word: code.as_str(),
            detail,
            next_step: code.next_step().map(Cow::Borrowed),
            headers: Vec::new(),
            cause: None,
        }))
    }

    /// 401 without a hint at what was wrong with the credential.
    pub fn unauthorized() -> Self {
        Self::new(Code::Unauthorized, "Authentication is required.")
            .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// 403 with the reason.
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::Forbidden, detail)
    }

    /// 404: `what` is the entity's name, e.g. `board`.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("No such {what}."))
    }

    /// 409 with the reason.
    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::Conflict, detail)
    }

    /// 422 for input that is well formed and still makes no sense here.
    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::Invalid, detail)
    }

    /// 422 that names every wrong field.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Self::with_detail(Code::Invalid, serde_json::to_value(faults).unwrap_or_default())
    }

    /// 429; the client should wait this long (rounded up to seconds).
    pub fn rate_limited(retry_after: Duration) -> Self {
        let seconds = retry_after.as_millis().div_ceil(1000).max(1);
        Self::new(Code::RateLimited, "Too many failed attempts.")
            .header(header::RETRY_AFTER, HeaderValue::from(u64::try_from(seconds).unwrap_or(u64::MAX)))
            .next_step(format!("Wait {seconds} seconds, and check the token."))
    }

    /// 500; the cause goes to the log, never to the caller.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::new(Code::Internal, "Internal Server Error")
            .cause(cause)
            .next_step("Look for the request id in the server's log.")
    }

    /// Says more exactly than the kind of failure does what it is. The word is stable, like those of [`Code`].
    #[must_use]
    pub fn word(mut self, word: &'static str) -> Self {
        self.0.word = word;
        self
    }

    /// Adds what the caller can do about it, in place of what one can do about any failure of this kind.
    #[must_use]
    pub fn next_step(mut self, step: impl Into<Cow<'static, str>>) -> Self {
        self.0.next_step = Some(step.into());
        self
    }

    fn next_step_if_any(self, step: Option<String>) -> Self {
        match step {
            Some(step) => self.next_step(step),
            None => self,
        }
    }

    /// Adds the cause, for the log.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<anyhow::Error>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// Adds a response header.
    #[must_use]
    pub fn header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// What kind of failure this is.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Why it happened, for the log.
    pub(crate) fn logged_cause(&self) -> Option<&anyhow::Error> {
        self.0.cause.as_ref()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("code", &self.0.code)
            .field("detail", &self.0.detail)
            .field("cause", &self.0.cause)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.detail {
            Value::String(sentence) => f.write_str(sentence),
            structured => structured.fmt(f),
        }
    }
}

impl std::error::Error for ApiError {}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(what) => Self::not_found(what),
            StoreError::Duplicate { .. } => Self::conflict("This exists already.").cause(error),
            StoreError::ForeignKey { .. } => {
                Self::conflict("It refers to something that does not exist, or is still referred to.")
                    .cause(error)
            }
            StoreError::Busy(_) | StoreError::Unavailable(_) => {
                Self::new(Code::Unavailable, "The database is not available at the moment.")
                    .header(header::RETRY_AFTER, HeaderValue::from_static("1"))
                    .next_step("Try again; if it lasts, GET /readyz says which part is away.")
                    .cause(error)
            }
            StoreError::ForeignCursor => Self::invalid(vec![Fault::of_parameter(
                "cursor",
                "cursor_invalid",
                "This cursor is of another list.",
            )]),
            StoreError::Corrupt(_)
            | StoreError::Migration(_)
            | StoreError::Aborted
            | StoreError::Query(_) => Self::internal(error),
        }
    }
}

impl From<FleetError> for ApiError {
    fn from(error: FleetError) -> Self {
        match error {
            FleetError::Store(error) => error.into(),
            FleetError::Internal(_) => Self::internal(error),
            FleetError::Validation { field: Some(field), message } => {
                Self::invalid(vec![Fault::of_field(field, "value_error", message)])
            }
            FleetError::Validation { field: None, message } => Self::unprocessable(message),
            FleetError::NotFound { .. } => Self::new(Code::NotFound, error.to_string()),
            FleetError::Conflict { message } => Self::conflict(message),
            FleetError::Forbidden { message } => Self::forbidden(message),
            FleetError::Gateway { message, remedy } => {
                Self::new(Code::GatewayFailed, message).next_step_if_any(remedy)
            }
            FleetError::Upstream { message, remedy } => {
                Self::new(Code::Upstream, message).next_step_if_any(remedy)
            }
            FleetError::RefusedAddress(refused) => {
                Self::new(Code::BadRequest, refused.to_string()).next_step(refused.remedy())
            }
        }
    }
}

/// Body of a failed request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong: a sentence, or (for invalid input) the list of faults.
    pub detail: Value,
    /// What failed, stable across releases: the kind of failure, or a more exact word.
    #[schema(example = "not_found")]
    pub code: &'static str,
    /// Also in the header `X-Request-Id` and in the server's log.
    pub request_id: String,
    /// What to do about it, where there is something to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
}

impl ApiError {
    /// The failure as callers read it.
    pub fn body(&self) -> ErrorBody {
        ErrorBody {
            detail: self.0.detail.clone(),
            code: self.0.word,
            request_id: request_id::current(),
            next_step: self.0.next_step.as_deref().map(str::to_owned),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.0.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        for (name, value) in &self.0.headers {
            response.append_header((name, value));
        }
        response.json(self.body())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_a_text_of_its_own() {
        let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
    }

    #[test]
    fn the_cause_reaches_the_log_and_never_the_caller() {
        let error = ApiError::internal(anyhow::anyhow!("password=hunter2"));
        assert!(error.logged_cause().is_some());
        assert!(!error.to_string().contains("hunter2"));
    }
}
