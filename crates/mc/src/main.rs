//! `mc`: see [`mission_control_mc`].

use std::process::ExitCode;

fn main() -> ExitCode {
    mission_control_mc::main()
}
