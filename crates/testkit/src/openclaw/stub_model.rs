//! A language model for tests: an OpenAI-compatible server on loopback that answers by rules.

mod answer;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::{Value, json};

pub use answer::{Answer, Rule};

/// The model's name.
pub(super) const MODEL: &str = "stub-1";

/// Longest request accepted; a prompt with all workspace files is far below.
const MAX_REQUEST_BYTES: usize = 32 * 1024 * 1024;

/// One answered request.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The newest message of the user, without the gateway's internal context.
    pub user: String,
    /// What the model said or did.
    pub answer: Answer,
}

/// The server. It lives as long as this value.
#[derive(Debug)]
pub struct StubModel {
    address: SocketAddr,
    server: ServerHandle,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    rules: Mutex<Vec<Rule>>,
    turns: Mutex<Vec<Turn>>,
}

impl StubModel {
    pub(super) fn start() -> StubModel {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("bind a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let state = Arc::new(State::default());
        let shared = web::Data::from(Arc::clone(&state));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(web::JsonConfig::default().limit(MAX_REQUEST_BYTES))
                .route("/v1/models", web::get().to(list_models))
                .route("/v1/chat/completions", web::post().to(complete))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .expect("listen on a bound socket")
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        StubModel { address, server: handle, state }
    }

    /// Replaces the rules. The first that fits a turn decides it; without one the model checks in when it is
    /// woken, and otherwise repeats what it was told.
    pub fn set_rules(&self, rules: impl IntoIterator<Item = Rule>) {
        *lock(&self.state.rules) = rules.into_iter().collect();
    }

    /// Every turn so far, oldest first.
    pub fn turns(&self) -> Vec<Turn> {
        lock(&self.state.turns).clone()
    }

    pub(super) fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }
}

impl Drop for StubModel {
    fn drop(&mut self) {
        // The command is sent by the call; only its completion would have to be awaited.
        drop(self.server.stop(false));
    }
}

async fn list_models() -> web::Json<Value> {
    web::Json(json!({"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "stub"}]}))
}

async fn complete(state: web::Data<State>, request: web::Json<Value>) -> HttpResponse {
    let prompt = answer::Prompt::read(&request);
    let answer = prompt.answer(&lock(&state.rules));
    let number = {
        let mut turns = lock(&state.turns);
        turns.push(Turn { user: prompt.user, answer: answer.clone() });
        turns.len()
    };
    let (content, tool_calls, finish) = match answer {
        Answer::Say(text) => (json!(text), None, "stop"),
        Answer::Run(command) => (Value::Null, Some(json!([tool_call(number, &command)])), "tool_calls"),
        Answer::Fail(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return HttpResponse::build(status)
                .json(json!({"error": {"message": "told to fail", "type": "stub"}}));
        }
    };
    let mut message = json!({"role": "assistant", "content": content});
    if let Some(tool_calls) = tool_calls {
        message["tool_calls"] = tool_calls;
    }
    let completion = |object: &str, choices: Value| {
        json!({
            "id": format!("chatcmpl-{number}"),
            "object": object,
            "created": 0,
            "model": MODEL,
            "choices": choices,
            "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        })
    };
    if request["stream"] != json!(true) {
        let choices = json!([{"index": 0, "message": message, "finish_reason": finish}]);
        return HttpResponse::Ok().json(completion("chat.completion", choices));
    }
    let chunk = |choices| completion("chat.completion.chunk", choices);
    let events = [
        chunk(json!([{"index": 0, "delta": message, "finish_reason": null}])),
        chunk(json!([{"index": 0, "delta": {}, "finish_reason": finish}])),
        chunk(json!([])),
    ];
    let body: String = events.iter().map(|event| format!("data: {event}\n\n")).collect();
    HttpResponse::Ok().content_type("text/event-stream").body(body + "data: [DONE]\n\n")
}

fn tool_call(number: usize, command: &str) -> Value {
    let arguments = json!({"command": command}).to_string();
    json!({
        "index": 0,
        "id": format!("call_{number}"),
        "type": "function",
        "function": {"name": answer::SHELL_TOOL, "arguments": arguments},
    })
}

/// A panic in one test task must not hide the turns from the failure message of another.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
