//! `healthcheck`: one request, by hand, so that an image needs no `curl`.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use clap::Args;
use mission_control_core::config::Settings;
use mission_control_core::limits::HEALTH_ANSWER;

use super::start::settings;
use mission_control_process::{Exit, Failure};

const DEADLINE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address of the server, `host:port`; by default the one that `serve` would listen on
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let address = match &arguments.address {
        Some(address) => address.clone(),
        None => own_address(&settings([])?),
    };
    let answer = ask(&address).map_err(|error| {
        Failure::new(Exit::Failed, format!("no server answers at {address}: {error}; start it with `serve`"))
    })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if head.split_whitespace().nth(1) == Some("200") {
        println!("{body}");
        Ok(())
    } else {
        Err(Failure::new(Exit::Failed, format!("the server at {address} is not ready: {body}")))
    }
}

fn own_address(settings: &Settings) -> String {
    let host = match settings.http.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    let port = settings.http.port;
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

fn ask(address: &str) -> io::Result<String> {
    let resolved = address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
    let mut stream = TcpStream::connect_timeout(&resolved, DEADLINE)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    stream.set_write_timeout(Some(DEADLINE))?;
    write!(stream, "GET /readyz HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(HEALTH_ANSWER).read_to_string(&mut answer)?;
    Ok(answer)
}
