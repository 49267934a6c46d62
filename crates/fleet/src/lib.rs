//! The use-cases that join a database and a gateway: gateways, agents, boards and sessions; provisioning and template
//! sync as jobs.
//!
//! [`Fleet`] is the handle that everything takes. A use-case writes its rows and the job that does the work in one short
//! transaction, then waits for the job, so that callers get the answer of the work; when that takes too long they get
//! [`Reply::Accepted`] and the job goes on. The worker runs jobs with [`handlers::run`], in another process or in the same
//! one. No network call is made inside a transaction or with a database connection held.
//!
//! ```no_run
//! # use mission_control_core::config::Settings;
//! # use mission_control_fleet::{Caller, Fleet, gateways};
//! # async fn example(caller: Caller) -> Result<(), Box<dyn std::error::Error>> {
//! let settings = Settings::from_env(std::env::vars())?;
//! let fleet = Fleet::open(&settings).await?;
//! let status = gateways::status(&fleet, caller, gateways::Asked::Default).await?;
//! println!("{} is {}", status.gateway_url, if status.connected { "up" } else { "down" });
//! # Ok(()) }
//! ```

pub mod accounts;
pub mod agents;
pub mod api_tokens;
pub mod approvals;
pub mod audit;
pub mod backup;
pub mod board_groups;
pub mod board_views;
pub mod boards;
pub mod breaker;
pub mod budgets;
pub mod clerk;
pub mod coordination;
pub mod custom_fields;
pub mod doctor;
mod error;
pub mod exec_approvals;
pub mod exec_policies;
mod fleet;
pub mod gateways;
pub mod guide;
pub mod handlers;
pub mod heartbeat;
pub mod identities;
pub mod inbox;
pub mod jobs;
mod lease;
mod letters;
mod life;
pub mod local_user;
pub mod log_levels;
mod mask;
pub mod members;
pub mod memory;
pub mod model_choices;
pub mod naming;
pub mod onboarding;
pub mod operator;
pub mod organizations;
pub mod pace;
pub mod provision;
mod reach;
pub mod receipts;
mod reconcile;
mod record;
mod renewals;
mod room;
pub mod runs;
pub mod say;
pub mod schedules;
pub mod service_accounts;
pub mod sessions;
pub mod skills;
pub mod stop;
pub mod sync;
pub mod tags;
pub mod tasks;
pub mod templates;
mod text;
pub mod usage;
pub mod users;
mod wait;
pub mod web_sessions;
pub mod webhooks;

pub use error::{FleetError, OpenError};
pub use fleet::{Caller, Fleet};
pub use reach::{GatewayPool, Target};
pub use wait::{JobFailure, JobOutcome, Reply};
