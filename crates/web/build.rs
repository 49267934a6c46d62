//! Says at build time when a program for use gets no web UI, and compiles the crate anew when the built UI changes.

use std::env;
use std::path::Path;

fn main() {
    if Path::new("ui/dist/index.html").exists() {
        println!("cargo::rerun-if-changed=ui/dist");
        return;
    }
    // `scripts/ui build` touches this file when it made what is missing.
    println!("cargo::rerun-if-changed=build.rs");
    // Programs for development read the files when they are asked for.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::warning=without the web UI: run `scripts/ui build` first, then build again");
    }
}
