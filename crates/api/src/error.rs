//! What a caller is told when a request fails.
//!
//! Every handler returns [`ApiResult`]. An [`ApiError`] carries a closed [`Code`] (which decides the status), a
//! sentence for people, the values that such a sentence needs in another language, often the next step for programs, and,
//! for the log only, the cause. The body is `{detail, request_id, code, params?, next_step?}`; for invalid input `detail` is
//! the list of [`Fault`]s.

mod status;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use mission_control_core::id::BoardId;
use mission_control_core::limits::{PASSWORD, PASSWORD_LEAST, WRITE_BYTES, WRITES};
pub use mission_control_core::problem::Code;
use mission_control_core::rules::passwords::Weak;
use mission_control_core::rules::version::Changed;
use mission_control_fleet::FleetError;
use mission_control_identity::IdentityError;
use mission_control_store::{StoreError, request};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub use status::status;

use crate::input::Fault;

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

/// What a caller can do about a failure, unless more is known.
fn usual_next_step(code: Code) -> Option<&'static str> {
    match status(code).as_u16() {
        400 => Some("Send the body again, as UTF-8 text."),
        401 => Some("Send a valid token: agents in X-Agent-Token, people in Authorization: Bearer."),
        403 => Some("Leave it, or ask somebody who may: the board's lead, or an admin."),
        404 => Some("Check the ids in the request: list what there is, and use one of those."),
        409 => match code {
            Code::InProgress | Code::AnswerLost => None,
            _ => Some("Read how things stand now, and send a request that fits."),
        },
        422 => match code {
            Code::KeyReused => None,
            _ => Some("Correct what detail names, and send the request again."),
        },
        502 => Some("Try again in a minute."),
        507 => Some("Make room on the disk of the database, and send the request again."),
        _ => None,
    }
}

/// A failed request. Boxed: results stay small.
pub struct ApiError(Box<Failure>);

struct Failure {
    code: Code,
    detail: Value,
    params: Map<String, Value>,
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
            detail,
            params: Map::new(),
            next_step: usual_next_step(code).map(Cow::Borrowed),
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
        Self::new(Code::NotFound, format!("No such {what}.")).param("what", what)
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
            .param("seconds", u64::try_from(seconds).unwrap_or(u64::MAX))
            .next_step(format!("Wait {seconds} seconds, and check the token."))
    }

    /// 429 for a caller who writes more than anybody needs to; the client should wait this long (rounded up to seconds).
    pub fn writes_too_much(retry_after: Duration) -> Self {
        let seconds = retry_after.as_millis().div_ceil(1000).max(1);
        Self::new(
            Code::RateLimited,
            format!("More than {WRITES} writes, or {WRITE_BYTES} bytes, in a minute."),
        )
        .header(header::RETRY_AFTER, HeaderValue::from(u64::try_from(seconds).unwrap_or(u64::MAX)))
        .param("seconds", u64::try_from(seconds).unwrap_or(u64::MAX))
        .next_step(format!("Wait {seconds} seconds, and send it again."))
    }

    /// 403 for an agent that asks for a board that is not its own.
    pub fn other_board(own: BoardId) -> Self {
        Self::forbidden("An agent sees its own board only.")
            .word(Code::OtherBoard)
            .param("board_id", own.to_string())
            .next_step(format!("Use your own board, {own}."))
    }

    /// 500; the cause goes to the log, never to the caller.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::new(Code::Internal, "Internal Server Error")
            .cause(cause)
            .next_step("Look for the request id in the server's log.")
    }

    /// Says more exactly what it is.
    #[must_use]
    pub fn word(mut self, code: Code) -> Self {
        self.0.code = code;
        self
    }

    /// Adds a value that a sentence about the failure needs, in whatever language: an id, a name, a number.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.params.insert(name.to_owned(), value.into());
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
            // What helps with a gateway or another server is for whoever runs it.
            Some(step) => self.param("remedy", step.as_str()).next_step(step),
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
            StoreError::Disk(_) => {
                Self::new(Code::StorageFull, "The disk of the database is full, or fails: nothing can be stored.")
                    .header(header::RETRY_AFTER, HeaderValue::from_static("10"))
                    .next_step("Make room on the disk of the database, and send the request again.")
                    .cause(error)
            }
            StoreError::ReadOnly(_) => Self::new(Code::DatabaseReadOnly, "The database takes no writes.")
                .header(header::RETRY_AFTER, HeaderValue::from_static("10"))
                .next_step(
                    "Point DATABASE_URL at the primary server (`target_session_attrs=read-write` finds it among \
                     several), or make the file of the database writable.",
                )
                .cause(error),
            StoreError::ForeignCursor => Self::invalid(vec![Fault::of_parameter(
                "cursor",
                "cursor_invalid",
                "This cursor is of another list.",
            )]),
            StoreError::Corrupt(_)
            | StoreError::Unwritable(_)
            | StoreError::Migration(_)
            | StoreError::Aborted
            | StoreError::Query(_) => Self::internal(error),
        }
    }
}

impl From<Changed> for ApiError {
    fn from(changed: Changed) -> Self {
        let error = Self::new(Code::ChangedMeanwhile, changed.to_string())
            .param("changed", changed.fields)
            .param("version", changed.version)
            .next_step(
                "Read it again, and send the change with its new version in If-Match if it still fits.",
            );
        match changed.by {
            Some(by) => error.param("by", by),
            None => error,
        }
    }
}

