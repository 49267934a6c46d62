//! Tests that cannot do anything on this machine.

#![allow(clippy::panic, reason = "a test kit reports failures by panicking")]

use std::env;
use std::fmt::Display;
use std::thread;

/// Says why a test is left out here.
///
/// # Panics
/// With `CI=true`: there everything has to be tested.
pub fn skipped(reason: impl Display) {
    let thread = thread::current();
    let line = format!("skipped: {}: {reason}", thread.name().unwrap_or("test"));
    assert!(env::var_os("CI").is_none_or(|value| value != "true"), "{line}");
    println!("{line}");
}
