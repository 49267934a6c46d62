use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use mission_control_gateway_rpc::{Connected, GatewayError, Refusal, RefusalKind};
use tokio::time::{Instant, sleep};

use super::context::Context;
use super::reach::{Place, Which};
use mission_control_process::{Exit, Failure};
use mission_control_terminal::print;

pub(super) const MANUAL: &str = "\
Have a gateway approve this installation. A gateway lets a client on another machine in only when its device was \
approved once; until then it refuses with a pairing request.

Shows the request and the command that approves it on the gateway's machine, waits for the approval, and keeps the \
device token that comes with it. For a registered gateway (--gateway) the device is that of the installation and the \
token is stored, sealed, in the database. For an address (--url) the device is the file <data \
directory>/identity/device.json, which later calls of this tool use.

Safe to repeat: a gateway that knows the device already is only greeted. Exit status 1 when nobody approves in time, or \
when the gateway refuses for another reason.";

/// How often to ask whether the request was approved.
const ASK_EVERY: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Longest wait for the approval, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
}

pub(super) async fn run(arguments: Arguments, context: &Context) -> Result<ExitCode, Failure> {
    let place = arguments.which.one(context).await?;
    let connected = approved(&place, Duration::from_secs(arguments.timeout)).await?;
    let kept = match &place {
        Place::Registered { fleet, row, .. } => {
            fleet.gateways().learn(row, &connected).await?;
            if connected.device_token.is_some() { "; its token is stored" } else { "" }.to_owned()
        }
        Place::Address { identity_file, .. } => format!("; the device is {}", identity_file.display()),
    };
    print(format_args!("{} accepts this device{kept}", place.name()));
    Ok(ExitCode::SUCCESS)
}

/// Waits until the gateway lets the device in. Before a request is shown every refusal but that request ends the wait;
/// after it, a gateway that is away for a moment does not.
async fn approved(place: &Place, patience: Duration) -> Result<Arc<Connected>, Failure> {
    let deadline = Instant::now() + patience;
    let mut shown: Option<Refusal> = None;
    loop {
        match place.connect().await {
            Ok((_, connected)) => return Ok(connected),
            Err(error) => match (pending(&error), &shown) {
                (Some(request), Some(before)) if request.request_id == before.request_id => {}
                (Some(request), _) => {
                    show(request);
                    shown = Some(request.clone());
                }
                (None, Some(_)) if error.is_transient() => {}
                (None, _) => return Err(error.into()),
            },
        }
        if Instant::now() + ASK_EVERY >= deadline {
            return Err(nobody(patience));
        }
        sleep(ASK_EVERY).await;
    }
}

/// The pairing request that the gateway refused with.
fn pending(error: &GatewayError) -> Option<&Refusal> {
    error.refusal().filter(|refusal| refusal.kind == RefusalKind::PairingRequired)
}

fn show(refusal: &Refusal) {
    print(format_args!(
        "pairing request: {}",
        refusal.request_id.as_deref().unwrap_or("not named by the gateway")
    ));
    print("approve it on the gateway's machine:");
    let command = refusal.approve_command();
    print(format_args!("  {}", command.as_deref().unwrap_or("openclaw devices list")));
    print("waiting for the approval …");
}

fn nobody(patience: Duration) -> Failure {
    Failure::new(Exit::Failed, format!("not approved within {} s", patience.as_secs()))
}
