//! `mission-control-api`: see [`mission_control_api::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    mission_control_api::cli::main()
}
