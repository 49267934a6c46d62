//! How processes wake each other: job lanes, event wake-ups, shared rate limits.
//!
//! The database holds the jobs and the events. What is in here says only "look now", so all of it may be lost
//! at any moment and costs time, never work: the worker's sweep finds in the database what no lane delivered.
//!
//! * [`Queue`] carries job ids through two lanes (interactive, bulk) and [`Wakeup`]s to every process.
//! * [`RateLimiter`] counts attempts in a sliding window, together with the other processes.
//!
//! Both live in the process until a Redis URL is configured; their users cannot tell the difference.
//!
//! # What is in Redis
//!
//! For `RQ_QUEUE_NAME=default` (characters other than letters, digits, `-` and `_` become `_`):
//!
//! | key | type | holds |
//! |---|---|---|
//! | `mission-control:default-interactive`, `mission-control:default-bulk` | sorted set | message ids by the time they are due (ms) |
//! | `…-interactive:Q`, `…-bulk:Q` | hash | bodies (job ids) and counters of the lane |
//! | `mission-control:QUEUES` | set | names of the lanes |
//! | `mission-control:default:rate:<key>` | sorted set | attempts inside a rate-limit window |
//! | `mission-control:default:wake:<db>` | pub/sub channel | wake-ups, as JSON |
//!
//! The lanes have the format of RSMQ. How many messages wait, whether due, delayed or being worked on:
//!
//! ```sh
//! redis-cli zcard mission-control:default-interactive
//! ```
//!
//! The jobs behind the messages are listed from the database by `mission-control-worker queue list`. Deleting
//! every one of these keys is harmless. Redis Cluster is not supported; `rediss://` and ACL users are.

mod error;
mod local;
mod looks;
mod queue;
mod rate_limit;
mod redis;

pub use error::QueueError;
pub use looks::{Depth, Health};
pub use mission_control_core::models::Lane;
pub use mission_control_core::wakeup::Wakeup;
pub use queue::{Message, Queue};
pub use rate_limit::{Decision, RateLimiter};
