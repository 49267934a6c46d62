//! The configuration: environment variables in, typed and validated settings out.
//!
//! A program collects the variables and hands them to [`Settings::from_env`], which reports every fault at once. Nothing
//! else in the product reads them. [`SECTIONS`] is the manual.

mod database;
mod fault;
mod parse;
mod postgres;
mod reader;
mod secrets_key;
mod security_headers;
mod settings;
mod shown;
mod summary;
mod variables;

pub use database::{DatabaseLocation, DatabaseSettings};
pub use fault::{ConfigErrors, Fault};
pub use postgres::{Endpoint, PostgresParameters, SslMode};
pub use secrets_key::SecretsKey;
pub use settings::{
    AuthSettings, ClerkSettings, ClientAddressHeader, GatewaySettings, HttpSettings, LogFormat, LogLevel,
    LogSettings, QueueSettings, RateLimitBackend, RateLimitSettings, RetentionSettings, Settings,
    SkillPackSettings, WorkerSettings,
};
pub use summary::SummaryLine;
pub use variables::{SECTIONS, Section, Variable};

#[cfg(test)]
mod tests;
