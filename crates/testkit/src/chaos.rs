//! A TCP proxy that fails on demand: put it between a client and its database, Redis or gateway.

#![allow(clippy::expect_used, reason = "a test kit reports failures by panicking")]

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Conditions {
    up: bool,
    latency: Duration,
    /// How often all connections were cut.
    cuts: u64,
}

/// The proxy. Ends, with its connections, when dropped.
#[derive(Debug)]
pub struct ChaosProxy {
    address: SocketAddr,
    conditions: watch::Sender<Conditions>,
    acceptor: JoinHandle<()>,
}

impl ChaosProxy {
    /// Listens on a free local port and passes everything on to `target` (`host:port`).
    pub async fn start(target: impl Into<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind a local port");
        let address = listener.local_addr().expect("the address just bound");
        let (conditions, seen) = watch::channel(Conditions { up: true, latency: Duration::ZERO, cuts: 0 });
        let acceptor = tokio::spawn(accept(listener, target.into(), seen));
        ChaosProxy { address, conditions, acceptor }
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Cuts every connection and refuses new ones (they are closed as soon as they are accepted).
    pub fn break_down(&self) {
        self.conditions.send_modify(|conditions| conditions.up = false);
    }

    /// Cuts every connection; new ones go through.
    pub fn cut(&self) {
        self.conditions.send_modify(|conditions| conditions.cuts += 1);
    }

    /// Lets connections through again. Those that were cut stay cut.
    pub fn restore(&self) {
        self.conditions.send_modify(|conditions| conditions.up = true);
    }

    /// Delays every packet, in both directions, by this much from now on.
    pub fn set_latency(&self, latency: Duration) {
        self.conditions.send_modify(|conditions| conditions.latency = latency);
    }
}

impl Drop for ChaosProxy {
    fn drop(&mut self) {
        self.break_down();
        self.acceptor.abort();
    }
}

async fn accept(listener: TcpListener, target: String, conditions: watch::Receiver<Conditions>) {
    while let Ok((client, _)) = listener.accept().await {
        if conditions.borrow().up {
            tokio::spawn(serve(client, target.clone(), conditions.clone()));
        }
    }
}

/// Passes bytes both ways until one side ends, the link fails or the proxy breaks down.
async fn serve(client: TcpStream, target: String, conditions: watch::Receiver<Conditions>) {
    let mut down = conditions.clone();
    let begun = down.borrow().cuts;
    let relay = async move {
        let server = TcpStream::connect(target).await?;
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::try_join!(
            copy(from_client, to_server, conditions.clone()),
            copy(from_server, to_client, conditions.clone()),
        )
    };
    tokio::select! {
        // Whichever way the relay ends, both sockets close; the clients see it.
        _ = relay => {}
        _ = down.wait_for(|conditions| !conditions.up || conditions.cuts != begun) => {}
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    conditions: watch::Receiver<Conditions>,
) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        let latency = conditions.borrow().latency;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        match buffer.get(..length) {
            Some([]) | None => return to.shutdown().await,
            Some(bytes) => to.write_all(bytes).await?,
        }
    }
}
