//! Gateways: whether they answer, let us in, and have our agents.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use mission_control_core::config::Settings;
use mission_control_core::models::{Agent, AgentStatus, Gateway};
use mission_control_core::reason::Reason;
use mission_control_core::rules::doctor::gateways::{self as rule, Obstacle, Seen};
use mission_control_gateway_rpc::{GatewayError, GatewayVersion, GetConfig, RefusalKind, RpcErrorKind};
use mission_control_store::{Db, StoreError, agents, gateways};
use tokio::time::timeout;
use url::Url;

use super::patient::{Look, Patient};
use super::server::has_key;
use crate::fleet::Fleet;
use crate::gateways::{Refused, check};
use crate::reach::remote::kind;
use crate::reach::{FileSight, Remote};
use crate::templates::File;

/// Longest look at one gateway.
const PATIENCE: Duration = Duration::from_secs(12);

/// The means to ask gateways, where there are any; nothing is created or migrated for it.
pub(super) async fn open(settings: &Arc<Settings>, db: &Db) -> Option<Fleet> {
    let registered: Result<Vec<Gateway>, StoreError> = db.read(gateways::all).await;
    if registered.is_ok_and(|rows| rows.is_empty()) || !has_key(settings) {
        return None;
    }
    let mut settings = Settings::clone(settings);
    settings.database.auto_migrate = false;
    settings.queue.redis_url = None;
    // What keeps it from being opened is found by the other looks.
    Fleet::open(&settings).await.ok()
}

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let Some(fleet) = patient.fleet else { return Ok(Look::default()) };
    let (rows, all) = fleet
        .db()
        .read(|conn| Ok::<_, StoreError>((gateways::all(conn)?, agents::all(conn)?)))
        .await
        .map_err(|error| error.to_string())?;
    let base = Url::parse(&patient.settings.http.base_url).ok();
    let base_host = base.as_ref().and_then(Url::host_str).unwrap_or_default();
    let looks = rows.iter().map(|row| {
        let own: Vec<&Agent> = all.iter().filter(|agent| agent.gateway_id == row.id).collect();
        look_at(&fleet, row, own)
    });
    let seen = join_all(looks).await;
    Ok(seen.iter().flat_map(|seen| rule::findings(seen, base_host)).collect::<Vec<_>>().into())
}

async fn look_at(fleet: &Fleet, row: &Gateway, agents: Vec<&Agent>) -> Seen {
    let url = Url::parse(&row.url).ok();
    let mut seen = Seen {
        organization: row.organization_id,
        id: row.id,
        name: row.name.clone(),
        host: url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned(),
        version: row.version.as_deref().and_then(GatewayVersion::parse).map(release),
        obstacle: None,
        missing: Vec::new(),
        unsupported: None,
    };
    match timeout(PATIENCE, ask(fleet, row, agents, &mut seen)).await {
        Ok(Ok(())) => {}
        Ok(Err(obstacle)) => seen.obstacle = Some(obstacle),
        Err(_) => {
            let why = format!("it does not answer within {} s", PATIENCE.as_secs());
            seen.obstacle = Some((Obstacle::Unreachable, why.into()));
        }
    }
    seen
}

const fn release(version: GatewayVersion) -> (u32, u32) {
    (version.year, version.month)
}

async fn ask(
    fleet: &Fleet,
    row: &Gateway,
    agents: Vec<&Agent>,
    seen: &mut Seen,
) -> Result<(), (Obstacle, Reason)> {
    let target =
        fleet.gateways().target(row).map_err(|error| (Obstacle::Sealed, error.to_string().into()))?;
    let client = fleet.gateways().client(row.id, &target).map_err(obstacle)?;
    let remote = Remote::look(client).await.map_err(obstacle)?;
    seen.version = remote.info().version().map(release).or(seen.version);
    match check(fleet, remote.client(), remote.info()).await {
        Ok(()) => {}
        Err(Refused::Unsupported(objection)) => return Err((Obstacle::TooOld, objection.into())),
        Err(Refused::Gateway(error)) => return Err(obstacle(error)),
        Err(Refused::NoGateway) => return Err((Obstacle::Unreachable, "no gateway answers".into())),
    }
    let config = remote.ask_once(&GetConfig {}).await.map_err(obstacle)?;
    let listed: Option<HashSet<String>> =
        remote.listed_agents().await.map_err(obstacle)?.map(|keys| keys.into_iter().collect());
    let settled: Vec<&Agent> = agents.into_iter().filter(|agent| is_settled(agent)).collect();
    for agent in &settled {
        let key = remote.place(agent, row).key;
        let known = listed.as_ref().is_none_or(|listed| listed.contains(&key));
        if !known && config.agent(&key).is_none() {
            seen.missing.push(key);
        }
    }
    let there =
        settled.iter().map(|agent| remote.place(agent, row).key).find(|key| !seen.missing.contains(key));
    if let Some(key) = there {
        let file = File::Agents.name();
        if matches!(remote.look_at_file(&key, file).await, Ok(FileSight::Unsupported)) {
            seen.unsupported = Some(file.to_owned());
        }
    }
    Ok(())
}

/// Whether the gateway has to have the agent: nothing brings it there or away.
fn is_settled(agent: &Agent) -> bool {
    !matches!(agent.status, AgentStatus::Provisioning | AgentStatus::Deleting | AgentStatus::Updating)
}

fn obstacle(error: GatewayError) -> (Obstacle, Reason) {
    let what = match error.refusal().map(|refusal| refusal.kind) {
        Some(RefusalKind::PairingRequired) => Obstacle::Pairing,
        Some(RefusalKind::ScopeMismatch) => Obstacle::Scope,
        Some(RefusalKind::DeviceSignatureExpired) => Obstacle::Clock,
        Some(RefusalKind::Starting) => Obstacle::Unreachable,
        Some(_) => Obstacle::Refused,
        None if kind(&error) == Some(RpcErrorKind::MissingScope) => Obstacle::Scope,
        None if error.rpc().is_some() => Obstacle::Refused,
        None => Obstacle::Unreachable,
    };
    (what, Reason::new(error.to_string(), error.remedy()))
}
