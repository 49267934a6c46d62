//! `mc`, the remote client: boards, tasks, agents, approvals and turns from any machine, and the whole fleet as a file.
//!
//! It speaks the public API and nothing else: it has no crate of the server in it, and may what its token may. What is shown is
//! what the server answers, so that a client of last year shows a server of today; only what is decided upon has types
//! (contexts, events, and in `fleet` the table of what a file may say).

mod cli;
mod client;
mod commands;
mod contexts;
mod failure;
mod find;
mod fleet;
mod json;
pub mod limits;
mod session;
mod show;
mod sse;
mod text;

pub use cli::main;
