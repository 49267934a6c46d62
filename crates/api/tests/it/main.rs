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
mod api_tokens;
mod approvals;
mod audit;
mod auth;
mod authors;
mod board_groups;
mod board_snapshot;
mod claims;
mod cli;
mod compression;
mod custom_fields;
mod dates;
mod demo;
mod doctor;
mod document;
mod event_shapes;
mod events;
mod everything;
mod figures;
mod finding;
mod follower;
mod foreign;
mod foreign_rows;
mod health;
mod hostile;
mod http;
mod idempotency;
mod inbox;
mod jobs;
mod layers;
mod limits;
mod logging;
mod mcp;
mod members;
mod memory;
mod messages;
mod metrics;
mod narrowing;
mod numbers;
mod onboarding;
mod operator;
mod organizations;
mod paging;
mod pausing;
mod people;
mod plain_arrays;
mod problems;
mod rights;
mod runs;
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
mod versions;
mod web_sessions;
mod webhooks;
