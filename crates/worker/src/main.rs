//! `mission-control-worker`: see [`mission_control_worker::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    mission_control_worker::cli::main()
}
