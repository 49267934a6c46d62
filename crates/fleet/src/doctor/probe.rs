//! Asking a server of ours over HTTP, by hand: it needs no client, and no trust.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use mission_control_core::config::HttpSettings;
use mission_control_core::limits::HEALTH_ANSWER;

/// Where the server listens, as this machine reaches it.
pub fn own_address(http: &HttpSettings) -> String {
    let host = match http.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    if host.contains(':') { format!("[{host}]:{}", http.port) } else { format!("{host}:{}", http.port) }
}

/// The whole answer to `GET path`, head and body.
///
/// # Errors
/// Nothing answers in time.
pub fn ask(address: &str, path: &str, deadline: Duration) -> io::Result<String> {
    let resolved = address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
    let mut stream = TcpStream::connect_timeout(&resolved, deadline)?;
    stream.set_read_timeout(Some(deadline))?;
    stream.set_write_timeout(Some(deadline))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(HEALTH_ANSWER).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
