//! The server as its clients see it: in this process, on a free port, on scratch databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test reports what it did not expect by panicking"
)]

mod access;
mod agent_input;
mod agent_lifecycle;
mod agent_routes;
mod agents;
mod approvals;
mod auth;
mod board_groups;
mod board_snapshot;
mod claims;
mod cli;
mod custom_fields;
mod demo;
mod document;
mod events;
mod everything;
mod finding;
mod follower;
mod health;
mod http;
mod idempotency;
mod jobs;
mod mcp;
mod members;
mod memory;
mod messages;
mod metrics;
mod onboarding;
mod organizations;
mod paging;
mod people;
mod scene;
mod server;
mod skills;
mod souls;
mod sse;
mod statements;
mod tags;
mod task_keys;
mod tasks;
mod users;
mod web_sessions;
mod webhooks;
