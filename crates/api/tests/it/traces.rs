//! Traces, as a collector gets them from the program.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mission_control_simulator::{Simulator, SimulatorConfig};
use mission_control_testkit::client::TestClient;
use mission_control_testkit::process::{Process, free_port};
use mission_control_testkit::wait::wait_until;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use serde_json::json;

use crate::server::TOKEN;

const PATIENCE: Duration = Duration::from_secs(60);

/// Takes traces, and keeps what came: the heads of requests, and the spans.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<(Vec<String>, Vec<Span>)>>);

impl Collector {
    fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let collector = Self::default();
        let taking = collector.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let taking = taking.clone();
                std::thread::spawn(move || taking.serve(&stream.unwrap()));
            }
        });
        (collector, address)
    }

    fn serve(&self, stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        loop {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                if reader.read_line(&mut head).unwrap_or(0) == 0 {
                    return;
                }
            }
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let sent = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
            let scopes = sent.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
            let mut kept = self.0.lock().unwrap();
            kept.0.push(head);
            kept.1.extend(scopes.flat_map(|scope| scope.spans));
            drop(kept);
            let mut stream = stream;
            if stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").is_err() {
                return;
            }
        }
    }

    fn spans(&self) -> Vec<Span> {
        self.0.lock().unwrap().1.clone()
    }

    /// The spans of a trace.
    fn of(&self, trace: &str) -> Vec<Span> {
        self.spans().into_iter().filter(|span| hex::encode(&span.trace_id) == trace).collect()
    }
}

fn serve(directory: &Path, collector: &str) -> (Process, String) {
    let port = free_port().to_string();
    let mut command = Process::command(Path::new(env!("CARGO_BIN_EXE_mission-control-api")));
    command
        .args(["serve", "--port", &port])
        .env_clear()
        .env("MISSION_CONTROL_DATA_DIR", directory.join("data"))
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector)
        .env("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20canary-of-the-collector")
        .envs([("LOCAL_AUTH_TOKEN", TOKEN), ("LOG_FORMAT", "json")])
        .current_dir(directory);
    (Process::spawn(command, &directory.join("log")), format!("http://127.0.0.1:{port}"))
}

async fn is_up(base_url: &str) {
    let stranger = TestClient::stranger(base_url);
    wait_until("the server", PATIENCE, async || stranger.get("/healthz").try_send().await).await;
}

fn attribute<'s>(span: &'s Span, name: &str) -> Option<&'s KeyValue> {
    span.attributes.iter().find(|attribute| attribute.key == name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_its_job_and_the_calls_of_a_gateway_are_one_trace_without_a_secret() {
    let (collector, address) = Collector::start();
    let directory = tempfile::tempdir().unwrap();
    let (mut server, base_url) = serve(directory.path(), &address);
    is_up(&base_url).await;
    let token = "canary-of-the-gateway";
    let config = SimulatorConfig { token: Some(token.to_owned()), ..SimulatorConfig::default() };
    let simulator = Simulator::start(config).await.unwrap();
    let gateway = json!({
        "name": "Simulated",
        "url": simulator.url(),
        "token": token,
        "workspace_root": "/srv/agents",
    });
    let user = TestClient::stranger(&base_url).user(TOKEN);
    let caller = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traceparent = format!("00-{caller}-00f067aa0ba902b7-01");
    let made = user.post("/api/v1/gateways", gateway).header("traceparent", &traceparent).send().await;
    assert!([200, 202].contains(&made.status), "{}", made.body);
    assert_eq!(
        made.header("x-request-id"),
        Some(caller),
        "without a name of its own it is that of the trace"
    );
    let spans = wait_until("a call of a gateway in the trace", PATIENCE, async || {
        let spans = collector.of(caller);
        let of_gateway = |span: &Span| attribute(span, "rpc.method").is_some() && span.kind == 3;
        let of_job = |span: &Span| attribute(span, "job.kind").is_some() && span.kind == 5;
        let of_request = |span: &Span| span.name == "POST /api/v1/gateways" && span.kind == 2;
        let is_whole =
            spans.iter().any(of_gateway) && spans.iter().any(of_job) && spans.iter().any(of_request);
        is_whole.then_some(spans)
    })
    .await;
    let request = spans.iter().find(|span| span.name == "POST /api/v1/gateways").unwrap();
    assert_eq!(hex::encode(&request.parent_span_id), "00f067aa0ba902b7");
    assert!(attribute(request, "http.response.status_code").is_some());
    let call = spans.iter().find(|span| attribute(span, "rpc.method").is_some());
    let parents: Vec<_> = spans.iter().map(|span| span.span_id.clone()).collect();
    assert!(parents.contains(&call.unwrap().parent_span_id), "a call is below what made it");

    // Without a caller the id of the request is that of the trace.
    let read = user.get("/api/v1/agents").send().await;
    let id = read.header("x-request-id").unwrap().to_owned();
    server.stop();
    assert_eq!(collector.of(&id).iter().filter(|span| span.name == "GET /api/v1/agents").count(), 1);

    let kept = collector.0.lock().unwrap();
    assert!(kept.0.iter().all(|head| head.starts_with("post /v1/traces ")));
    assert!(kept.0.iter().all(|head| head.contains("authorization: bearer canary-of-the-collector")));
    let told = format!("{:?} {}", kept.1, server.output());
    for secret in [TOKEN, token, "canary-of-the-collector", "/srv/agents"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_is_named_once_and_keeps_nobody_waiting() {
    let directory = tempfile::tempdir().unwrap();
    let (mut server, base_url) = serve(directory.path(), "http://127.0.0.1:1");
    is_up(&base_url).await;
    let lost = "traces are lost";
    wait_until("a line of the log", PATIENCE, async || server.output().contains(lost).then_some(())).await;
    TestClient::stranger(&base_url).get("/api/v1/agents").expect(401).await;
    server.stop();
    assert_eq!(server.output().matches(lost).count(), 1, "{}", server.output());
    assert!(!server.output().contains("canary-of-the-collector"));
}
