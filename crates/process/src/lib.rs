//! What the three programs have in common as processes: where their configuration comes from, how they write their log,
//! whom they tell that they are ready, what stops them, and how they end.
//!
//! Nothing below this crate reads the environment, installs anything for the whole process or knows an exit code.

mod env_file;
mod environment;
mod failure;
pub mod log_filter;
pub mod logs;
pub mod memory;
mod name;
mod runtime;
pub mod settings;
pub mod supervisor;
pub mod tls;
pub mod traces;
mod version;

pub use env_file::{UnreadableLine, parse_env_file};
pub use environment::EnvironmentError;
pub use failure::{Exit, Failure};
pub use name::unique_name;
pub use runtime::runtime;
pub use version::version;
