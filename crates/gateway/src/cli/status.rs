use std::process::ExitCode;

use clap::Args;
use futures_util::future::join_all;
use mission_control_core::id::GatewayId;
use mission_control_gateway_rpc::{GatewayError, ListAgents};
use mission_control_terminal::{print, table};
use serde::Serialize;
use serde_json::json;

use super::context::Context;
use super::reach::{Place, Which};
use mission_control_process::{Exit, Failure};

pub(super) const MANUAL: &str = "\
Connect to every registered gateway, or to the one that is named, and show its version, the protocol in use, the scopes \
granted, the number of its agents and how long connecting took; for a gateway that cannot be used, why, and what to do.

Nothing is written down: what the link saw last is in the API. Exit status 1 when a gateway cannot be used.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Print a JSON array instead of a table
    #[arg(long)]
    json: bool,
}

/// One gateway as it is now.
#[derive(Debug, Default, Serialize)]
struct Report {
    id: Option<GatewayId>,
    name: String,
    url: String,
    reachable: bool,
    version: Option<String>,
    protocol: Option<u64>,
    scopes: Vec<String>,
    agents: Option<usize>,
    latency_ms: Option<u128>,
    error: Option<String>,
    remedy: Option<String>,
}

pub(super) async fn run(arguments: Arguments, context: &Context) -> Result<ExitCode, Failure> {
    let places = arguments.which.one_or_all(context).await?;
    let reports = join_all(places.iter().map(look)).await;
    if arguments.json {
        print(format_args!("{:#}", json!(reports)));
    } else {
        show(&reports);
    }
    let all_usable = reports.iter().all(|report| report.error.is_none());
    Ok(if all_usable { ExitCode::SUCCESS } else { Exit::Failed.into() })
}

async fn look(place: &Place) -> Report {
    let mut report =
        Report { name: place.name().to_owned(), url: place.url().to_owned(), ..Report::default() };
    if let Place::Registered { row, .. } = place {
        report.id = Some(row.id);
    }
    if let Err(error) = fill(&mut report, place).await {
        report.error = Some(error.to_string());
        report.remedy = error.remedy();
    }
    report
}

async fn fill(report: &mut Report, place: &Place) -> Result<(), GatewayError> {
    let (client, connected) = place.connect().await?;
    report.reachable = true;
    report.protocol = connected.protocol;
    report.scopes.clone_from(&connected.scopes);
    report.latency_ms = Some(connected.latency.as_millis());
    report.version.clone_from(&connected.server_version);
    let version = client.features().await?.version;
    report.version = version.map(|version| version.to_string()).or(report.version.take());
    report.agents = Some(client.ask(&ListAgents {}).await?.agents.len());
    Ok(())
}

fn show(reports: &[Report]) {
    if reports.is_empty() {
        print("no gateways are registered");
        return;
    }
    let mut table = table(["gateway", "state", "version", "protocol", "scopes", "agents", "latency", "url"]);
    for report in reports {
        table.add_row(columns(report));
    }
    print(table);
    for report in reports {
        if let Some(error) = &report.error {
            print(format_args!("\n{}: {error}", report.name));
        }
        if let Some(remedy) = &report.remedy {
            print(format_args!("  Next: {remedy}"));
        }
    }
}

fn columns(report: &Report) -> [String; 8] {
    let scopes: Vec<&str> =
        report.scopes.iter().map(|scope| scope.strip_prefix("operator.").unwrap_or(scope)).collect();
    let state = match (report.reachable, &report.error) {
        (true, None) => "up",
        (true, Some(_)) => "limited",
        (false, _) => "not reached",
    };
    [
        report.name.clone(),
        state.to_owned(),
        report.version.clone().unwrap_or_default(),
        text(report.protocol),
        scopes.join(" "),
        text(report.agents),
        report.latency_ms.map(|ms| format!("{ms} ms")).unwrap_or_default(),
        report.url.clone(),
    ]
}

fn text(number: Option<impl ToString>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
