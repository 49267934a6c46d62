//! `serve`.

use std::io::{ErrorKind, IsTerminal, Write};
use std::net::TcpListener;
use std::path::Path;

use clap::Args;
use mission_control_core::config::{LocalSettings, Settings};
use mission_control_core::models::Program;
use mission_control_process::{Exit, Failure, logs, memory, runtime, supervisor, tls, traces};
use secrecy::ExposeSecret;

use super::start::told;
use crate::auth::kept_local_token;
use crate::{data_dir, server};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address to listen on [env: HOST] [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    host: Option<String>,
    /// Port to listen on; 0 for any free one [env: PORT] [default: 8000]
    #[arg(long)]
    port: Option<u16>,
    /// Also play a simulated gateway in this process, with a board and a few agents that check in
    #[arg(long)]
    demo: bool,
}

pub(super) fn run(arguments: Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    memory::few_arenas();
    let port = arguments.port.map(|port| port.to_string());
    let mut told = told(env_file, [("HOST", arguments.host), ("PORT", port)])?;
    // Who has a look at the demo is given its token, and is not asked to make an account first.
    if arguments.demo && told.get("AUTH_MODE").is_none_or(|modes| modes.trim().is_empty()) {
        told.insert("AUTH_MODE".to_owned(), "local".to_owned());
    }
    let mut settings = Settings::from_env(told)?;
    let runtime = runtime()?;
    let inside = runtime.enter();
    logs::init(&settings, Program::Api);
    drop(inside);
    tls::install_provider();
    let listener = listen(&settings)?;
    let address = listener.local_addr().map_err(|error| Failure::new(Exit::Address, error))?;
    tracing::info!(%address, environment = settings.environment, "listening");
    if settings.http.port == 0
        && let Some(base_url) = settings.http.base_url.strip_suffix(":0")
    {
        settings.http.base_url = format!("{base_url}:{}", address.port());
    }
    if arguments.demo {
        say(&welcome(&settings));
    } else {
        announce_new_token(&mut settings)?;
    }
    runtime.block_on(async {
        let stopped = supervisor::stopped_by_signals()?;
        let ended = if arguments.demo {
            server::run_demo(settings, listener, stopped).await
        } else {
            server::run(settings, listener, stopped).await
        };
        traces::finish().await;
        ended
    })
}

/// Where a newcomer finds what, and a first request to copy.
fn welcome(settings: &Settings) -> String {
    let base_url = &settings.http.base_url;
    let (kept, token) = match &settings.auth.local {
        Some(LocalSettings { token: None }) => {
            let file = settings.data_dir.join("local-auth-token");
            (file.display().to_string(), format!("$(cat {})", file.display()))
        }
        Some(_) => ("LOCAL_AUTH_TOKEN".to_owned(), "$LOCAL_AUTH_TOKEN".to_owned()),
        None => ("none: people sign in with accounts".to_owned(), "$TOKEN".to_owned()),
    };
    format!(
        "\nMission Control with a demo fleet: a simulated gateway, a board, four agents\n\n  \
         address       {base_url}\n  \
         API           {base_url}/docs\n  \
         access token  {kept}\n\n  \
         curl -H \"Authorization: Bearer {token}\" {base_url}/api/v1/agents\n\n\
         The agents come online within seconds. Stop with Ctrl-C.\n"
    )
}

fn listen(settings: &Settings) -> Result<TcpListener, Failure> {
    let (host, port) = (settings.http.host.as_str(), settings.http.port);
    TcpListener::bind((host, port)).map_err(|error| {
        let fix = match error.kind() {
            ErrorKind::AddrInUse => "stop what uses it, or choose another with --port",
            ErrorKind::PermissionDenied => "choose a port above 1023 with --port",
            _ => "choose an address of this machine with --host",
        };
        Failure::new(Exit::Address, format!("cannot listen on {host}:{port}: {error}; {fix}"))
    })
}

/// Tells on standard output; whether anybody can read it there (its disk may be full) does not keep the server from serving.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Makes the access token of a first start, and says where it is. It is shown to a terminal alone: what goes anywhere else, such
/// as the journal, stays there and is read by others.
fn announce_new_token(settings: &mut Settings) -> Result<(), Failure> {
    let Some(LocalSettings { token: token @ None }) = &mut settings.auth.local else { return Ok(()) };
    let file = kept_local_token(&settings.data_dir)
        .map_err(|error| data_dir::failure(&settings.data_dir, &error))?;
    if file.created {
        say(&format!("Mission Control is at {}", settings.http.base_url));
        say(&format!("The access token is in {}", file.path.display()));
        if std::io::stdout().is_terminal() {
            say(&format!("It is {}", file.secret.expose_secret()));
        }
    }
    *token = Some(file.secret);
    Ok(())
}
