//! Answers that are more than a JSON value.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use mission_control_fleet::Reply;
use serde::Serialize;
use utoipa::ToSchema;

/// Names the job of a 202.
pub(crate) const JOB_ID: HeaderName = HeaderName::from_static("x-job-id");

/// What a deletion and the like answer.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = OkResponse)]
pub struct Done {
    /// Always true.
    pub ok: bool,
}

impl Done {
    /// `{"ok": true}`.
    pub const YES: Self = Self { ok: true };
}

/// The result of work that runs as a job: 200 when it is done, 202 with the job in `X-Job-Id` while it goes on.
#[derive(Debug)]
pub struct Answer<T>(Reply<T>);

impl<T> From<Reply<T>> for Answer<T> {
    fn from(reply: Reply<T>) -> Self {
        Self(reply)
    }
}

impl<T: Serialize> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, _request: &HttpRequest) -> HttpResponse {
        match self.0 {
            Reply::Done(value) => HttpResponse::Ok().json(value),
            Reply::Accepted { value, job } => {
                let mut response = HttpResponse::build(StatusCode::ACCEPTED);
                if let Ok(job) = HeaderValue::from_str(&job.to_string()) {
                    response.insert_header((JOB_ID, job));
                }
                response.json(value)
            }
        }
    }
}
