//! One provisioning run: create → configuration → files → wake. Every step may be repeated, so a run that was cut
//! short is simply run again.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, Board, Gateway, User};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::roster::Wanted;
use mission_control_gateway_rpc::{ConfigSnapshot, GetConfig};

use super::files::{self, Rules};
use super::wake::{self, Occasion};
use super::workspace::{self, UNTIL_KNOWN, Workspace};
use super::{config_write, file_write, token};
use crate::fleet::Fleet;
use crate::naming::OnGateway;
use crate::reach::{Creation, Remote, Trouble, remote};
use crate::templates::{Context, File, Subject, Supplied};
use crate::text::one_line;

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
    pub(crate) fn context(&self, base_url: &str, place: &OnGateway, token: &str) -> Context {
        let subject = Subject {
            agent: &self.agent,
            board: self.board.as_ref(),
            gateway: &self.gateway,
            user: self.user.as_ref(),
            base_url,
            place,
        };
        Context::new(&subject, token)
    }
}

/// Runs the steps for one agent on a gateway that answers. A gateway that does not know the agent in the middle of it is
/// still taking it in: that is waited for.
pub(crate) async fn run(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: Options,
) -> Result<Report, Trouble> {
    let place = remote.place(&subjects.agent, &subjects.gateway);
    steps(fleet, remote, subjects, &place, options).await.map_err(|trouble| match trouble {
        Trouble::Gateway(error) if remote::is_missing_agent(&error) => workspace::not_taken_in(&place.key),
        other => other,
    })
}

async fn steps(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    place: &OnGateway,
    options: Options,
) -> Result<Report, Trouble> {
    let (agent, key) = (&subjects.agent, &place.key);

    let known = workspace::look(fleet, remote, agent.id, key).await?;
    let creation = bring(fleet, remote, subjects, place, known.as_ref()).await?;
    let present = match known {
        Some(present) => present,
        None => workspace::look_at_new(fleet, remote, agent.id, key).await?,
    };
    let chosen = token::choose(fleet, remote, agent, key, creation, options.rotate_token).await?;
    let base_url = &fleet.settings().http.base_url;
    let context = subjects.context(base_url, place, chosen.text());
    let has = |file: File| present.existing.contains(&file);
    let supplied = Supplied::render(agent, &context).await?;
    let mut texts = files::plan(agent, &context, &supplied, options.rules, &has)?;
    let mut kept = Vec::new();
    if options.rules.keep_edited {
        kept = present.edited;
        kept.retain(|file| may_stay(*file, chosen.is_new()));
        texts.retain(|(file, _)| !kept.contains(file));
    }

    let wanted = config_write::wanted(fleet, agent, place).await?;
    let wanted = Wanted { bootstrap_max_chars: files::needed_chars(&texts), ..wanted };
    let reconfigured = config_write::ensure(fleet, remote, &subjects.gateway, wanted).await?;

    let folded = file_write::write(fleet, remote, agent, key, texts, &chosen).await?;

    // Where a session keeps the files it began with, it would go on with the token that was replaced.
    let outdated = chosen.is_new() && remote.features().session_keeps_files();
    if options.reset_session || outdated {
        remote.reset_session(&place.session).await?;
    }
    let woken_at = if options.wake {
        let fresh = creation == Creation::Created || options.rules.fresh;
        let occasion = if fresh { Occasion::New } else { Occasion::Update };
        Some(wake::wake(remote, agent, &place.session, occasion, reconfigured).await?)
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

/// Has the gateway have the agent, under its name and with its folder. Nothing is written where that is so already: each
/// such change makes a gateway take in its configuration anew, which may cut turns off.
async fn bring(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    place: &OnGateway,
    known: Option<&Workspace>,
) -> Result<Creation, Trouble> {
    let agent = &subjects.agent;
    if known.is_some() && is_entered(&remote.ask(&GetConfig {}).await?, place, &agent.name) {
        return Ok(Creation::Existed);
    }
    config_write::exclusively(fleet, &subjects.gateway, async {
        let creation = match known {
            Some(before) => {
                workspace::forget_identity(fleet, agent, before).await?;
                Creation::Existed
            }
            None => {
                workspace::forget(fleet, agent.id).await?;
                remote.create_agent(&place.key, &place.workspace).await?
            }
        };
        remote.update_agent(&place.key, &agent.name, &place.workspace, UNTIL_KNOWN).await?;
        Ok(creation)
    })
    .await
}

/// Whether a gateway's configuration has the agent at its place under this name.
fn is_entered(config: &ConfigSnapshot, place: &OnGateway, name: &str) -> bool {
    config.agent(&place.key).is_some_and(|entry| {
        entry.name.map(one_line) == Some(one_line(name))
            && entry.workspace.map(one_line) == Some(one_line(&place.workspace))
    })
}

/// Whether a file may stay as the agent has it: not the one with the connection values, and no other that has to carry a
/// new token.
pub(crate) fn may_stay(file: File, new_token: bool) -> bool {
    file != File::Tools && !(file == File::Agents && new_token)
}
