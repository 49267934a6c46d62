//! Tests of the crate from outside.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod architecture;
mod config_manual;
mod deploy;
mod findings_manual;
mod limits_manual;
mod limits_scan;
mod logging;
mod manual;
mod schema_names;
mod secrets;
mod sources;
