//! What a sync would do to one agent, without doing it.

use std::sync::Arc;

use mission_control_core::models::AgentStatus;
use mission_control_core::rules::lifecycle;
use mission_control_shapes::{AgentPlan, FileAction, FilePlan, TemplatesSyncResult, TokenPlan};
use mission_control_store::{StoreError, agent_files, blocking};
use secrecy::{ExposeSecret, SecretString};

use super::agent::{self, FOREIGN_TOKEN, Found, NO_TOKEN};
use super::compare::compare;
use super::outcome::Outcome;
use crate::fleet::Fleet;
use crate::jobs::SyncOptions;
use crate::mask::Mask;
use crate::naming::OnGateway;
use crate::provision::file_write::{self, Elsewhere};
use crate::provision::files::{self, Rules};
use crate::provision::run::{Subjects, may_stay};
use crate::provision::token::{self, Standing};
use crate::reach::{Remote, Trouble};
use crate::templates::{File, Supplied};

/// Stands for a token that does not exist yet; never shown.
const TO_COME: &str = "a-token-that-is-to-come";

/// Notes an agent that would be left out.
pub(super) fn skipped(subjects: &Subjects, why: &str, result: &mut TemplatesSyncResult) -> Outcome {
    let plan = AgentPlan { note: Some(why.to_owned()), ..empty(subjects) };
    result.plan(plan);
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
    let place = remote.place(agent, &subjects.gateway);
    let looked = match agent::look(remote, agent, &place).await {
        Ok(found) => planned(fleet, remote, subjects, &place, options, &found).await,
        Err(trouble) => Err(trouble),
    };
    match looked {
        Ok(plan) => {
            let outcome = if plan.changes { Outcome::Updated } else { Outcome::Skipped };
            result.plan(plan);
            Ok(outcome)
        }
        Err(trouble) => agent::failed(trouble, remote, agent, result),
    }
}

async fn planned(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    place: &OnGateway,
    options: &SyncOptions,
    found: &Found,
) -> Result<AgentPlan, Trouble> {
    let agent = &subjects.agent;
    let rekeyed = options.rotate_tokens || lifecycle::never_lived(agent);
    let mut plan = empty(subjects);
    (plan.token, plan.note) = match found {
        Found::Lost if !rekeyed => (TokenPlan::Unreadable, Some(agent::lost(place))),
        Found::NoToken if !rekeyed => (TokenPlan::Unreadable, Some(NO_TOKEN.to_owned())),
        _ if rekeyed => (TokenPlan::New, None),
        Found::Present(Standing::Unknown) => (TokenPlan::Foreign, Some(FOREIGN_TOKEN.to_owned())),
        _ => (TokenPlan::Kept, None),
    };
    if plan.token != TokenPlan::Unreadable {
        let lost = matches!(found, Found::Lost);
        plan.files = file_plans(fleet, remote, subjects, place, options, (lost, rekeyed)).await?;
    }
    plan.changes = rekeyed || plan.files.iter().any(|file| file.written);
    Ok(plan)
}

async fn file_plans(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    place: &OnGateway,
    options: &SyncOptions,
    (lost, rekeyed): (bool, bool),
) -> Result<Vec<FilePlan>, Trouble> {
    let (agent, key) = (&subjects.agent, &place.key);
    let id = agent.id;
    let written = fleet.db().read(move |conn| agent_files::of_agent(conn, id)).await?;
    let existing = if lost { Vec::new() } else { remote.files(key).await? };
    let has = |file: File| existing.iter().any(|found| found.name == file.name());
    let rules = Rules {
        fresh: lost || lifecycle::never_lived(agent),
        force_bootstrap: options.force_bootstrap,
        overwrite: options.overwrite,
        keep_edited: !options.overwrite,
    };
    let token = if lost { None } else { token::find(remote, agent, key).await?.map(|(token, _)| token) };
    let token = token.unwrap_or_else(|| SecretString::from(TO_COME));
    let context = subjects.context(&fleet.settings().http.base_url, place, token.expose_secret());
    let supplied = Supplied::render(agent, &context).await?;
    let wanted: Vec<File> =
        files::plan(agent, &context, &supplied, rules, &has)?.into_iter().map(|(file, _)| file).collect();
    // Also what the agent keeps itself, to say how it stands.
    let all = files::plan(agent, &context, &supplied, Rules { overwrite: true, ..rules }, &has)?;
    let mask = Arc::new(Mask::of(fleet, subjects.organization()).await?);
    let (mut plans, mut refused) = (Vec::new(), files::Folded::new());
    for (file, text) in all {
        let name = file.name();
        if !remote.features().supports_file(name) {
            let place = file_write::elsewhere(remote, key, file).await?;
            plans.push(moved(file, place));
            if place == Elsewhere::Agents {
                refused.insert(file, text);
            }
            continue;
        }
        let text = if file == File::Agents { files::fold(&text, &refused) } else { text };
        let present = if has(file) { remote.read_file(key, file).await? } else { None };
        let last = written.iter().find(|written| written.name == name).cloned();
        let edited =
            present.as_deref().zip(last.as_ref()).is_some_and(|(text, last)| !files::is_ours(last, text));
        let stays = !wanted.contains(&file) || (rules.keep_edited && edited && may_stay(file, rekeyed));
        let mask = Arc::clone(&mask);
        let compared = blocking(move || {
            Ok::<_, StoreError>(compare(name, present.as_deref(), &text, last.as_ref(), stays, &mask))
        });
        plans.push(compared.await?);
    }
    Ok(plans)
}

/// What becomes of a file that the gateway does not keep.
fn moved(file: File, place: Elsewhere) -> FilePlan {
    let note = match place {
        Elsewhere::Agents => Some("Its content is part of AGENTS.md on this gateway."),
        Elsewhere::Scratch => Some("Its content goes into the heartbeat's own instructions on this gateway."),
        Elsewhere::Nowhere => None,
    };
    FilePlan {
        name: file.name().to_owned(),
        action: FileAction::Unsupported,
        written: false,
        diff: None,
        note: note.map(str::to_owned),
    }
}
