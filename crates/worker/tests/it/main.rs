//! The worker's behaviour on real databases: SQLite always, PostgreSQL where there is one.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

mod cancelling;
mod command_line;
mod gateways;
mod leases;
mod outcomes;
mod processes;
mod requests;
mod schedules;
mod scratch;
mod stopping;
mod sweeping;
