//! `mission-control-gateway`: see [`mission_control_gateway::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    mission_control_gateway::cli::main()
}
