//! What templates may use. Names and meanings are those that templates of the reference use.

use std::collections::BTreeMap;
use std::fmt;

use minijinja::Value;
use mission_control_core::models::{Agent, Board, Gateway, User};

use crate::guide;
use crate::naming::{self, OnGateway, Role};

type Variables = BTreeMap<&'static str, String>;

/// The variables of one rendering; every value is text.
#[derive(Clone, Default)]
pub struct Context {
    /// What every template may show.
    open: Variables,
    /// What only our own templates may show: a template that somebody supplied is read back by others than the agent.
    private: Variables,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("open", &self.open).finish_non_exhaustive()
    }
}

/// What a context is made of.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The agent whose workspace it is.
    pub agent: &'a Agent,
    /// Its board; none for a gateway's main agent.
    pub board: Option<&'a Board>,
    /// Its gateway.
    pub gateway: &'a Gateway,
    /// The person in USER.md.
    pub user: Option<&'a User>,
    /// Public address of the API.
    pub base_url: &'a str,
    /// Its place there.
    pub place: &'a OnGateway,
}

impl Context {
    /// The variables for `subject` with `auth_token` as its credential.
    pub fn new(subject: &Subject<'_>, auth_token: &str) -> Self {
        let mut context = Self::default();
        context.agent(subject);
        context.set_private("auth_token", auth_token);
        context.set_private("main_session_key", naming::main_session_key(subject.gateway.id));
        context.board(subject.board);
        context.identity(subject.agent);
        context.user(subject.user);
        context
    }

    /// What templates that people or agents write may use.
    pub(super) fn open(&self) -> Value {
        values(&self.open)
    }

    /// Whether this is a variable of our own templates alone.
    pub(super) fn is_private(&self, name: &str) -> bool {
        self.private.contains_key(name) && !self.open.contains_key(name)
    }

    fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.open.insert(name, value.into());
    }

    fn set_private(&mut self, name: &'static str, value: impl Into<String>) {
        self.private.insert(name, value.into());
    }

    fn agent(&mut self, subject: &Subject<'_>) {
        let Subject { agent, place, .. } = *subject;
        let role = Role::of(agent);
        self.set("agent_name", agent.name.as_str());
        self.set("agent_id", agent.id.to_string());
        self.set("is_main_agent", (role == Role::Main).to_string());
        self.set("is_board_lead", (role == Role::Lead).to_string());
        self.set(
            "role_sentence",
            match role {
                Role::Main => "the main agent of this gateway",
                Role::Lead => "the lead of a board",
                Role::Worker => "an agent of a board",
            },
        );
        self.set("role_tag", role.tag());
        self.set("operations", guide::lines(role, agent.board_id));
        self.set("session_key", place.session.as_str());
        self.set("workspace_root", place.root.as_str());
        self.set("workspace_path", place.workspace.as_str());
        self.set("base_url", subject.base_url);
    }

    fn board(&mut self, board: Option<&Board>) {
        let text = |read: &dyn Fn(&Board) -> String| board.map(read).unwrap_or_default();
        self.set("board_id", text(&|board| board.id.to_string()));
        self.set("board_name", text(&|board| board.name.clone()));
        self.set("board_type", text(&|board| board.board_type.clone()));
        self.set("board_objective", text(&|board| board.objective.clone().unwrap_or_default()));
        self.set(
            "board_success_metrics",
            text(&|board| match &board.success_metrics {
                Some(metrics) if !metrics.is_null() => metrics.to_string(),
                _ => "{}".to_owned(),
            }),
        );
        self.set(
            "board_target_date",
            text(&|board| board.target_date.map(|date| date.to_string()).unwrap_or_default()),
        );
        self.set("board_goal_confirmed", text(&|board| board.goal_confirmed.to_string()));
        self.set(
            "board_rule_require_approval_for_done",
            text(&|board| board.require_approval_for_done.to_string()),
        );
        self.set(
            "board_rule_require_review_before_done",
            text(&|board| board.require_review_before_done.to_string()),
        );
        self.set(
            "board_rule_comment_required_for_review",
            text(&|board| board.comment_required_for_review.to_string()),
        );
        self.set(
            "board_rule_block_status_changes_with_pending_approval",
            text(&|board| board.block_status_changes_with_pending_approval.to_string()),
        );
        self.set(
            "board_rule_only_lead_can_change_status",
            text(&|board| board.only_lead_can_change_status.to_string()),
        );
        self.set("board_rule_max_agents", text(&|board| board.max_agents.to_string()));
    }

    fn identity(&mut self, agent: &Agent) {
        let profile = agent.identity_profile.as_ref();
        let field = |key: &str, default: &str| {
            profile.and_then(|profile| profile.get(key)).and_then(plain).unwrap_or_else(|| default.to_owned())
        };
        self.set("identity_role", field("role", "Generalist"));
        self.set("identity_communication_style", field("communication_style", "direct, concise, practical"));
        self.set("identity_emoji", field("emoji", ":gear:"));
        self.set("identity_autonomy_level", field("autonomy_level", ""));
        self.set("identity_verbosity", field("verbosity", ""));
        self.set("identity_output_format", field("output_format", ""));
        self.set("identity_update_cadence", field("update_cadence", ""));
        self.set("identity_purpose", field("purpose", ""));
        self.set("identity_personality", field("personality", ""));
        self.set("identity_custom_instructions", field("custom_instructions", ""));
        self.set("directory_role_soul_markdown", "");
        self.set("directory_role_soul_source_url", "");
    }

    fn user(&mut self, user: Option<&User>) {
        let text = |read: &dyn Fn(&User) -> Option<String>| {
            user.and_then(read).map(|text| text.trim().to_owned()).unwrap_or_default()
        };
        let name = text(&|user| user.name.clone());
        let email = text(&|user| user.email.clone());
        let preferred = text(&|user| user.preferred_name.clone());
        // Who has no name is called by the address, which is nobody else's business.
        let display = if name.is_empty() { email.clone() } else { name.clone() };
        self.set_private("user_preferred_name", first_name(&[&preferred, &display]));
        self.set_private("user_name", display);
        self.set("user_preferred_name", first_name(&[&preferred, &name]));
        self.set("user_name", name);
        self.set("user_pronouns", text(&|user| user.pronouns.clone()));
        self.set("user_timezone", text(&|user| user.timezone.clone()));
        self.set_private("user_email", email);
        self.set_private("user_notes", text(&|user| user.notes.clone()));
        self.set_private("user_context", text(&|user| user.context.clone()));
    }
}

/// What to call somebody by the first of these that says something.
fn first_name(texts: &[&str]) -> String {
    let text = texts.iter().find(|text| !text.is_empty());
    text.and_then(|text| text.split('@').next()?.split_whitespace().next()).unwrap_or_default().to_owned()
}

fn values(variables: &Variables) -> Value {
    Value::from_pairs(variables.iter().map(|(name, value)| (*name, value.as_str())))
}

impl From<&Context> for Value {
    fn from(context: &Context) -> Self {
        let mut all = context.open.clone();
        all.extend(context.private.clone());
        values(&all)
    }
}

/// A profile value as text: lists joined by commas, blanks left out.
fn plain(value: &serde_json::Value) -> Option<String> {
    let text = match value {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Array(items) => items.iter().filter_map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}
