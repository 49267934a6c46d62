//! Domain of Mission Control: ids, models, rules, configuration, errors. No I/O.

pub mod config;
pub mod events;
pub mod id;
pub mod limits;
pub mod models;
#[cfg(feature = "openapi")]
mod openapi;
pub mod problem;
pub mod reason;
pub mod rules;
#[allow(missing_docs)]
pub mod schema;
pub mod time;
pub mod wakeup;
