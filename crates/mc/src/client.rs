//! Calls to the public API: each has a deadline, and no answer is longer than a maximum.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Response};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use crate::contexts::Server;
use crate::failure::{Exit, Failure};
use crate::json::at;
use crate::limits::{CLIENT_ANSWER, CLIENT_LISTED};

/// Above the patience that servers have with gateways, and they answer then.
const DEADLINE: Duration = Duration::from_secs(150);
const CONNECT_DEADLINE: Duration = Duration::from_secs(10);

/// A query: names and values.
pub(crate) type Query<'a> = [(&'a str, String)];

/// A server, and the credential for it.
pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    credential: HeaderValue,
}

/// An answer that is a success.
pub(crate) struct Answer {
    /// The body; a string where it is no JSON.
    pub(crate) body: Value,
    /// The job that goes on with the work, where it was not done in time.
    pub(crate) job: Option<String>,
    /// How many entries the whole list has of which this is a part, where it is a plain array.
    total: Option<usize>,
}

impl Client {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// A token that no header can carry; the machine has no certificates.
    pub(crate) fn new(server: &Server) -> Result<Self, Failure> {
        // An error means that a provider is installed already, and no other than ring is linked.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_DEADLINE)
            // A credential goes only where it was given for.
            .redirect(Policy::none())
            .user_agent(concat!("mc/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Failure::new(Exit::Failed, error))?;
        let mut credential = HeaderValue::try_from(format!("Bearer {}", server.token.expose_secret()))
            .map_err(|_| Failure::usage("the token has characters that no token has; copy it again"))?;
        credential.set_sensitive(true);
        Ok(Self { http, base: server.url.clone(), credential })
    }

    /// Where the server is.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// A request to a path of the server, with its query.
    ///
    /// # Errors
    /// A path that leads elsewhere.
    pub(crate) fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        let elsewhere = || Failure::usage(format!("{path} is no path of the server"));
        let url = self.base.join(path).map_err(|_| elsewhere())?;
        if url.origin() != self.base.origin() {
            return Err(elsewhere());
        }
        let request = self.http.request(method, url).timeout(DEADLINE);
        Ok(request.header(AUTHORIZATION, self.credential.clone()))
    }

    /// Sends a request, and reads the answer.
    ///
    /// # Errors
    /// No answer in time; one that is no success; one that is too long.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let response = self.open(request).await?;
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let job = header("x-job-id").filter(|_| response.status() == 202).map(str::to_owned);
        let total = header("x-total-count").and_then(|total| total.parse().ok());
        Ok(Answer { body: self.body(response).await?, job, total })
    }

    /// Sends a request, and leaves the body to the caller.
    ///
    /// # Errors
    /// No answer in time; one that is no success.
    pub(crate) async fn open(&self, request: RequestBuilder) -> Result<Response, Failure> {
        let response = request.send().await.map_err(|error| self.unreachable(&error))?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        if status.is_redirection() {
            return Err(Failure::new(Exit::Failed, format!("{} sends elsewhere ({status})", self.base))
                .with_next("log in with the address that it sends to: mc login URL"));
        }
        Err(Failure::of_answer(status.as_u16(), &self.body(response).await?))
    }

    async fn body(&self, mut response: Response) -> Result<Value, Failure> {
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| self.unreachable(&error))? {
            if body.len() + part.len() > CLIENT_ANSWER {
                return Err(Failure::new(
                    Exit::Failed,
                    format!("the answer is longer than {CLIENT_ANSWER} bytes"),
                )
                .with_next("ask for less, with a filter or a limit"));
            }
            body.extend_from_slice(&part);
        }
        if body.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(&body)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned())))
    }

    fn unreachable(&self, error: &reqwest::Error) -> Failure {
        let why = if error.is_timeout() {
            "did not answer in time".to_owned()
        } else {
            let mut cause: &dyn std::error::Error = error;
            while let Some(source) = cause.source() {
                cause = source;
            }
            format!("cannot be reached: {cause}")
        };
        Failure::new(Exit::Unreachable, format!("{} {why}", self.base))
            .with_next("check the address (`mc context list`), and whether the server runs")
    }

    /// What is at a path.
    ///
    /// # Errors
    /// Those of [`Client::send`].
    pub(crate) async fn get(&self, path: &str, query: &Query<'_>) -> Result<Value, Failure> {
        Ok(self.send(self.request(Method::GET, path)?.query(query)).await?.body)
    }

    /// A write with a body.
    ///
    /// # Errors
    /// Those of [`Client::send`].
    pub(crate) async fn write(&self, method: Method, path: &str, body: &Value) -> Result<Answer, Failure> {
        self.send(self.request(method, path)?.json(body)).await
    }

    /// All entries of a list, page by page.
    ///
    /// # Errors
    /// Those of [`Client::send`]; a list that is too long.
    pub(crate) async fn all(&self, path: &str, query: &Query<'_>) -> Result<Vec<Value>, Failure> {
        let mut entries = Vec::new();
        let mut next: Option<(&str, String)> = None;
        loop {
            let request = self.request(Method::GET, path)?.query(query).query(&next.as_slice());
            let mut answer = self.send(request).await?;
            let plain = answer.body.is_array();
            let page = if plain { Some(&mut answer.body) } else { answer.body.get_mut("items") };
            let Some(Value::Array(page)) = page.map(Value::take) else {
                return Err(Failure::new(Exit::Failed, format!("{path} is no list")));
            };
            let is_last = page.is_empty();
            entries.extend(page);
            if entries.len() > CLIENT_LISTED {
                return Err(Failure::usage(format!("there are more than {CLIENT_LISTED} entries"))
                    .with_next("narrow the list with a filter"));
            }
            next = if plain {
                let more = !is_last && answer.total.is_some_and(|total| entries.len() < total);
                more.then(|| ("offset", entries.len().to_string()))
            } else {
                at(&answer.body, "next_cursor").as_str().map(|cursor| ("cursor", cursor.to_owned()))
            };
            if next.is_none() {
                return Ok(entries);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::contexts::address;

    #[rstest]
    #[case("//elsewhere.example/api")]
    #[case("https://elsewhere.example/api/v1/boards")]
    #[case("http://127.0.0.1:9/api")]
    fn the_credential_goes_nowhere_else(#[case] path: &str) {
        let server =
            Server { url: address("http://127.0.0.1:8000").unwrap(), token: "secret".to_owned().into() };
        let client = Client::new(&server).unwrap();
        assert_eq!(client.request(Method::GET, path).unwrap_err().exit(), Exit::Usage);
    }

    #[test]
    fn a_token_that_is_none_is_said_to_be_none() {
        let server =
            Server { url: address("http://127.0.0.1:8000").unwrap(), token: "two\nlines".to_owned().into() };
        let failure = Client::new(&server).err().unwrap();
        assert!(!failure.to_string().contains("lines"));
    }
}
