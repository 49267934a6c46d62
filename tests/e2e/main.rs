//! The product's promises, shown on its own binaries, real databases and real gateways.
//!
//! The binaries are built before (`scripts/test` does that) and found beside this test. Tests with a real gateway report
//! themselves as skipped where npm or its registry is out of reach; see `mission_control_testkit::openclaw`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod binary;
mod chaos;
mod demo;
mod docs;
mod idle;
mod lifecycle;
mod mc;
mod mcp;
mod owners;
mod pairing;
mod product;
mod sbom;
mod start_up_failures;
mod work;
