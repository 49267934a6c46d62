use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::AbortOnDropHandle;

/// Longest request head that is read before the header is inserted.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// A reverse proxy in front of a gateway that names every client as coming from one far address.
///
/// It inserts `X-Forwarded-For` into the first request of each connection, which for a WebSocket is the
/// only one. Behind a gateway that trusts loopback as a proxy, its clients are remote clients.
#[derive(Debug)]
pub struct ForwardingProxy {
    address: SocketAddr,
    // Ends the proxy and its connections when dropped.
    _accepting: AbortOnDropHandle<()>,
}

impl ForwardingProxy {
    /// Starts a proxy on a free loopback port to the gateway on loopback port `gateway_port`.
    pub async fn start(gateway_port: u16, client: IpAddr) -> ForwardingProxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("bind a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let accepting = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((downstream, _)) = listener.accept().await {
                connections.spawn(forward(downstream, gateway_port, client));
                while connections.try_join_next().is_some() {}
            }
        });
        ForwardingProxy { address, _accepting: AbortOnDropHandle::new(accepting) }
    }

    /// The WebSocket address to reach the gateway through the proxy.
    pub fn url(&self) -> String {
        format!("ws://{}", self.address)
    }
}

async fn forward(mut downstream: TcpStream, gateway_port: u16, client: IpAddr) -> io::Result<()> {
    let mut head = Vec::new();
    let first_line_end = loop {
        if let Some(end) = head.windows(2).position(|pair| pair == b"\r\n") {
            break end + 2;
        }
        if head.len() > MAX_HEAD_BYTES || downstream.read_buf(&mut head).await? == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    };
    let header = format!("X-Forwarded-For: {client}\r\n");
    head.splice(first_line_end..first_line_end, header.into_bytes());
    let mut upstream = TcpStream::connect((Ipv4Addr::LOCALHOST, gateway_port)).await?;
    upstream.write_all(&head).await?;
    copy_bidirectional(&mut downstream, &mut upstream).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_upstream_sees_the_clients_far_address_and_both_sides_talk_on() {
        let upstream = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = upstream.local_addr().unwrap().port();
        let proxy = ForwardingProxy::start(port, "203.0.113.7".parse().unwrap()).await;

        let mut client = TcpStream::connect(proxy.address).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nHost: gateway\r\n\r\n").await.unwrap();
        let (mut server, _) = upstream.accept().await.unwrap();
        let expected = b"GET / HTTP/1.1\r\nX-Forwarded-For: 203.0.113.7\r\nHost: gateway\r\n\r\n";
        let mut seen = vec![0; expected.len()];
        server.read_exact(&mut seen).await.unwrap();
        assert_eq!(seen, expected);

        server.write_all(b"hello").await.unwrap();
        let mut answer = [0; 5];
        client.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"hello");
    }
}
