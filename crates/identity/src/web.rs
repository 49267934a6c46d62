//! Asking the provider.

use std::time::Duration;

use mission_control_core::limits::PROVIDER_ANSWER;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::error::IdentityError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client that follows nobody elsewhere.
pub(crate) struct Web(Client);

impl Web {
    /// # Errors
    /// No TLS on this machine.
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(concat!("mission-control/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self(client))
    }

    pub(crate) async fn get(&self, url: Url) -> Result<Value, IdentityError> {
        json(self.0.get(url)).await
    }

    pub(crate) async fn get_with(&self, url: Url, bearer: &SecretString) -> Result<Value, IdentityError> {
        json(self.0.get(url).bearer_auth(bearer.expose_secret())).await
    }

    /// Deletes what is there; what is not is no failure.
    pub(crate) async fn delete_with(&self, url: Url, bearer: &SecretString) -> Result<(), IdentityError> {
        match json(self.0.delete(url).bearer_auth(bearer.expose_secret())).await {
            Ok(_) => Ok(()),
            Err(IdentityError::Refused(word)) if word == "404" => Ok(()),
            Err(other) => Err(other),
        }
    }

    pub(crate) async fn post(
        &self,
        url: Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &SecretString)>,
    ) -> Result<Value, IdentityError> {
        let request = self.0.post(url).form(form);
        json(match basic {
            Some((name, secret)) => request.basic_auth(name, Some(secret.expose_secret())),
            None => request,
        })
        .await
    }
}

/// The answer as JSON. Of a refusal only the provider's word for it is told: what else it says may be a secret.
async fn json(request: RequestBuilder) -> Result<Value, IdentityError> {
    let away = |error: reqwest::Error| IdentityError::Away(cause(&error));
    let request = request.header(reqwest::header::ACCEPT, "application/json");
    let mut response = request.send().await.map_err(away)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(away)? {
        if body.len() + chunk.len() > PROVIDER_ANSWER {
            return Err(IdentityError::Unusable("it is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    let value = serde_json::from_slice::<Value>(&body);
    if !status.is_success() {
        let word = value.ok().and_then(|answer| answer.get("error")?.as_str().map(str::to_owned));
        let is_word =
            |word: &String| word.len() <= 100 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        return Err(IdentityError::Refused(
            word.filter(is_word).unwrap_or_else(|| status.as_u16().to_string()),
        ));
    }
    value.map_err(|_| IdentityError::Unusable("it is no JSON"))
}

/// What went wrong, without the address, which may have what nobody else should see.
fn cause(error: &reqwest::Error) -> String {
    let what = match () {
        () if error.is_timeout() => "no answer in time",
        () if error.is_connect() => "no connection",
        () => "the connection broke",
    };
    what.to_owned()
}
