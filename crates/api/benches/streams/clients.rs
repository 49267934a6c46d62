//! Clients that read a stream with as little work as possible: they share the machine with the server.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::server::{Server, TOKEN};

/// Longest wait for an event that must come.
const DEADLINE: Duration = Duration::from_secs(60);
/// What precedes an event's number.
const MARK: &[u8] = b"\"number\":";

/// An event of this number came at this time.
type Received = (usize, Instant);

#[derive(Default)]
pub(crate) struct Clients(Vec<mpsc::UnboundedReceiver<Received>>);

impl Clients {
    /// Connects more of them, a few at a time; each has seen the beginning of its stream.
    pub(crate) async fn connect(&mut self, server: &Server, more: usize) {
        for _ in 0..more {
            let (sender, receiver) = mpsc::unbounded_channel();
            let socket = open(server.address).await;
            tokio::spawn(read(socket, sender));
            self.0.push(receiver);
        }
    }

    /// How long after its commit each event reached each client, in microseconds.
    ///
    /// # Panics
    /// A client got an event twice, or not at all.
    pub(crate) async fn latencies(&mut self, committed: &[Instant]) -> Vec<u32> {
        let mut latencies = Vec::with_capacity(self.0.len() * committed.len());
        for client in &mut self.0 {
            for (expected, committed) in committed.iter().enumerate() {
                let received = tokio::time::timeout(DEADLINE, client.recv()).await;
                let (number, at) = received.expect("an event that must come").expect("an open stream");
                assert_eq!(number, expected, "each event comes once, in order");
                let latency = at.saturating_duration_since(*committed).as_micros();
                latencies.push(u32::try_from(latency).unwrap_or(u32::MAX));
            }
        }
        latencies
    }
}

async fn open(address: SocketAddr) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request =
        format!("GET /api/v1/events HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    // A stream begins with the number that it goes on from.
    while !head.windows(5).any(|bytes| bytes == b"\nid: ") {
        let read = tokio::time::timeout(DEADLINE, socket.read(&mut buffer));
        let length = read.await.expect("the beginning of a stream").unwrap();
        assert_ne!(length, 0, "{}", String::from_utf8_lossy(&head));
        head.extend_from_slice(&buffer[..length]);
    }
    socket
}

async fn read(mut socket: TcpStream, events: mpsc::UnboundedSender<Received>) {
    let mut buffer = Vec::with_capacity(16 * 1024);
    while socket.read_buf(&mut buffer).await.is_ok_and(|length| length > 0) {
        let now = Instant::now();
        let mut start = 0;
        while let Some((number, end)) = next_number(&buffer[start..]) {
            start += end;
            if events.send((number, now)).is_err() {
                return;
            }
        }
        // Perhaps the beginning of a mark and its number.
        start = start.max(buffer.len().saturating_sub(MARK.len() + 12));
        buffer.drain(..start);
    }
}

/// The first complete number in what was read, and where it ends.
fn next_number(bytes: &[u8]) -> Option<(usize, usize)> {
    let start = bytes.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    let digits = bytes[start..].iter().position(|byte| !byte.is_ascii_digit())?;
    let number = std::str::from_utf8(&bytes[start..start + digits]).ok()?.parse().ok()?;
    Some((number, start + digits))
}
