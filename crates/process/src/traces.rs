//! Traces: what a request set off, step by step and across processes, for a collector that takes OTLP over HTTP.
//!
//! A trace is found by the id of its request: where that is one of ours it is the trace's id, else the id is made of it. So a job
//! is in the trace of its request without anything more being kept with it. A caller that has begun a trace (`traceparent`) is
//! followed.

use std::collections::HashMap;
use std::error::Error;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use mission_control_core::config::{TraceSampler, TraceSettings};
use mission_control_gateway_rpc::TRACE;
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::runtime::Tokio;
use opentelemetry_sdk::trace::span_processor_with_async_runtime::BatchSpanProcessor;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use tracing::Span;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::{tls, unique_name, version};

/// How long the collector may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a process that ends waits for the collector to take the rest.
const GOODBYE: Duration = Duration::from_secs(3);

/// Where spans of this process go.
static TRACES: OnceLock<Traces> = OnceLock::new();

struct Traces {
    provider: SdkTracerProvider,
    sampler: TraceSampler,
}

/// Has spans go to the collector in batches, from tasks of the runtime in which this is called. No connection is made yet. The first
/// call wins.
///
/// # Errors
/// An address or a header that no request can have.
pub(crate) fn start(settings: &TraceSettings, program: &str) -> Result<SdkTracer, Box<dyn Error>> {
    let traces = Traces::new(settings, program)?;
    let tracer = traces.provider.tracer("mission-control");
    // An error means that the first call was another one.
    let _ = TRACES.set(traces);
    Ok(tracer)
}

/// Hands the last spans over, unless the collector takes too long. To be called when the process has done its work.
pub async fn finish() {
    if let Some(traces) = TRACES.get() {
        traces.finish().await;
    }
}

impl Traces {
    fn new(settings: &TraceSettings, program: &str) -> Result<Self, Box<dyn Error>> {
        // The client is made before the rest of the process is.
        tls::install_provider();
        // What is for the collector goes to nobody whom it names.
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let headers =
            settings.headers.iter().map(|(name, value)| (name.clone(), value.expose_secret().to_owned()));
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector { client, is_away: AtomicBool::new(false) })
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", settings.endpoint))
            .with_headers(headers.collect::<HashMap<_, _>>())
            .with_timeout(PATIENCE)
            .build()?;
        let service = settings.service_name.clone().unwrap_or_else(|| program.to_owned());
        let resource = Resource::builder_empty().with_attributes([
            KeyValue::new("service.name", service),
            KeyValue::new("service.version", version()),
            KeyValue::new("service.instance.id", unique_name()),
        ]);
        let provider = SdkTracerProvider::builder()
            .with_resource(resource.build())
            // What is kept is decided where a trace begins. What is part of none, such as the watching of gateways, is not.
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOff)))
            .with_span_processor(BatchSpanProcessor::builder(exporter, Tokio).build())
            .build();
        Ok(Self { provider, sampler: settings.sampler })
    }

    async fn finish(&self) {
        let provider = self.provider.clone();
        let end = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(GOODBYE));
        if !matches!(tokio::time::timeout(GOODBYE, end).await, Ok(Ok(Ok(())))) {
            tracing::debug!("the last traces were not handed over");
        }
    }

    /// Where the trace of a request or a job begins.
    fn origin(&self, id: &str, caller: Option<&SpanContext>) -> Context {
        let follows = caller.filter(|_| self.sampler.follows_caller);
        let trace_id = caller.map_or_else(|| trace_id_of(id), SpanContext::trace_id);
        let is_kept = follows.map_or_else(|| is_kept(trace_id, self.sampler.ratio), SpanContext::is_sampled);
        let span_id = caller.map_or_else(|| span_id_of(id), SpanContext::span_id);
        let flags = TraceFlags::default().with_sampled(is_kept);
        let origin = SpanContext::new(trace_id, span_id, flags, true, TraceState::NONE);
        Context::new().with_remote_span_context(origin)
    }
}

/// The span of a request, whose route and status are not known yet ([`answered`]); `traceparent` is what its caller says.
pub fn of_request(id: &str, traceparent: Option<&str>, method: &str) -> Span {
    let span = tracing::info_span!(
        target: TRACE,
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
        request_id = id,
    );
    begin(span, id, traceparent.and_then(caller).as_ref())
}

/// What came of the request of the current span. The route is that of the API document: paths may hold what is secret.
pub fn answered(method: &str, route: Option<&str>, status: u16) {
    let span = Span::current();
    if span.metadata().is_some_and(|metadata| metadata.target() == TRACE) {
        let route = route.unwrap_or("no route");
        // What was recorded as a name before the first step of the request began would not be taken.
        span.context().span().update_name(format!("{method} {route}"));
        span.record("http.route", route);
        span.record("http.response.status_code", status);
        if status >= 500 {
            span.record("otel.status_code", "ERROR");
        }
    }
}

/// The span of an attempt at a job, in the trace of the request that caused it, else in one of its own.
pub fn of_job(job: &mission_control_core::models::Job) -> Span {
    let id = job.id.to_string();
    let span = tracing::info_span!(
        target: TRACE,
        "job",
        otel.name = job.kind,
        otel.kind = "consumer",
        job.id = id,
        job.kind,
        job.attempt = job.attempts,
        agent.id = job.agent_id.map(tracing::field::display),
        board.id = job.board_id.map(tracing::field::display),
        gateway.id = job.gateway_id.map(tracing::field::display),
        request_id = job.request_id,
    );
    let origin = job.request_id.clone().unwrap_or(id);
    begin(span, &origin, None)
}

