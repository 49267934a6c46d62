//! The REST API server and the operator's command line.
//!
//! [`run`] serves on a listener until told to stop; the binary and the tests call it alike. Routes are in [`routes`],
//! one module per tag; what they share is in [`auth`] (who is calling), [`mod@input`] (reading what was sent), [`http`]
//! (layers, extractors, lists), [`events`] (live streams) and [`error`] (what a failure looks like). [`mcp`] serves
//! the use-cases to clients of the Model Context Protocol.

pub mod auth;
pub mod cli;
mod data_dir;
mod demo;
pub mod error;
pub mod events;
mod hindrance;
pub mod http;
pub mod input;
mod local_work;
pub mod mcp;
mod metrics;
pub mod openapi;
pub mod routes;
mod server;
pub mod souls_directory;
pub mod state;

pub use server::{run, run_demo, run_on};
