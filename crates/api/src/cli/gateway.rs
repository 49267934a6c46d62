//! `gateway`.

use mission_control_process::{Failure, runtime, settings};
use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_shapes::GatewayRead;
use mission_control_store::gateways;

use super::output::{print, show, table};
use super::start::open_database;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List gateways as the link saw them last; `mission-control-gateway status` asks them now.
    List,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let Action::List = arguments.action;
    let settings = settings::told_settings(env_file)?;
    runtime()?.block_on(async {
        let rows = open_database(&settings).await?.read(gateways::all).await?;
        let shown: Vec<GatewayRead> = rows.iter().map(GatewayRead::of).collect();
        show(arguments.json, &shown, |gateways| print_gateways(gateways))
    })
}

fn print_gateways(gateways: &[GatewayRead]) {
    let mut table = table(["gateway", "name", "address", "connection", "version", "why not"]);
    for gateway in gateways {
        table.add_row([
            gateway.id.to_string(),
            gateway.name.clone(),
            gateway.url.clone(),
            gateway.connection_state.clone(),
            gateway.version.clone().unwrap_or_else(|| "-".to_owned()),
            gateway.connection_error.clone().unwrap_or_default(),
        ]);
    }
    print(table);
}
