use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::context::Context;
use super::reach::Which;
use mission_control_process::Failure;
use mission_control_terminal::print;

pub(super) const MANUAL: &str = "\
Call a method of a gateway and print its answer as JSON.

The gateway is a registered one (--gateway), reached with the token and the device identity that Mission Control \
keeps for it, or any other (--url), for which no database is needed: its token comes from a file or from \
OPENCLAW_GATEWAY_TOKEN, never from the command line, and the device identity is <data \
directory>/identity/device.json, made when it is absent.

A call is made once and never repeated. An error of the gateway is told on standard error with what to do about it, \
and ends with exit status 1.";

pub(super) const EXAMPLES: &str = "\
Examples:
  mission-control-gateway call sessions.list --gateway Home
  mission-control-gateway call chat.history '{\"sessionKey\": \"agent:main:main\", \"limit\": 5}' --gateway Home
  mission-control-gateway call config.patch - --gateway Home < patch.json
  mission-control-gateway call health --url ws://host:18789 --token-file token.txt";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Method, such as health, agents.list or sessions.list
    method: String,
    /// Its parameters, an object; `-` reads them from standard input
    #[arg(value_name = "JSON", default_value = "{}")]
    parameters: String,
    #[command(flatten)]
    which: Which,
    /// Longest wait for the answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
}

pub(super) async fn run(arguments: Arguments, context: &Context) -> Result<ExitCode, Failure> {
    let parameters = parameters(&arguments.parameters)?;
    // It carries the connection: to be kept until the answer is there.
    let place = arguments.which.one(context).await?;
    let (client, _connected) = place.connect().await?;
    let within = Duration::from_secs(arguments.timeout);
    let answer = client.call_within(&arguments.method, parameters, within).await?;
    print(format_args!("{answer:#}"));
    Ok(ExitCode::SUCCESS)
}

fn parameters(text: &str) -> Result<Value, Failure> {
    let mut input = String::new();
    let text = if text == "-" {
        std::io::stdin().read_to_string(&mut input)?;
        input.as_str()
    } else {
        text
    };
    let text = if text.trim().is_empty() { "{}" } else { text };
    match serde_json::from_str(text) {
        Ok(parameters @ Value::Object(_)) => Ok(parameters),
        Ok(_) => Err(Failure::usage(format!(
            "the parameters are no JSON object, such as {}",
            json!({ "limit": 5 })
        ))),
        Err(error) => Err(Failure::usage(format!("the parameters are no JSON: {error}"))),
    }
}
