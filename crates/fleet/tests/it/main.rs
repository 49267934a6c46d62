//! Use-cases against simulated gateways, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests report failures by panicking"
)]

mod agents;
mod audit;
mod coordination;
mod deletes;
mod faults;
mod gateway_addresses;
mod gateways;
mod idle;
mod lifecycle;
mod onboarding;
mod owners;
mod pausing;
mod receipts;
mod reconciling;
mod runs;
mod skills;
mod support;
mod sync;
mod webhooks;
