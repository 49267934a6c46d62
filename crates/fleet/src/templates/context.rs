//! What templates may use. Names and meanings are those that templates of the reference use.

use std::collections::BTreeMap;

use minijinja::Value;
use mission_control_core::models::{Agent, Board, Gateway, User};

use crate::guide;
use crate::naming::{self, Role};

/// The variables of one rendering; every value is text.
#[derive(Debug, Clone)]
pub struct Context(BTreeMap<&'static str, String>);

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
    /// Where workspaces live on the gateway's host.
    pub workspace_root: &'a str,
}

impl Context {
    /// The variables for `subject` with `auth_token` as its credential.
    pub fn new(subject: &Subject<'_>, auth_token: &str) -> Self {
        let mut context = Self(BTreeMap::new());
        context.agent(subject, auth_token);
        context.board(subject.board);
        context.identity(subject.agent);
        context.user(subject.user);
        context
    }

    fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.insert(name, value.into());
    }

    fn agent(&mut self, subject: &Subject<'_>, auth_token: &str) {
        let agent = subject.agent;
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
        self.set("session_key", naming::session_key(agent));
        self.set("main_session_key", naming::main_session_key(subject.gateway.id));
        self.set("workspace_root", subject.workspace_root);
        self.set("workspace_path", naming::workspace_path(agent, subject.workspace_root));
        self.set("base_url", subject.base_url);
        self.set("auth_token", auth_token);
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
        let display = if name.is_empty() { email.clone() } else { name };
        let preferred = [text(&|user| user.preferred_name.clone()), display.clone()]
            .iter()
            .find(|text| !text.is_empty())
            .and_then(|text| text.split('@').next()?.split_whitespace().next().map(str::to_owned))
            .unwrap_or_default();
        self.set("user_name", display);
        self.set("user_preferred_name", preferred);
        self.set("user_pronouns", text(&|user| user.pronouns.clone()));
        self.set("user_timezone", text(&|user| user.timezone.clone()));
        self.set("user_notes", text(&|user| user.notes.clone()));
        self.set("user_context", text(&|user| user.context.clone()));
    }
}

impl From<&Context> for Value {
    fn from(context: &Context) -> Self {
        Value::from_pairs(context.0.iter().map(|(name, value)| (*name, value.as_str())))
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
