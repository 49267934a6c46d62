//! The head of a request: how long its address and its headers may be.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use mission_control_core::limits::{ADDRESS_LINE, HEADERS};

use crate::error::{ApiError, Code};

/// The layer. What is longer is refused before anybody reads it.
///
/// # Errors
/// Those of the layers below.
pub async fn head(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match refused(&request) {
        Some(error) => Ok(request.into_response(HttpResponse::from_error(error))),
        None => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
    }
}

fn refused(request: &ServiceRequest) -> Option<ApiError> {
    let uri = request.uri();
    let address = uri.path_and_query().map_or(0, |address| address.as_str().len());
    if address > ADDRESS_LINE {
        let msg = format!("The address of this request is longer than {ADDRESS_LINE} bytes.");
        return Some(
            ApiError::new(Code::AddressTooLong, msg).next_step("Ask for less at once, with fewer filters."),
        );
    }
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (headers > HEADERS).then(|| {
        let msg = format!("The headers of this request are longer than {HEADERS} bytes.");
        ApiError::new(Code::HeadersTooLarge, msg).next_step("Send fewer and shorter headers.")
    })
}
