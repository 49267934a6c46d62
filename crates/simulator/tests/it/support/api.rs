use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request of an agent.
#[derive(Debug, Clone)]
pub(crate) struct ApiRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) token: String,
    pub(crate) body: Value,
}

type Answer = dyn Fn(&ApiRequest) -> (u16, Value) + Send + Sync;

/// A small HTTP server in the place of Mission Control.
pub(crate) struct Api {
    pub(crate) base_url: String,
    requests: Arc<Mutex<Vec<ApiRequest>>>,
    task: JoinHandle<()>,
}

impl Api {
    /// Answers every request as a successful check-in.
    pub(crate) async fn start() -> Self {
        Self::answering(|_| (200, json!({"id": "a1", "name": "Ada", "status": "online"}))).await
    }

    pub(crate) async fn answering(
        answer: impl Fn(&ApiRequest) -> (u16, Value) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let answer: Arc<Answer> = Arc::new(answer);
        let seen = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &seen, answer.as_ref()).await;
            }
        });
        Self { base_url, requests, task }
    }

    pub(crate) fn requests(&self) -> Vec<ApiRequest> {
        self.requests.lock().unwrap().clone()
    }

    /// The text of a file that points an agent here.
    pub(crate) fn tools_file(&self, token: &str) -> String {
        format!("# TOOLS.md\n\n- `BASE_URL={}`\n- `AUTH_TOKEN={token}`\n", self.base_url)
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, seen: &Mutex<Vec<ApiRequest>>, answer: &Answer) {
    let Some(request) = read(&mut stream).await else { return };
    let (status, body) = answer(&request);
    seen.lock().unwrap().push(request);
    let body = body.to_string();
    let text = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.write_all(text.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> Option<ApiRequest> {
    let mut bytes = Vec::new();
    let (head, body_start) = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break (String::from_utf8_lossy(&bytes[..end]).into_owned(), end + 4);
        }
    };
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let length: usize = header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    while bytes.len() < body_start + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut first_line = head.lines().next()?.split(' ');
    Some(ApiRequest {
        method: first_line.next()?.to_owned(),
        path: first_line.next()?.to_owned(),
        token: header("x-agent-token").unwrap_or_default(),
        body: serde_json::from_slice(&bytes[body_start..]).unwrap_or(Value::Null),
    })
}
