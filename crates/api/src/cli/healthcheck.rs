//! `healthcheck`: one request, by hand, so that an image needs no `curl`.

use std::path::Path;
use std::time::Duration;

use clap::Args;
use mission_control_core::config::Settings;
use mission_control_fleet::doctor::{ask, own_address};
use mission_control_process::{Exit, Failure};

use super::start::told;

const DEADLINE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address of the server, `host:port`; by default the one that `serve` would listen on
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let address = match &arguments.address {
        Some(address) => address.clone(),
        None => own_address(&Settings::from_env(told(env_file, [])?)?.http),
    };
    let answer = ask(&address, "/readyz", DEADLINE).map_err(|error| {
        Failure::new(Exit::Failed, format!("no server answers at {address}: {error}; start it with `serve`"))
    })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if head.split_whitespace().nth(1) == Some("200") {
        println!("{body}");
        Ok(())
    } else {
        Err(Failure::new(Exit::Failed, format!("the server at {address} is not ready: {body}")))
    }
}
