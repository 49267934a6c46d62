//! The simulator as its clients see it: a WebSocket on one side, agents' HTTP calls on the other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail the test they are called from"
)]

mod agents;
mod chat;
mod config;
mod deletions;
mod faults;
mod files;
mod handshake;
mod heartbeats;
mod product_client;
mod restarts;
mod support;
