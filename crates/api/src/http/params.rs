//! The ids in a request's path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use mission_control_core::id::{Entity, Id};

use crate::error::{ApiError, ApiResult};
use crate::input::{Fault, Step};

/// Access to the path's parameters. The two readers differ in what a malformed id answers, as clients know it.
#[derive(Debug)]
pub struct Params(HttpRequest);

impl Params {
    /// The id called `name`, where the contract types it as a UUID.
    ///
    /// # Errors
    /// 422 when it is malformed.
    pub fn uuid<E: Entity>(&self, name: &'static str) -> ApiResult<Id<E>> {
        self.parse(name).ok_or_else(|| {
            let loc = vec![Step::Name("path".into()), Step::Name(name.into())];
            ApiError::invalid(vec![Fault::at(loc, "uuid_parsing", "Expected a UUID.")])
        })
    }

    /// The id called `name`, where the contract types it as text: what is malformed does not exist.
    ///
    /// # Errors
    /// 404 when it is malformed.
    pub fn id<E: Entity>(&self, name: &'static str) -> ApiResult<Id<E>> {
        self.parse(name).ok_or_else(|| ApiError::not_found(E::NAME))
    }

    /// The parameter as it stands in the path, percent-decoded.
    pub fn text(&self, name: &str) -> &str {
        self.0.match_info().get(name).unwrap_or_default()
    }

    fn parse<E: Entity>(&self, name: &str) -> Option<Id<E>> {
        self.text(name).parse().ok()
    }
}

impl FromRequest for Params {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.clone())))
    }
}
