//! Everything durable: pools, migrations, queries, the jobs table, the event log, encryption of stored secrets.
//!
//! [`Db`] runs closures on connections. Reads get a [`Conn`]; writes get a [`Tx`], which is a connection inside a
//! transaction that also gathers what other processes are to be told after the commit. The modules named after
//! aggregates are free functions on those two: finding takes a `&mut Conn`, changing takes a `&mut Tx`, so nothing is
//! changed outside a transaction. Lost updates are prevented by `lock` (read for update) or by single statements.
//!
//! ```no_run
//! # use mission_control_store::{Db, DbOptions, StoreError, organizations};
//! # use mission_control_core::models::Organization;
//! # async fn example() -> Result<(), StoreError> {
//! let (wakeups, _receiver) = tokio::sync::mpsc::unbounded_channel();
//! let db = Db::open(DbOptions::parse("sqlite:///tmp/mission-control.db")?, wakeups).await?;
//! let organization = Organization::new("Personal");
//! let id = organization.id;
//! db.write(move |tx| organizations::insert(tx, &organization)).await?;
//! let found = db.read(move |conn| organizations::find(conn, id)).await?;
//! # let _ = found; Ok(()) }
//! ```

mod among;
mod batch;
mod chain;
mod conn;
mod db;
mod error;
mod manager;
mod options;
mod page;
mod postgres;
mod sql;
mod tx;

pub mod accounts;
pub mod activity;
pub mod agent_counts;
pub mod agent_files;
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
pub mod circuits;
pub mod custom_fields;
pub mod device_identities;
pub mod diagnosis;
pub mod erase;
pub mod event_log;
pub mod exec_approvals;
pub mod exec_policies;
pub mod gateways;
pub mod idempotency;
pub mod identities;
pub mod idleness;
pub mod inbox;
pub mod invites;
pub mod jobs;
pub mod leases;
pub mod log_levels;
pub mod members;
pub mod memory;
pub mod messages;
pub mod metrics;
pub mod migrate;
pub mod model_choices;
pub mod onboarding;
pub mod organizations;
pub mod owners;
pub mod passkeys;
pub mod private;
pub mod provider_grants;
pub mod request;
pub mod runs;
pub mod schedules;
pub mod sealed;
pub mod search;
pub mod since;
pub mod skill_packs;
pub mod skills;
pub mod tags;
pub mod tasks;
pub mod usage;
pub mod users;
pub mod vault;
pub mod web_sessions;
pub mod webhooks;
mod weight;

pub use conn::{Backend, Conn, MultiBackend};
pub use db::{Db, PoolUse, blocking};
pub use error::{StoreError, StoreResult};
pub use options::DbOptions;
pub use page::{Cursor, InvalidCursor, Listing, Page};
pub use tx::Tx;
