//! The queue's behaviour, in the process and over a real Redis (`TEST_REDIS_URL`, else the local one).

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

mod lanes;
mod outages;
mod rate_limits;
mod scratch;
mod wakes;
