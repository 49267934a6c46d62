//! The query string of a request.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::error::{ApiError, ApiResult};
use crate::input::{Fault, FromInput, Reader};

/// Query parameters that were read; [`valid`](Query::valid) gives their content, or all their faults.
///
/// A parameter given twice counts once, with its last value. What becomes of unknown ones is up to [`super::parameters`].
#[derive(Debug)]
pub struct Query<T>(Result<T, Vec<Fault>>);

impl<T> Query<T> {
    /// The content.
    ///
    /// # Errors
    /// 422 with every wrong parameter.
    pub fn valid(self) -> ApiResult<T> {
        self.0.map_err(ApiError::invalid)
    }
}

impl<T: FromInput<Output = T>> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let parameters: Map<String, Value> = form_urlencoded::parse(request.query_string().as_bytes())
            .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
            .collect();
        let mut reader = Reader::new("query");
        let read = T::from_input(&Value::Object(parameters), &mut reader);
        let (outcome, _) = reader.finish(read);
        ready(Ok(Self(outcome)))
    }
}
