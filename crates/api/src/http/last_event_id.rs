//! Where a client of a stream left off.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, Required};

const HEADER: &str = "Last-Event-ID";

/// The number in `Last-Event-ID`, which clients send when they come back; anything else there counts as none.
#[derive(Debug, Clone, Copy)]
pub struct LastEventId(pub Option<i64>);

impl FromRequest for LastEventId {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let text = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
        ready(Ok(Self(text.and_then(|text| text.trim().parse().ok()).filter(|seq| *seq >= 0))))
    }
}

impl utoipa::IntoParams for LastEventId {
    fn into_params(_place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name(HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("`id` of the last event that the client has: the stream continues after it."))
            .schema(Some(ObjectBuilder::new().schema_type(Type::Integer)))
            .build();
        vec![parameter]
    }
}
