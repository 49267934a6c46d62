//! Reading a body from a sender that keeps up.

use std::time::Duration;

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use mission_control_core::limits::{BODY_GRACE, BODY_RATE, BODY_TIME};
use tokio::time::{Instant, timeout_at};

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is larger than what was to be read.
    TooLarge,
    /// It did not come fast enough.
    TooSlow,
    /// Too much is being read at the same time.
    NoRoom,
    /// The connection failed.
    Broken(PayloadError),
}

/// Reads at most `limit` bytes. Each byte that comes buys time for the next, up to a total: a sender that goes quiet, or
/// drips, is cut off soon, and one on a slow line is not. `has_room` is asked before so many more bytes are kept.
///
/// # Errors
/// What kept the body from being read.
pub(crate) async fn read_paced(
    body: impl Stream<Item = Result<Bytes, PayloadError>>,
    limit: usize,
    mut has_room: impl AsyncFnMut(usize) -> bool,
) -> Result<Bytes, Unread> {
    let mut body = std::pin::pin!(body);
    let begun = Instant::now();
    let mut read = BytesMut::new();
    loop {
        let time = (BODY_GRACE + read.len() / BODY_RATE).min(BODY_TIME);
        let deadline = begun + Duration::from_secs(u64::try_from(time).unwrap_or(u64::MAX));
        match timeout_at(deadline, body.next()).await {
            Err(_) => return Err(Unread::TooSlow),
            Ok(None) => return Ok(read.freeze()),
            Ok(Some(Err(error))) => return Err(Unread::Broken(error)),
            Ok(Some(Ok(chunk))) if chunk.len() > limit - read.len() => return Err(Unread::TooLarge),
            Ok(Some(Ok(chunk))) => {
                if !has_room(chunk.len()).await {
                    return Err(Unread::NoRoom);
                }
                read.extend_from_slice(&chunk);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    /// A body of `count` chunks of `size` bytes, one each `pause` seconds.
    fn dripping(count: usize, size: usize, pause: u64) -> impl Stream<Item = Result<Bytes, PayloadError>> {
        stream::iter(0..count).then(move |_| async move {
            tokio::time::sleep(Duration::from_secs(pause)).await;
            Ok(Bytes::from(vec![0; size]))
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_sender_that_drips_is_cut_off_after_the_grace() {
        let begun = Instant::now();
        assert!(matches!(read_paced(dripping(1000, 1, 9), 1000, async |_| true).await, Err(Unread::TooSlow)));
        assert_eq!(begun.elapsed(), Duration::from_secs(BODY_GRACE as u64));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sender_on_a_slow_line_that_keeps_up_is_read_to_the_end() {
        let (count, size) = (BODY_TIME - 1, BODY_RATE);
        let body = read_paced(dripping(count, size, 1), count * size, async |_| true).await.unwrap();
        assert_eq!(body.len(), count * size);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_takes_longer_than_the_total() {
        let begun = Instant::now();
        let endless = dripping(usize::MAX, 2 * BODY_RATE, 1);
        assert!(matches!(read_paced(endless, usize::MAX, async |_| true).await, Err(Unread::TooSlow)));
        assert_eq!(begun.elapsed(), Duration::from_secs(BODY_TIME as u64));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_of_just_the_limit_is_taken_and_one_byte_more_is_not() {
        assert_eq!(read_paced(dripping(10, 10, 0), 100, async |_| true).await.unwrap().len(), 100);
        assert!(matches!(read_paced(dripping(10, 10, 0), 99, async |_| true).await, Err(Unread::TooLarge)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_for_which_there_is_no_room_is_read_no_further() {
        let mut room = 50;
        let has_room = async |bytes| {
            room -= bytes;
            room > 0
        };
        assert!(matches!(read_paced(dripping(10, 10, 0), 100, has_room).await, Err(Unread::NoRoom)));
    }
}