impl From<IdentityError> for ApiError {
    fn from(error: IdentityError) -> Self {
        let remedy = "Try again. If it stays, whoever runs the server looks at OIDC_ISSUER or CLERK_API_URL, and at the provider.";
        FleetError::Upstream { message: error.to_string(), remedy: Some(remedy.to_owned()) }.into()
    }
}

impl From<FleetError> for ApiError {
    fn from(error: FleetError) -> Self {
        match error {
            FleetError::Store(error) => error.into(),
            FleetError::Internal(_) => Self::internal(error),
            FleetError::Changed(changed) => changed.into(),
            FleetError::Validation { field: Some(field), message } => {
                Self::invalid(vec![Fault::of_field(field, "value_error", message)])
            }
            FleetError::NotFound { entity } => {
                Self::new(error.code(), error.detail()).param("what", entity.to_lowercase())
            }
            FleetError::InviteEnded(ended) => Self::not_found("invite").next_step(ended.remedy()),
            FleetError::ForAdmins { .. } => Self::new(error.code(), error.detail())
                .next_step("Leave these fields out, or ask an admin of the organization to change them."),
            FleetError::LastOwner => {
                let step = error.next_step().unwrap_or_default().to_owned();
                Self::new(error.code(), error.detail()).next_step(step)
            }
            FleetError::WeakPassword(weak) => Self::invalid(vec![weak_password(weak)]),
            FleetError::WrongPassword => {
                Self::unauthorized().next_step("Check the address and the password, and try again.")
            }
            FleetError::SecondFactorNeeded { passkey } => {
                Self::new(Code::SecondFactorNeeded, error.to_string())
                    .param("passkey", passkey)
                    .next_step("Send a code of the app, or a recovery code, as `code`; or show a passkey.")
            }
            FleetError::PasskeyRefused => Self::new(Code::PasskeyRefused, error.to_string())
                .next_step("Begin anew; or sign in with the password."),
            FleetError::SecondFactorWrong => Self::new(Code::SecondFactorWrong, error.to_string())
                .next_step("Wait for the app's next code; and look whether its clock is right."),
            FleetError::Crowded { retry_after } => Self::rate_limited(retry_after),
            other => {
                let step = other.next_step().map(str::to_owned);
                Self::new(other.code(), other.detail()).next_step_if_any(step)
            }
        }
    }
}

/// What is wrong with the field `password` of a request.
fn weak_password(weak: Weak) -> Fault {
    let (fault, limit) = match weak {
        Weak::Short => (
            Fault::of_field("password", "password_short", weak.remedy()),
            Some(("min_length", PASSWORD_LEAST)),
        ),
        Weak::Long => {
            (Fault::of_field("password", "string_too_long", weak.remedy()), Some(("max_length", PASSWORD)))
        }
        Weak::Guessable => (Fault::of_field("password", "password_guessable", weak.remedy()), None),
    };
    let ctx = limit.map(|(name, limit)| Map::from_iter([(name.to_owned(), Value::from(limit))]));
    Fault { ctx, ..fault }
}

/// Body of a failed request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong: a sentence, or (for invalid input) the list of faults.
    pub detail: Value,
    /// What failed, stable across releases: one of the words in docs/errors.md.
    #[schema(example = "not_found")]
    pub code: &'static str,
    /// What a sentence about it needs, for programs that show their own by `code`: ids, names, limits, seconds.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
    /// Also in the header `X-Request-Id` and in the server's log.
    pub request_id: String,
    /// What to do about it, where there is something to do: for programs and agents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
}

impl ApiError {
    /// The values that were added, and the fields of a structured detail.
    fn params(&self) -> Map<String, Value> {
        let mut params = self.0.params.clone();
        let fields = self.0.detail.as_object().into_iter().flatten();
        let fields = fields.filter(|(name, _)| !matches!(name.as_str(), "message" | "code"));
        params.extend(fields.map(|(name, value)| (name.clone(), value.clone())));
        params
    }

    /// The failure as callers read it.
    pub fn body(&self) -> ErrorBody {
        ErrorBody {
            detail: self.0.detail.clone(),
            code: self.0.code.as_str(),
            params: self.params(),
            request_id: request::current().unwrap_or_default(),
            next_step: self.0.next_step.as_deref().map(str::to_owned),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        status(self.0.code)
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
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_sentence_needs_is_there_once_more_beside_the_sentence() {
        let detail = json!({"message": "m", "code": "task_taken", "assigned_agent_name": "Ada"});
        let body = ApiError::with_detail(Code::Conflict, detail).word(Code::TaskTaken).body();
        assert_eq!(
            (body.code, Value::Object(body.params)),
            ("task_taken", json!({"assigned_agent_name": "Ada"}))
        );
        let body = ApiError::rate_limited(Duration::from_millis(1_500)).body();
        assert_eq!(Value::Object(body.params), json!({"seconds": 2}));
    }

    #[test]
    fn the_cause_reaches_the_log_and_never_the_caller() {
        let error = ApiError::internal(anyhow::anyhow!("password=hunter2"));
        assert!(error.logged_cause().is_some());
        assert!(!error.to_string().contains("hunter2"));
    }
}
