//! What is asked of a gateway: a method with its parameters, and how its answer is read.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::{decode, encode};
use crate::{Client, GatewayError};

/// A call of one method. It serializes to the parameters of the method: only those that every gateway version accepts,
/// unless a field says otherwise, because gateways refuse keys that they do not know.
pub trait Request: Serialize + Sync {
    /// The method.
    const METHOD: &'static str;
    /// What a gateway answers, in any of its versions.
    type Answer: DeserializeOwned;

    /// How long the answer may take, when answers `usually` take so long at most.
    fn patience(&self, usually: Duration) -> Duration {
        usually
    }
}

impl Client {
    /// Asks the gateway.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`GatewayError::Decode`] for an answer of another shape.
    pub async fn ask<R: Request>(&self, request: &R) -> Result<R::Answer, GatewayError> {
        let params = encode(R::METHOD, request)?;
        let within = request.patience(self.timing().call);
        decode(R::METHOD, self.call_within(R::METHOD, params, within).await?)
    }
}
