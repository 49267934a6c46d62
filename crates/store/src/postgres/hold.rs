//! Keeping a session's first statements together behind a connection pooler.
//!
//! A pooler in transaction mode (PgBouncer) gives each transaction whichever server connection is free. diesel prepares a
//! statement and runs it in two steps as soon as it has connected: the second could meet another client's statement. So the
//! relay opens a transaction before libpq learns that it is connected, which ties both to one server connection; whoever
//! connects commits it.

use std::io;

use mission_control_core::limits::DATABASE_GREETING;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::UnixStream;

/// The server waits for a query.
const READY: u8 = b'Z';

/// `BEGIN` as a simple query.
const BEGIN: &[u8] = b"Q\0\0\0\x0aBEGIN\0";

/// Relays the authentication and opens a transaction after it. Returns when libpq has been told that it is connected.
pub(super) async fn open_transaction<S>(client: &mut UnixStream, server: &mut S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut from_client = vec![0; 4096];
    let mut from_server = Vec::new();
    let mut begun = None;
    loop {
        while let Some(message) = next_message(&mut from_server)? {
            match (message.first(), &begun) {
                (Some(&READY), None) => {
                    server.write_all(BEGIN).await?;
                    server.flush().await?;
                    begun = Some(message);
                }
                (Some(&READY), Some(ready)) => {
                    client.write_all(ready).await?;
                    return client.write_all(&from_server).await;
                }
                // What BEGIN is answered with is not for libpq; a refusal is.
                (Some(b'C'), Some(_)) => {}
                _ => client.write_all(&message).await?,
            }
        }
        tokio::select! {
            read = client.read(&mut from_client) => match read? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                length => {
                    server.write_all(from_client.get(..length).unwrap_or_default()).await?;
                    server.flush().await?;
                }
            },
            read = server.read_buf(&mut from_server) => {
                if read? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
        }
    }
}

/// Takes the first message off what was read, once all of it is there.
fn next_message(read: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    let Some(length) = read.get(1..5).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes) else {
        return Ok(None);
    };
    let whole = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(1);
    if !(5..=DATABASE_GREETING).contains(&whole) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    if read.len() < whole {
        return Ok(None);
    }
    let rest = read.split_off(whole);
    Ok(Some(std::mem::replace(read, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_taken_one_by_one_and_never_before_they_are_whole() {
        let mut read = b"Z\0\0\0\x05IR\0\0\0\x08\0\0".to_vec();
        assert_eq!(next_message(&mut read).unwrap().unwrap(), b"Z\0\0\0\x05I");
        assert_eq!(next_message(&mut read).unwrap(), None);
        read.extend(b"\0\0");
        assert_eq!(next_message(&mut read).unwrap().unwrap(), b"R\0\0\0\x08\0\0\0\0");
        assert!(read.is_empty());
    }

    #[test]
    fn a_message_of_an_impossible_length_ends_the_connection() {
        for length in [0_u32, 3, 65_536, u32::MAX] {
            let mut read = [b"R".as_slice(), &length.to_be_bytes()].concat();
            assert!(next_message(&mut read).is_err(), "{length}");
        }
    }
}
