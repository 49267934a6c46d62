//! The address that people and agents use: passes each connection on to an API process that takes it.

use std::net::Ipv4Addr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(super) struct FrontDoor {
    pub(super) port: u16,
    accepting: JoinHandle<()>,
}

impl FrontDoor {
    pub(super) async fn open(backends: Vec<u16>) -> FrontDoor {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let accepting = tokio::spawn(async move {
            let mut turn = 0;
            while let Ok((mut client, _)) = listener.accept().await {
                turn += 1;
                let mut order = backends.clone();
                order.rotate_left(turn % backends.len());
                tokio::spawn(async move {
                    for backend in order {
                        if let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, backend)).await {
                            // Whichever side ends it, both see it.
                            let _ = copy_bidirectional(&mut client, &mut server).await;
                            return;
                        }
                    }
                });
            }
        });
        FrontDoor { port, accepting }
    }
}

impl Drop for FrontDoor {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
