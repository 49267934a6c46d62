//! A mail server that keeps what it is given.

#![allow(clippy::expect_used, reason = "a test kit reports failures by panicking")]

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A letter as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Whom it is to.
    pub to: String,
    /// Head and text, with what was encoded for the way as it was before.
    pub content: String,
}

/// A mail server. Ends when dropped.
pub struct MailServer {
    address: SocketAddr,
    letters: watch::Receiver<Vec<Received>>,
    task: JoinHandle<()>,
}

impl MailServer {
    /// Starts one that takes whatever comes, but for addresses that begin with `nobody@`.
    ///
    /// # Panics
    /// There is no port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (keep, letters) = watch::channel(Vec::new());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let keep = keep.clone();
                // Whoever hangs up has no more to say.
                tokio::spawn(async move { serve(stream, &keep).await.ok() });
            }
        });
        Self { address, letters, task }
    }

    /// The URL for `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The letters once there are so many.
    ///
    /// # Panics
    /// The server has ended.
    pub async fn letters(&self, count: usize) -> Vec<Received> {
        let mut letters = self.letters.clone();
        letters.wait_for(|letters| letters.len() >= count).await.expect("a mail server").clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Speaks with one client (RFC 5321).
async fn serve(stream: TcpStream, keep: &watch::Sender<Vec<Received>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    stream.write_all(b"220 here\r\n").await?;
    loop {
        let line = line(&mut stream).await?;
        let answer = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "RCPT" => {
                let address = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
                to = address.map(|(address, _)| address.to_owned()).unwrap_or_default();
                if to.starts_with("nobody@") { "550 nobody of this name" } else { "250 yes" }
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let content = content(&mut stream).await?;
                keep.send_modify(|letters| letters.push(Received { to: to.clone(), content }));
                "250 taken"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 yes",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await? {
        0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
    }
}

/// Everything up to the line with only a full stop. Quoted-printable texts (RFC 2045) are read as such.
async fn content(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut content = Vec::new();
    loop {
        let line = line(stream).await?;
        if line == "." {
            break;
        }
        let line = line.strip_prefix('.').unwrap_or(&line).to_owned();
        match line.strip_suffix('=') {
            Some(goes_on) => content.extend(unquoted(goes_on)),
            None => content.extend(unquoted(&line).into_iter().chain([b'\n'])),
        }
    }
    Ok(String::from_utf8_lossy(&content).into_owned())
}

fn unquoted(line: &str) -> Vec<u8> {
    let mut bytes = line.as_bytes().iter();
    let mut plain = Vec::with_capacity(line.len());
    while let Some(&byte) = bytes.next() {
        let code = bytes.as_slice().get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.filter(|_| byte == b'=').and_then(|two| u8::from_str_radix(two, 16).ok());
        match code {
            Some(code) => {
                plain.push(code);
                bytes.nth(1);
            }
            None => plain.push(byte),
        }
    }
    plain
}
