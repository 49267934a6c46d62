//! How every process writes its log: one line per event on standard error, as text or JSON.

use std::fmt;

use chrono::{Local, Utc};
use mission_control_core::config::{LogFormat, LogSettings};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

/// Crates whose details below `info` are of no use to whoever debugs this product.
const CHATTY: &[&str] = &["actix_http", "actix_server", "h2", "hyper", "mio", "rustls", "tungstenite"];

/// Installs the subscriber for the rest of the process. The first call wins; later ones change nothing.
pub fn init(settings: &LogSettings) {
    let mut filter = settings.level.as_str().to_owned();
    if matches!(settings.level.as_str(), "debug" | "trace") {
        for chatty in CHATTY {
            filter.push_str(&format!(",{chatty}=info"));
        }
    }
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_timer(Clock { utc: settings.utc })
        // A line that cannot be written (the disk is full) is lost; to complain about it where it failed would end the
        // process.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    // An error means that a subscriber is installed already.
    let _ = match settings.format {
        LogFormat::Text => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
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
