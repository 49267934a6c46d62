//! The worker's executable.

use std::process::ExitCode;

use clap::Parser;
use mission_control_worker::cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(cli.execute()),
        Err(error) => {
            eprintln!("mission-control-worker: no threads for the runtime: {error}");
            ExitCode::FAILURE
        }
    }
}
