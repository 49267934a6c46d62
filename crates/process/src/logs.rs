//! How every process writes its log: one line per event on standard error, as text or JSON; and what it writes, which the database
//! may say for a while in place of the configuration.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use chrono::{Local, Utc};
use mission_control_core::config::{LogFormat, LogLevel, Settings};
use mission_control_core::models::{LogOverride, Program};
use mission_control_core::time::Timestamp;
use mission_control_fleet::{Fleet, log_levels};
use mission_control_gateway_rpc::TRACE;
use mission_control_queue::Wakeup;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, reload};

use crate::log_filter;
use crate::traces;

/// What is logged by this process.
static INSTALLED: OnceLock<Installed> = OnceLock::new();

struct Installed {
    configured: LogLevel,
    filter: reload::Handle<EnvFilter, Registry>,
}

/// Installs the subscriber for the rest of the process. The first call wins; later ones change nothing. Where a collector takes
/// traces it gets those of `program`, from tasks of the runtime in which this is called.
pub fn init(settings: &Settings, program: Program) {
    let tracer = settings.traces.as_ref().map(|settings| traces::start(settings, program_name(program)));
    let (tracer, fault) = match tracer.transpose() {
        Ok(tracer) => (tracer, None),
        Err(error) => (None, Some(error)),
    };
    let settings = &settings.log;
    let (filter, handle) = reload::Layer::new(EnvFilter::new(log_filter::of_level(settings.level)));
    let lines = tracing_subscriber::fmt::layer()
        .with_timer(Clock { utc: settings.utc })
        // A line that cannot be written (the disk is full) is lost; to complain about it where it failed would end the
        // process.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let lines = match settings.format {
        LogFormat::Text => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // An error means that a subscriber is installed already.
    let spans = tracer.map(|tracer| {
        let is_span = filter_fn(|metadata| metadata.is_span() && metadata.target() == TRACE);
        tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_location(false)
            .with_threads(false)
            .with_filter(is_span)
    });
    let subscriber = tracing_subscriber::registry().with(lines.with_filter(filter)).with(spans);
    if subscriber.try_init().is_ok() {
        let _ = INSTALLED.set(Installed { configured: settings.level, filter: handle });
    }
    if let Some(error) = fault {
        tracing::error!(%error, "there are no traces");
    }
}

const fn program_name(program: Program) -> &'static str {
    match program {
        Program::Worker => "mission-control-worker",
        Program::Gateway => "mission-control-gateway",
        Program::Api | Program::Foreign(_) => "mission-control-api",
    }
}

/// Logs what the database says for `program` as long as it says so, and what the configuration says otherwise, until `stop`.
/// Returns at once where this process has not installed a log of its own.
pub async fn follow(fleet: Fleet, program: Program, stop: CancellationToken) {
    if let Some(installed) = INSTALLED.get() {
        stop.run_until_cancelled(installed.follow(&fleet, program)).await;
    }
}

impl Installed {
    async fn follow(&self, fleet: &Fleet, program: Program) {
        let mut wakes = fleet.queue().subscribe();
        // Without Redis nobody tells what another process, such as a command, has written.
        let is_told = fleet.settings().queue.redis_url.is_some();
        let mut current: Option<LogOverride> = None;
        loop {
            match log_levels::of(fleet, program).await {
                Ok(wanted) if wanted != current => {
                    self.apply(wanted.as_ref());
                    current = wanted;
                }
                Ok(_) => {}
                Err(error) => tracing::debug!(%error, "not looked for another log level"),
            }
            let left = current.as_ref().map(|current| current.expires_at.since(Timestamp::now()));
            tokio::select! {
                () = news(&mut wakes) => {}
                () = fleet.next_round(), if !is_told => {}
                // Also while the database is away.
                () = end_of(left) => if current.take().is_some() { self.apply(None) },
            }
        }
    }

    fn apply(&self, wanted: Option<&LogOverride>) {
        let configured = self.configured;
        let filter = match wanted {
            Some(wanted) => log_filter::parse(&wanted.filter, configured),
            None => Ok(log_filter::of_level(configured)),
        };
        let filter = filter.unwrap_or_else(|reason| {
            tracing::warn!(reason, "log filter of another release is not used");
            log_filter::of_level(configured)
        });
        if let Err(error) = self.filter.reload(EnvFilter::new(&filter)) {
            tracing::error!(%error, "log filter not replaced");
        }
        match wanted {
            Some(wanted) => tracing::warn!(filter, until = %wanted.expires_at, "log level set"),
            None => tracing::warn!(filter, "log level is that of the configuration again"),
        }
    }
}

/// Returns when somebody has said, or may have said, that another level is wanted.
async fn news(wakes: &mut Receiver<Wakeup>) {
    loop {
        match wakes.recv().await {
            // The connection to Redis was lost, and something may have been missed.
            Ok(Wakeup::LogLevels | Wakeup::Event { seq: 0 }) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

async fn end_of(left: Option<Duration>) {
    match left {
        Some(left) => tokio::time::sleep(left).await,
        None => std::future::pending().await,
    }
}

struct Clock {
    utc: bool,
}

impl FormatTime for Clock {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        if self.utc {
            write!(writer, "{}", Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ"))
        } else {
            write!(writer, "{}", Local::now().format("%Y-%m-%dT%H:%M:%S%.3f%:z"))
        }
    }
}
