//! A client of streams.

use std::time::Duration;

use serde_json::Value;

use crate::server::{TOKEN, plain_client};

/// Longest wait for an event that must come.
const DEADLINE: Duration = Duration::from_secs(20);

/// An event as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sent {
    pub(crate) id: Option<i64>,
    pub(crate) event: String,
    pub(crate) data: Value,
}

/// An open stream; dropping it cuts the connection.
pub(crate) struct Stream {
    response: reqwest::Response,
    buffer: String,
    /// The last position that the server named.
    pub(crate) last_id: Option<i64>,
}

impl Stream {
    /// The local user's stream at `url`, from `last_id` on.
    pub(crate) async fn open(url: &str, last_id: Option<i64>) -> Self {
        Self::open_with(TOKEN, url, last_id).await
    }

    /// The stream at `url` for whoever holds this token, from `last_id` on.
    pub(crate) async fn open_with(token: &str, url: &str, last_id: Option<i64>) -> Self {
        let mut request = plain_client().get(url).bearer_auth(token);
        if let Some(id) = last_id {
            request = request.header("Last-Event-ID", id.to_string());
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{url}");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = Self { response, buffer: String::new(), last_id };
        // The first block says that the stream stands.
        stream.block().await.unwrap();
        stream
    }

    /// The next event; `None` at the end of the stream.
    pub(crate) async fn next(&mut self) -> Option<Sent> {
        loop {
            let block = self.block().await?;
            let field = |name: &str| {
                block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned)
            };
            if let (Some(event), Some(data)) = (field("event"), field("data")) {
                let data = serde_json::from_str(&data).unwrap();
                return Some(Sent { id: field("id").map(|id| id.parse().unwrap()), event, data });
            }
        }
    }

    /// Text up to the next empty line.
    pub(crate) async fn block(&mut self) -> Option<String> {
        let end = loop {
            match self.buffer.find("\n\n") {
                Some(end) => break end,
                None => {
                    let chunk = tokio::time::timeout(DEADLINE, self.response.chunk());
                    let chunk = chunk.await.expect("an event that must come").ok()??;
                    self.buffer.push_str(std::str::from_utf8(&chunk).unwrap());
                }
            }
        };
        let block: String = self.buffer.drain(..end + 2).collect();
        if let Some(id) = block.lines().find_map(|line| line.strip_prefix("id: ")) {
            self.last_id = Some(id.parse().unwrap());
        }
        Some(block)
    }
}
