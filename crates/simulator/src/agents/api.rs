//! An agent's HTTP calls to Mission Control.

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;

use super::credentials::Credentials;

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    #[error("answered {0}")]
    Status(StatusCode),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

pub(super) struct AgentApi<'a> {
    http: &'a Client,
    credentials: Credentials,
}

impl<'a> AgentApi<'a> {
    pub(super) fn new(http: &'a Client, credentials: Credentials) -> Self {
        Self { http, credentials }
    }

    pub(super) async fn check_in(&self) -> Result<Value, ApiError> {
        self.send(Method::POST, "heartbeat", None).await
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value, ApiError> {
        self.send(Method::GET, path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Result<Value, ApiError> {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(super) async fn patch(&self, path: &str, body: Value) -> Result<Value, ApiError> {
        self.send(Method::PATCH, path, Some(body)).await
    }

    /// `path` is below `/api/v1/agent/`.
    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, ApiError> {
        let url = format!("{}/api/v1/agent/{path}", self.credentials.base_url);
        let mut request = self.http.request(method, url).header("X-Agent-Token", &self.credentials.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        if !response.status().is_success() {
            return Err(ApiError::Status(response.status()));
        }
        Ok(response.json().await?)
    }
}
