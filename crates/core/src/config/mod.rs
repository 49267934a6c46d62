//! The configuration: environment variables in, typed and validated settings out.
//!
//! A program collects the variables and hands them to [`Settings::from_env`], which reports every fault at once. Nothing
//! else in the product reads them. [`SECTIONS`] is the manual.

mod clerk;
mod database;
mod fault;
mod mail;
mod oidc;
mod parse;
mod postgres;
mod reader;
mod reference;
mod secrets_key;
mod security_headers;
mod settings;
mod shown;
mod summary;
mod traces;
mod variables;

pub use clerk::{ClerkFrontend, ClerkSettings};
pub use database::{DatabaseLocation, DatabaseSettings};
pub use fault::{ConfigErrors, Fault};
pub use mail::{MailPrivacy, MailSettings};
pub use oidc::{Admission, OidcSettings, is_private_way};
pub use postgres::{Endpoint, PostgresParameters, SslMode};
pub use reference::of_reference;
pub use secrets_key::SecretsKey;
pub use settings::{
    AccountSettings, AuthSettings, BackupSettings, ClientAddressHeader, GatewaySettings, HttpSettings,
    LocalSettings, LogFormat, LogLevel, LogSettings, QueueSettings, RateLimitBackend, RateLimitSettings,
    RetentionSettings, Settings, SkillPackSettings, TraceSampler, TraceSettings, WorkerSettings,
};
pub use summary::SummaryLine;
pub use variables::{SECTIONS, Section, Variable};

#[cfg(test)]
mod tests;
