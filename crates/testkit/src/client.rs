//! A client of the API for tests: one per actor, so that a permission test reads as "same call, three actors".

#![allow(clippy::expect_used, clippy::panic, reason = "a test kit reports failures by panicking")]

use std::time::Duration;

use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, HeaderName},
};
use serde::Serialize;
use serde_json::Value;

/// Longest wait for an answer: above the server's own deadlines.
const DEADLINE: Duration = Duration::from_secs(90);

/// An actor and the server it talks to.
#[derive(Debug, Clone)]
pub struct TestClient {
    http: reqwest::Client,
    base_url: String,
    credential: Option<(HeaderName, String)>,
    /// Whether it says that a page of the server itself makes its requests.
    is_own_page: bool,
}

impl TestClient {
    /// A stranger: no credential. `base_url` such as `http://127.0.0.1:8000`.
    pub fn stranger(base_url: impl Into<String>) -> Self {
        // Someone else in this process may have installed the provider already.
        drop(rustls::crypto::ring::default_provider().install_default());
        // Servers of tests speak no TLS: reading the machine's certificates would only take time.
        let http = reqwest::Client::builder()
            .timeout(DEADLINE)
            .no_proxy()
            .tls_certs_only([])
            .build()
            .expect("build an HTTP client");
        TestClient {
            http,
            base_url: base_url.into().trim_end_matches('/').to_owned(),
            credential: None,
            is_own_page: false,
        }
    }

    /// The same server for a person with this bearer token.
    pub fn user(&self, token: &str) -> Self {
        self.with_credential(reqwest::header::AUTHORIZATION, format!("Bearer {token}"))
    }

    /// The same server for an agent with this token.
    pub fn agent(&self, token: &str) -> Self {
        self.with_credential(HeaderName::from_static("x-agent-token"), token.to_owned())
    }

    /// The same server for a browser with this cookie, as `name=value`.
    pub fn browser(&self, cookie: &str) -> Self {
        self.with_credential(reqwest::header::COOKIE, cookie.to_owned())
    }

    /// The same server for a page of its own, in a browser with this cookie.
    pub fn own_page(&self, cookie: &str) -> Self {
        Self { is_own_page: true, ..self.browser(cookie) }
    }

    fn with_credential(&self, name: HeaderName, value: String) -> Self {
        TestClient { credential: Some((name, value)), ..self.clone() }
    }

    /// `GET path`, with the query in the path.
    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// `POST path` with a JSON body.
    pub fn post(&self, path: &str, body: impl Serialize) -> Call {
        self.call(Method::POST, path).json(body)
    }

    /// `PUT path` with a JSON body.
    pub fn put(&self, path: &str, body: impl Serialize) -> Call {
        self.call(Method::PUT, path).json(body)
    }

    /// `PATCH path` with a JSON body.
    pub fn patch(&self, path: &str, body: impl Serialize) -> Call {
        self.call(Method::PATCH, path).json(body)
    }

    /// `DELETE path`.
    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }

    /// Any method, without a body.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let request = self.http.request(method.clone(), format!("{}{path}", self.base_url));
        let request = match &self.credential {
            Some((name, value)) => request.header(name, value),
            None => request,
        };
        let request = match self.is_own_page {
            true => request.header("sec-fetch-site", "same-origin"),
            false => request,
        };
        Call { request, line: format!("{method} {path}") }
    }
}

/// A call about to be made.
#[derive(Debug)]
pub struct Call {
    request: reqwest::RequestBuilder,
    line: String,
}

impl Call {
    /// Adds a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        Call { request: self.request.header(name, value), ..self }
    }

    /// Sets a JSON body.
    pub fn json(self, body: impl Serialize) -> Self {
        Call { request: self.request.json(&body), ..self }
    }

    /// Sets a body that says that it is JSON, whether it is or not.
    pub fn raw(self, body: Vec<u8>) -> Self {
        let request = self.request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body);
        Call { request, ..self }
    }

    /// Sends the call and returns the JSON of an answer with this status; `Null` when the body is empty, a string when it
    /// is no JSON.
    ///
    /// # Panics
    /// No answer, or one with another status: the message has both statuses and the body.
    pub async fn expect(self, status: u16) -> Value {
        let line = self.line.clone();
        let answer = self.send().await;
        if answer.status != status {
            panic!("{line}: expected {status}, got {}: {}", answer.status, answer.body);
        }
        answer.body
    }

    /// Sends the call and returns the status as soon as it is there: a stream has no end to wait for.
    ///
    /// # Panics
    /// No answer.
    pub async fn status(self) -> u16 {
        match self.request.send().await {
            Ok(response) => response.status().as_u16(),
            Err(error) => panic!("{}: {error:?}", self.line),
        }
    }

    /// Sends the call and returns whatever the server answers.
    ///
    /// # Panics
    /// No answer.
    pub async fn send(self) -> Answer {
        let line = self.line.clone();
        self.answer().await.unwrap_or_else(|error| panic!("{line}: {error:?}"))
    }

    /// Sends the call to a server that may not be there; `None` when no whole answer comes.
    pub async fn try_send(self) -> Option<Answer> {
        self.answer().await.ok()
    }

    async fn answer(self) -> Result<Answer, reqwest::Error> {
        let response = self.request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await?;
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned())),
        };
        Ok(Answer { status: StatusCode::as_u16(&status), headers, body })
    }
}

/// The server's answer.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as [`Call::expect`] returns it.
    pub body: Value,
}

impl Answer {
    /// A header's value as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
