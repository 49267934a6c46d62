//! What a client saw of the thing that it changes.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use mission_control_core::rules::version::Seen;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, Required};

/// The versions in `If-Match`, one of which the thing must still have; without the header whatever there is is meant. What
/// cannot be read as text is no version of anything.
#[derive(Debug, Clone)]
pub struct IfMatch(pub Seen);

impl FromRequest for IfMatch {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let lines: Vec<&str> = request
            .headers()
            .get_all(header::IF_MATCH)
            .map(|line| line.to_str().unwrap_or_default())
            .collect();
        let seen = if lines.is_empty() { Seen::WHATEVER } else { Seen::listed(&lines.join(",")) };
        ready(Ok(Self(seen)))
    }
}

impl utoipa::IntoParams for IfMatch {
    fn into_params(_place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The `version` that the change was decided on, in quotes: when it is another one by now, nothing \
                 changes, and the answer is 409 `changed_meanwhile`.",
            ))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build();
        vec![parameter]
    }
}
