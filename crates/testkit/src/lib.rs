//! Test servers, scratch databases and Redis, simulated gateways, chaos proxy, actors.

pub mod actors;
pub mod chaos;
pub mod client;
pub mod identity_provider;
pub mod log;
pub mod mail_server;
pub mod openclaw;
pub mod passkey;
pub mod process;
pub mod repository;
pub mod scene;
pub mod scratch;
pub mod servers;
pub mod skip;
pub mod wait;
