//! Use-cases against simulated gateways, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests report failures by panicking"
)]

mod agents;
mod audit;
mod breaker;
mod budgets;
mod coordination;
mod deletes;
mod exec_policies;
mod faults;
mod gateway_addresses;
mod gateways;
mod identities;
mod idle;
mod lifecycle;
mod model_choices;
mod onboarding;
mod owners;
mod pausing;
mod receipts;
mod reconciling;
mod renewals;
mod runs;
mod skills;
mod stale;
mod stopping;
mod support;
mod sync;
mod webhooks;
