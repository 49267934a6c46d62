use std::time::{Duration, Instant};

use mission_control_testkit::chaos::ChaosProxy;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A server that sends back what it gets.
async fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = socket.split();
                tokio::io::copy(&mut from, &mut to).await
            });
        }
    });
    address
}

async fn round_trip(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"ping").await?;
    let mut answer = [0; 4];
    stream.read_exact(&mut answer).await?;
    assert_eq!(&answer, b"ping");
    Ok(())
}

#[tokio::test]
async fn bytes_pass_both_ways() {
    let proxy = ChaosProxy::start(echo().await).await;
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    round_trip(&mut stream).await.unwrap();
}

#[tokio::test]
async fn a_broken_proxy_cuts_connections_and_lets_none_through_until_restored() {
    let proxy = ChaosProxy::start(echo().await).await;
    let mut before = TcpStream::connect(proxy.address()).await.unwrap();
    round_trip(&mut before).await.unwrap();

    proxy.break_down();
    assert!(round_trip(&mut before).await.is_err());
    let mut during = TcpStream::connect(proxy.address()).await.unwrap();
    assert!(round_trip(&mut during).await.is_err());

    proxy.restore();
    let mut after = TcpStream::connect(proxy.address()).await.unwrap();
    round_trip(&mut after).await.unwrap();
}

#[tokio::test]
async fn latency_is_added_in_both_directions() {
    let proxy = ChaosProxy::start(echo().await).await;
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    proxy.set_latency(Duration::from_millis(50));
    let start = Instant::now();
    round_trip(&mut stream).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn the_end_of_one_side_reaches_the_other() {
    let proxy = ChaosProxy::start(echo().await).await;
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    stream.write_all(b"last words").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(answer, b"last words");
}
