//! One provisioning run: create → configuration → files → wake. Every step may be repeated, so a run that was cut
//! short is simply run again.

use std::time::Duration;

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, Board, Gateway, User};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::Features;
use mission_control_store::agent_files;

use super::config_patch::Wanted;
use super::files::{self, Rules};
use super::wake::{self, Occasion};
use super::{config_write, file_write, token};
use crate::fleet::Fleet;
use crate::gateways::connect::workspace_root;
use crate::remote::{Creation, Remote};
use crate::templates::{Context, File, Subject};
use crate::trouble::Trouble;
use crate::{heartbeat, naming};

/// How long a gateway may take to know an agent that it just created.
const UNTIL_KNOWN: Duration = Duration::from_secs(10);

/// What to bring onto a gateway.
#[derive(Debug, Clone)]
pub(crate) struct Subjects {
    /// The agent as it shall be.
    pub(crate) agent: Agent,
    pub(crate) board: Option<Board>,
    pub(crate) gateway: Gateway,
    pub(crate) user: Option<User>,
}

/// How to do it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) rules: Rules,
    /// Give the agent a new token even when its present one is fine.
    pub(crate) rotate_token: bool,
    pub(crate) reset_session: bool,
    pub(crate) wake: bool,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// When the agent was woken.
    pub(crate) woken_at: Option<Timestamp>,
    /// The token on the gateway is not the one that Mission Control knows.
    pub(crate) foreign_token: bool,
    /// Files that the gateway does not take and that went into AGENTS.md.
    pub(crate) folded: Vec<&'static str>,
    /// Files that the agent changed and that were left alone.
    pub(crate) kept: Vec<&'static str>,
}

impl Subjects {
    pub(crate) fn organization(&self) -> OrganizationId {
        self.gateway.organization_id
    }

    /// The variables of the templates.
    pub(crate) fn context(&self, base_url: &str, root: &str, token: &str) -> Context {
        let subject = Subject {
            agent: &self.agent,
            board: self.board.as_ref(),
            gateway: &self.gateway,
            user: self.user.as_ref(),
            base_url,
            workspace_root: root,
        };
        Context::new(&subject, token)
    }
}

/// Runs the steps for one agent on a gateway that answers.
pub(crate) async fn run(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: Options,
) -> Result<Report, Trouble> {
    let agent = &subjects.agent;
    let key = naming::agent_key(agent);
    let root = workspace_root(&subjects.gateway, Some(remote.info()));
    let workspace = naming::workspace_path(agent, &root);

    let creation = config_write::exclusively(fleet, &subjects.gateway, async {
        let creation = remote.create_agent(&key, &workspace).await?;
        remote.update_agent(&key, &agent.name, &workspace, UNTIL_KNOWN).await?;
        Ok(creation)
    })
    .await?;

    let existing = remote.files(&key).await?;
    let chosen = token::choose(fleet, remote, agent, &key, creation, options.rotate_token).await?;
    let base_url = &fleet.settings().http.base_url;
    let context = subjects.context(base_url, &root, chosen.text());
    let has = |file: File| existing.iter().any(|name| name == file.name());
    let mut texts = files::plan(agent, &context, options.rules, &has)?;
    let mut kept = Vec::new();
    if options.rules.keep_edited {
        kept = edited(fleet, remote, agent, &key).await?;
        kept.retain(|file| may_stay(*file, chosen.is_new()));
        texts.retain(|(file, _)| !kept.contains(file));
    }

    let wanted = Wanted {
        key: key.clone(),
        workspace,
        heartbeat: heartbeat::in_effect(agent),
        bootstrap_max_chars: files::needed_chars(&texts),
        required: true,
    };
    let reconfigured = config_write::ensure(fleet, remote, &subjects.gateway, wanted).await?;

    let folded = file_write::write(fleet, remote, agent, &key, texts, &chosen).await?;

    let session = naming::session_key(agent);
    // Where a session keeps the files it began with, it would go on with the token that was replaced.
    let outdated = chosen.is_new() && Features::of(remote.info(), None).session_keeps_files();
    if options.reset_session || outdated {
        remote.reset_session(&session).await?;
    }
    let woken_at = if options.wake {
        let fresh = creation == Creation::Created || options.rules.fresh;
        let occasion = if fresh { Occasion::New } else { Occasion::Update };
        Some(wake::wake(remote, agent, &session, occasion, reconfigured).await?)
    } else {
        None
    };
    Ok(Report {
        woken_at,
        foreign_token: chosen.is_foreign(),
        folded,
        kept: kept.iter().map(|file| file.name()).collect(),
    })
}

/// The files that the agent changed since we wrote them.
pub(crate) async fn edited(
    fleet: &Fleet,
    remote: &Remote,
    agent: &Agent,
    key: &str,
) -> Result<Vec<File>, Trouble> {
    let id = agent.id;
    let written = fleet.db().read(move |conn| agent_files::of_agent(conn, id)).await?;
    let mut edited = Vec::new();
    for file in File::ALL {
        let Some(written) = written.iter().find(|written| written.name == file.name()) else { continue };
        let content = remote.read_file(key, file).await?;
        if content.is_some_and(|content| !files::is_ours(written, &content)) {
            edited.push(file);
        }
    }
    Ok(edited)
}

/// Whether a file may stay as the agent has it: not the one with the connection values, and no other that has to carry a
/// new token.
pub(crate) fn may_stay(file: File, new_token: bool) -> bool {
    file != File::Tools && !(file == File::Agents && new_token)
}
