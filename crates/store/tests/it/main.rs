//! The store on both of its back ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod dashboard;
mod deletion;
mod event_log;
mod idempotency;
mod jobs;
mod lease_protocol;
mod leases;
mod migrations;
mod paging;
mod queries;
mod reference;
mod support;
mod unavailable;
mod vault;
mod web_sessions;
mod writes;
