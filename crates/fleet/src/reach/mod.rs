//! Reaching gateways: from a name to addresses ([`lookup`]), from a row to a connection ([`connect`], over the [`pool`] of
//! this process), the calls that use-cases need of a gateway ([`remote`] and what adds to it), and why it did not work
//! ([`trouble`]).

mod agents;
mod connect;
mod files;
mod lookup;
mod pool;
pub(crate) mod remote;
mod sessions;
mod trouble;

pub use pool::{GatewayPool, Target};

pub(crate) use agents::Creation;
pub(crate) use files::FileSight;
pub(crate) use lookup::{Unreachable, addresses};
pub(crate) use remote::Remote;
pub(crate) use sessions::Turn;
pub(crate) use trouble::Trouble;
