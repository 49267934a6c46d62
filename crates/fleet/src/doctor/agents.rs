//! Agents: who is stuck, silent or given up on, and whether their workspaces explain it.

use std::collections::HashMap;
use std::time::Duration;

use mission_control_core::id::AgentId;
use mission_control_core::limits::WORKSPACES_SEEN;
use mission_control_core::models::{Agent, ConnectionState, Gateway};
use mission_control_core::rules::doctor::agents::{self as rule, Seen, Workspace};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, agents, gateways};
use tokio::time::timeout;

use super::patient::{Look, Patient};
use crate::fleet::Fleet;
use crate::provision::files::{base_url_in, token_in};
use crate::provision::token::{Standing, standing};
use crate::reach::Remote;
use crate::templates::File;

/// Longest look at one workspace.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn look(patient: Patient) -> Result<Look, String> {
    let Some(db) = &patient.db else { return Ok(Look::default()) };
    let (rows, all) = db
        .read(|conn| Ok::<_, StoreError>((gateways::all(conn)?, agents::all(conn)?)))
        .await
        .map_err(|error| error.to_string())?;
    let gateways: HashMap<_, _> = rows.iter().map(|row| (row.id, row)).collect();
    let now = Timestamp::now();
    let base_url = &patient.settings.http.base_url;
    let up = |row: &Gateway| row.connection_state == ConnectionState::Up;
    let mut workspaces: HashMap<AgentId, Workspace> = HashMap::new();
    if let Some(fleet) = &patient.fleet {
        let suspects = all.iter().filter(|agent| rule::is_suspect(agent, now));
        for agent in suspects.take(WORKSPACES_SEEN) {
            if let Some(row) = gateways.get(&agent.gateway_id).filter(|row| up(row))
                && let Ok(Some(seen)) = timeout(PATIENCE, workspace(fleet, row, agent, base_url)).await
            {
                workspaces.insert(agent.id, seen);
            }
        }
    }
    let mut findings = Vec::new();
    for agent in &all {
        let Some(row) = gateways.get(&agent.gateway_id) else { continue };
        let seen = Seen {
            organization: row.organization_id,
            agent,
            gateway_up: up(row),
            workspace: workspaces.get(&agent.id),
        };
        findings.extend(rule::findings(seen, base_url, now));
    }
    Ok(findings.into())
}

/// What an agent's workspace says; nothing when the gateway does not show it.
async fn workspace(fleet: &Fleet, row: &Gateway, agent: &Agent, base_url: &str) -> Option<Workspace> {
    let target = fleet.gateways().target(row).ok()?;
    let remote = Remote::open(fleet.gateways().client(row.id, &target).ok()?).await.ok()?;
    let key = remote.place(agent, row).key;
    let mut seen = Workspace::default();
    for file in [File::Tools, File::Agents] {
        let Ok(Some(content)) = remote.read_file(&key, file).await else { continue };
        let Some(token) = token_in(&content) else { continue };
        seen.foreign_token = standing(agent, token) == Standing::Unknown;
        seen.base_url = base_url_in(&content).filter(|other| *other != base_url).map(str::to_owned);
        break;
    }
    Some(seen)
}
