//! The store on both of its back ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod backup;
mod dashboard;
mod deletion;
mod event_log;
mod idempotency;
mod jobs;
mod lease_protocol;
mod leases;
mod lists;
mod migrations;
mod paging;
mod pooler;
mod queries;
mod reference;
mod retention;
mod sealed;
mod support;
mod tls;
mod unavailable;
mod vault;
mod web_sessions;
mod writes;
