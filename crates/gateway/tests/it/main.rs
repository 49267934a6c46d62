//! The gateway link and the gateway tool against simulated gateways, on SQLite and PostgreSQL.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

mod call;
mod installation;
mod leases;
mod link;
mod manual;
mod pair;
mod simulate;
mod status;
mod tool;
mod turns;
