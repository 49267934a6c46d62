//! The server as its clients see it: in this process, on a free port, on scratch databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test reports what it did not expect by panicking"
)]

mod access;
mod accounts;
mod agent_input;
mod agent_lifecycle;
mod agent_routes;
mod agents;
mod api_tokens;
mod approvals;
mod assignees;
mod at_once;
mod audit;
mod auth;
mod authors;
mod backups;
mod board_groups;
mod board_order;
mod board_snapshot;
mod board_views;
mod budgets;
mod claims;
mod clerk;
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
mod exec_policies;
mod figures;
mod finding;
mod follower;
mod foreign;
mod foreign_rows;
mod health;
mod hindrance;
mod hostile;
mod http;
mod idempotency;
mod inbox;
mod jobs;
mod layers;
mod limits;
mod logging;
mod maxima;
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
mod passkeys;
mod pausing;
mod people;
mod plain_arrays;
mod problems;
mod provider;
mod repeating;
mod rights;
mod runs;
mod scene;
mod server;
mod skills;
mod souls;
mod sse;
mod statement_budgets;
mod statements;
mod tags;
mod task_keys;
mod tasks;
mod traces;
mod users;
mod versions;
mod web_sessions;
mod webhooks;