fn begin(span: Span, id: &str, caller: Option<&SpanContext>) -> Span {
    if !span.is_disabled()
        && let Some(traces) = TRACES.get()
        && let Err(error) = span.set_parent(traces.origin(id, caller))
    {
        tracing::debug!(%error, "a span is not part of its trace");
    }
    span
}

/// The id of the trace that a caller has begun, as 32 hex digits.
pub fn id_of_caller(traceparent: &str) -> Option<String> {
    caller(traceparent).map(|caller| caller.trace_id().to_string())
}

/// What a caller says of its trace: `00-<trace>-<span>-<flags>`, or the same in a later version with more behind it.
fn caller(traceparent: &str) -> Option<SpanContext> {
    let mut parts = traceparent.trim().split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let has_form = [(version, 2), (trace, 32), (span, 16), (flags, 2)].iter().all(|(part, length)| {
        part.len() == *length && part.bytes().all(|byte| b"0123456789abcdef".contains(&byte))
    });
    if !has_form || version == "ff" || (version == "00" && parts.next().is_some()) {
        return None;
    }
    let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()?);
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        flags,
        true,
        TraceState::NONE,
    );
    context.is_valid().then_some(context)
}

/// The trace of a request: ids that we make are ids of traces.
fn trace_id_of(id: &str) -> TraceId {
    let digits: String = id.chars().filter(|digit| *digit != '-').collect();
    let own = (digits.len() == 32).then(|| TraceId::from_hex(&digits).ok()).flatten();
    let made = || digest(id).first_chunk().map_or(TraceId::INVALID, |bytes| TraceId::from_bytes(*bytes));
    own.filter(|own| *own != TraceId::INVALID).unwrap_or_else(made)
}

/// The span above all others of a request's trace, which nobody sends: the same in every process.
fn span_id_of(id: &str) -> SpanId {
    digest(id).last_chunk().map_or(SpanId::INVALID, |bytes| SpanId::from_bytes(*bytes))
}

fn digest(id: &str) -> [u8; 32] {
    Sha256::digest(id).into()
}

/// Whether a trace is of the part that is kept: the same in every process.
fn is_kept(trace: TraceId, ratio: f64) -> bool {
    let bytes = trace.to_bytes();
    let Some(low) = bytes.last_chunk::<8>() else { return false };
    // A float holds 53 bits exactly.
    let place = u64::from_be_bytes(*low) >> 11;
    let place = place as f64 / (1_u64 << 53) as f64;
    place < ratio
}

/// Sends batches, and says once that they are not taken.
#[derive(Debug)]
struct Collector {
    client: reqwest::Client,
    is_away: AtomicBool,
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let answer = self.send(request).await;
        let is_away = !answer.as_ref().is_ok_and(|answer| answer.status().is_success());
        if self.is_away.swap(is_away, Ordering::Relaxed) != is_away {
            match (&answer, is_away) {
                (Err(error), _) => {
                    tracing::warn!(%error, "traces are lost: the collector does not take them")
                }
                (Ok(answer), true) => {
                    let status = answer.status().as_u16();
                    tracing::warn!(status, "traces are lost: the collector does not take them");
                }
                (Ok(_), false) => tracing::info!("the collector takes traces again"),
            }
        }
        answer
    }
}

impl Collector {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let mut request = reqwest::Request::try_from(request)?;
        *request.timeout_mut() = Some(PATIENCE);
        let answer = self.client.execute(request).await.map_err(reqwest::Error::without_url)?;
        // Nobody reads what it says: an answer may be of any length.
        Ok(Response::builder().status(answer.status()).body(Bytes::new())?)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    #[test]
    fn a_caller_is_followed_where_it_says_what_it_has_begun() {
        let context = caller(&format!("00-{TRACE_ID}-00f067aa0ba902b7-01")).unwrap();
        assert_eq!(context.trace_id().to_string(), TRACE_ID);
        assert!(context.is_sampled());
        assert_eq!(id_of_caller(&format!("cc-{TRACE_ID}-00f067aa0ba902b7-00-more")).unwrap(), TRACE_ID);
    }

    #[rstest]
    #[case("")]
    #[case("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")]
    #[case("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more")]
    #[case("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    #[case("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    #[case("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    #[case("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    fn what_is_no_trace_is_not(#[case] traceparent: &str) {
        assert!(caller(traceparent).is_none());
    }

    #[test]
    fn ids_of_ours_are_those_of_traces_and_others_make_one() {
        assert_eq!(trace_id_of(TRACE_ID).to_string(), TRACE_ID);
        assert_eq!(trace_id_of("4bf92f35-77b3-4da6-a3ce-929d0e0e4736").to_string(), TRACE_ID);
        let made = trace_id_of("nightly");
        assert!(made != TraceId::INVALID && made == trace_id_of("nightly") && made != trace_id_of("daily"));
        assert_ne!(span_id_of("nightly"), SpanId::INVALID);
    }

    #[test]
    fn a_part_of_the_traces_is_kept() {
        let kept = (0..1_000).filter(|n| is_kept(trace_id_of(&n.to_string()), 0.25)).count();
        assert!((150..350).contains(&kept), "{kept}");
        assert!(is_kept(trace_id_of("any"), 1.0) && !is_kept(trace_id_of("any"), 0.0));
    }
}
