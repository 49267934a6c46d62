//! Connections as the server takes them: so many of one address, and none for ever for somebody who does not read.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::Protocol;
use actix_http::error::DispatchError;
use actix_service::{ServiceFactory, fn_service};
use ipnet::IpNet;
use mission_control_core::limits::{CONNECTIONS, SEND_BUFFER, STALLED};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep, timeout};

use super::client_address::network_of;

/// How long a connection that is one too many is kept to be told so.
const FAREWELL: Duration = Duration::from_secs(1);
/// How long an answer may make no progress.
const PATIENCE: Duration = Duration::from_secs(STALLED as u64);

/// What somebody reads who has too many connections.
const TOO_MANY: &str = r#"{"detail":"This address has too many connections to this server.","code":"rate_limited","next_step":"Close some of them. Behind a reverse proxy, the operator lists its address in TRUSTED_PROXIES."}"#;

/// Who is connected now, by address. What runs on this machine, and proxies that the operator trusts, stand for many and are not
/// counted.
#[derive(Debug)]
pub(crate) struct Seats {
    most: usize,
    trusted: Vec<IpNet>,
    taken: Mutex<HashMap<String, usize>>,
}

/// A connection's place among those of its address.
#[derive(Debug)]
struct Seat {
    seats: Arc<Seats>,
    address: Option<String>,
}

impl Seats {
    /// Everybody's, but those of `trusted` proxies.
    pub(crate) fn new(trusted: &[IpNet]) -> Arc<Self> {
        Arc::new(Self { most: CONNECTIONS, trusted: trusted.to_vec(), taken: Mutex::default() })
    }

    fn seat(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let peer = peer.to_canonical();
        if peer.is_loopback() || self.trusted.iter().any(|network| network.contains(&peer)) {
            return Some(Seat { seats: Arc::clone(self), address: None });
        }
        let address = network_of(peer);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_address = taken.entry(address.clone()).or_default();
        if *of_address >= self.most {
            return None;
        }
        *of_address += 1;
        Some(Seat { seats: Arc::clone(self), address: Some(address) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(address) = &self.address else { return };
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_address) = taken.get_mut(address) {
            *of_address -= 1;
            if *of_address == 0 {
                taken.remove(address);
            }
        }
    }
}

/// A connection. What it is sent has to be read, however slowly: after a while without any progress it ends.
#[derive(Debug)]
pub(crate) struct Line<T> {
    io: T,
    stalled: Option<Pin<Box<Sleep>>>,
    _seat: Option<Seat>,
}

impl<T> Line<T> {
    /// Fails once a write has waited for too long.
    fn watched(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let deadline = self.stalled.get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
        ready!(deadline.as_mut().poll(context));
        tracing::debug!("a connection ended whose client does not read");
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Line<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(context, buffer)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Line<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(context, bytes);
        self.watched(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

/// Takes connections as `seats` allow, and hands them on.
pub(crate) fn lines(
    seats: Arc<Seats>,
) -> impl ServiceFactory<
    TcpStream,
    Config = (),
    Response = (Line<TcpStream>, Protocol, Option<std::net::SocketAddr>),
    Error = DispatchError,
    InitError = (),
> {
    fn_service(move |io: TcpStream| {
        let seats = Arc::clone(&seats);
        async move {
            let peer = io.peer_addr().map_err(DispatchError::Io)?;
            let Some(seat) = seats.seat(peer.ip()) else {
                turn_away(io).await;
                return Err(DispatchError::Io(io::ErrorKind::QuotaExceeded.into()));
            };
            io.set_nodelay(true).map_err(DispatchError::Io)?;
            // What the system keeps for a client that does not read, and the measure of progress: it makes room in thirds of it.
            if let Err(error) = SockRef::from(&io).set_send_buffer_size(SEND_BUFFER) {
                tracing::debug!(%error, "size of a send buffer not set");
            }
            Ok((Line { io, stalled: None, _seat: Some(seat) }, Protocol::Http1, Some(peer)))
        }
    })
}

/// Tells a client that it has too many connections, if it hears of it at once.
async fn turn_away(mut io: TcpStream) {
    let told = async {
        // What is not read would end the connection before the answer has arrived.
        let mut asked = [0; 1024];
        let _ = io.read(&mut asked).await?;
        let length = TOO_MANY.len();
        let head = format!(
            "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nRetry-After: 5\r\n\
             Connection: close\r\n\r\n"
        );
        io.write_all(head.as_bytes()).await?;
        io.write_all(TOO_MANY.as_bytes()).await?;
        io.shutdown().await
    };
    drop(timeout(FAREWELL, told).await);
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;
    use tokio::time::Instant;

    use super::*;

    fn line(io: tokio::io::DuplexStream) -> Line<tokio::io::DuplexStream> {
        Line { io, stalled: None, _seat: None }
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_read_is_cut_off_however_much_was_read_before() {
        for read in [0, 1, 63, 1_000] {
            let (ours, mut theirs) = duplex(64);
            let mut line = line(ours);
            let reader = tokio::spawn(async move {
                theirs.read_exact(&mut vec![0; read]).await.unwrap();
                // Holds on to the connection without reading.
                std::future::pending::<()>().await;
                drop(theirs);
            });
            let begun = Instant::now();
            let error = line.write_all(&[0; 4_000]).await.unwrap_err();
            assert_eq!((error.kind(), begun.elapsed()), (io::ErrorKind::TimedOut, PATIENCE), "{read}");
            reader.abort();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_slowly_gets_everything() {
        let (ours, mut theirs) = duplex(64);
        let mut line = line(ours);
        let reader = tokio::spawn(async move {
            let mut buffer = [0; 64];
            let mut count = 0;
            while count < 640 {
                sleep(PATIENCE - Duration::from_secs(1)).await;
                count += theirs.read(&mut buffer).await.unwrap();
            }
        });
        line.write_all(&[0; 640]).await.unwrap();
        reader.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_nothing_is_to_be_written_waits_for_ever() {
        let (ours, mut theirs) = duplex(64);
        let mut line = line(ours);
        line.write_all(b"event").await.unwrap();
        sleep(10 * PATIENCE).await;
        line.write_all(b"event").await.unwrap();
        theirs.read_exact(&mut [0; 10]).await.unwrap();
    }

    #[test]
    fn an_address_has_so_many_connections_and_gets_each_back() {
        let networks = ["10.0.0.0/8".parse().unwrap()];
        let seats = Arc::new(Seats { most: 2, trusted: networks.to_vec(), taken: Mutex::default() });
        let seat = |peer: &str| seats.seat(peer.parse().unwrap());
        let first = seat("192.0.2.1").unwrap();
        // The same in another form, and another address of the network that one customer gets.
        let _second = seat("::ffff:192.0.2.1").unwrap();
        assert!(seat("192.0.2.1").is_none());
        let _other = seat("192.0.2.2").unwrap();
        drop(first);
        let _again = seat("192.0.2.1").unwrap();
        assert!(seat("::ffff:192.0.2.1").is_none());
        let _sixth = [seat("2001:db8::1").unwrap(), seat("2001:db8::2").unwrap()];
        assert!(seat("2001:db8::3").is_none() && seat("2001:db8:0:1::3").is_some());
        let proxies: Vec<_> =
            (0..9).map(|_| (seat("10.1.2.3").unwrap(), seat("127.0.0.1").unwrap())).collect();
        drop(proxies);
        assert_eq!(seats.taken.lock().unwrap().len(), 3);
    }
}
