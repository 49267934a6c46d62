//! What a sync would do to one agent, without doing it.

use mission_control_core::id::{AgentId, BoardId};
use mission_control_core::models::AgentStatus;
use mission_control_gateway_rpc::Features;
use mission_control_store::agent_files;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::agent::{self, FOREIGN_TOKEN, Found, NO_TOKEN, Outcome};
use super::compare::compare;
use super::{SyncOptions, TemplatesSyncResult};
use crate::fleet::Fleet;
use crate::gateways::connect::workspace_root;
use crate::naming;
use crate::provision::files::{self, Rules};
use crate::provision::run::{Subjects, may_stay};
use crate::provision::token::{self, Standing};
use crate::remote::{Folded, Remote};
use crate::templates::File;
use crate::trouble::Trouble;

/// What would be done to an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgentPlan {
    /// The agent.
    pub agent_id: AgentId,
    /// Its name.
    pub agent_name: String,
    /// Its board; none for the main agent.
    pub board_id: Option<BoardId>,
    /// Anything of it would be written.
    pub changes: bool,
    /// What would become of its token.
    pub token: TokenPlan,
    /// Why it would be left out, or what deserves attention.
    pub note: Option<String>,
    /// Its workspace files.
    pub files: Vec<FilePlan>,
}

/// What would become of an agent's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenPlan {
    /// It stays.
    Kept,
    /// The agent gets a new one.
    New,
    /// The one on the gateway is not the agent's, and stays.
    Foreign,
    /// It cannot be read, so the agent would be left out.
    Unreadable,
}

/// What would become of a workspace file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FilePlan {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub action: FileAction,
    /// It would be written.
    pub written: bool,
    /// The difference as a unified diff, without tokens.
    pub diff: Option<String>,
    /// Where its content would go, when not into this file.
    pub note: Option<String>,
}

/// How a workspace file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileAction {
    /// It is as it would be written.
    Unchanged,
    /// It is not there.
    Create,
    /// It is as we wrote it, and that has changed.
    Update,
    /// The agent changed it, or keeps it itself; it is written over with `overwrite` only.
    Edited,
    /// The gateway does not take it as a file.
    Unsupported,
}

/// Notes an agent that would be left out.
pub(super) fn skipped(subjects: &Subjects, why: &str, result: &mut TemplatesSyncResult) -> Outcome {
    let plan = AgentPlan { note: Some(why.to_owned()), ..empty(subjects) };
    result.plan.get_or_insert_default().push(plan);
    Outcome::Skipped
}

fn empty(subjects: &Subjects) -> AgentPlan {
    AgentPlan {
        agent_id: subjects.agent.id,
        agent_name: subjects.agent.name.clone(),
        board_id: subjects.agent.board_id,
        changes: false,
        token: TokenPlan::Kept,
        note: None,
        files: Vec::new(),
    }
}

/// Notes what would be done to an agent.
pub(super) async fn plan(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: &SyncOptions,
    result: &mut TemplatesSyncResult,
) -> Result<Outcome, Trouble> {
    let agent = &subjects.agent;
    if agent.status == AgentStatus::Deleting {
        return Ok(skipped(subjects, "The agent is being deleted.", result));
    }
    let looked = match agent::look(remote, agent).await {
        Ok(found) => planned(fleet, remote, subjects, options, &found).await,
        Err(trouble) => Err(trouble),
    };
    match looked {
        Ok(plan) => {
            let outcome = if plan.changes { Outcome::Updated } else { Outcome::Skipped };
            result.plan.get_or_insert_default().push(plan);
            Ok(outcome)
        }
        Err(trouble) => agent::failed(trouble, remote, agent, result),
    }
}

async fn planned(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: &SyncOptions,
    found: &Found,
) -> Result<AgentPlan, Trouble> {
    let agent = &subjects.agent;
    let rekeyed = options.rotate_tokens || agent::never_lived(agent);
    let mut plan = empty(subjects);
    (plan.token, plan.note) = match found {
        Found::Lost if !rekeyed => (TokenPlan::Unreadable, Some(agent::lost(agent))),
        Found::NoToken if !rekeyed => (TokenPlan::Unreadable, Some(NO_TOKEN.to_owned())),
        _ if rekeyed => (TokenPlan::New, None),
        Found::Present(Standing::Unknown) => (TokenPlan::Foreign, Some(FOREIGN_TOKEN.to_owned())),
        _ => (TokenPlan::Kept, None),
    };
    if plan.token != TokenPlan::Unreadable {
        let lost = matches!(found, Found::Lost);
        plan.files = file_plans(fleet, remote, subjects, options, (lost, rekeyed)).await?;
    }
    plan.changes = rekeyed || plan.files.iter().any(|file| file.written);
    Ok(plan)
}

async fn file_plans(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: &SyncOptions,
    (lost, rekeyed): (bool, bool),
) -> Result<Vec<FilePlan>, Trouble> {
    let (agent, key) = (&subjects.agent, naming::agent_key(&subjects.agent));
    let id = agent.id;
    let written = fleet.db().read(move |conn| agent_files::of_agent(conn, id)).await?;
    let existing = if lost { Vec::new() } else { remote.files(&key).await? };
    let has = |file: File| existing.iter().any(|name| name == file.name());
    let rules = Rules {
        fresh: lost || agent::never_lived(agent),
        force_bootstrap: options.force_bootstrap,
        overwrite: options.overwrite,
        keep_edited: !options.overwrite,
    };
    let token = if lost { None } else { token::find(remote, agent, &key).await?.map(|(token, _)| token) };
    let token = token.unwrap_or_else(|| SecretString::from("new"));
    let root = workspace_root(&subjects.gateway, Some(remote.info()));
    let context = subjects.context(&fleet.settings().http.base_url, &root, token.expose_secret());
    let wanted: Vec<File> =
        files::plan(agent, &context, rules, &has)?.into_iter().map(|(file, _)| file).collect();
    // Also what the agent keeps itself, to say how it stands.
    let all = files::plan(agent, &context, Rules { overwrite: true, ..rules }, &has)?;
    let features = Features::of(remote.info(), None);
    let (mut plans, mut refused) = (Vec::new(), Folded::new());
    for (file, text) in all {
        let name = file.name();
        if !features.supports_file(name) {
            let folded = match file {
                File::Tools => true,
                File::Heartbeat => remote.heartbeat_job(&key).await?.is_none(),
                _ => false,
            };
            plans.push(elsewhere(file, folded));
            if folded {
                refused.insert(file, text);
            }
            continue;
        }
        let text = if file == File::Agents { files::fold(&text, &refused) } else { text };
        let present = if has(file) { remote.read_file(&key, file).await? } else { None };
        let last = written.iter().find(|written| written.name == name);
        let edited = present.as_deref().zip(last).is_some_and(|(text, last)| !files::is_ours(last, text));
        let stays = !wanted.contains(&file) || (rules.keep_edited && edited && may_stay(file, rekeyed));
        plans.push(compare(name, present.as_deref(), &text, last, stays));
    }
    Ok(plans)
}

fn elsewhere(file: File, folded: bool) -> FilePlan {
    let note = match file {
        _ if folded => Some("Its content is part of AGENTS.md on this gateway."),
        File::Heartbeat => Some("Its content goes into the heartbeat's own instructions on this gateway."),
        _ => None,
    };
    FilePlan {
        name: file.name().to_owned(),
        action: FileAction::Unsupported,
        written: false,
        diff: None,
        note: note.map(str::to_owned),
    }
}
