//! The kinds of things that a file may tell of, with their fields: the one table of it all.

use super::kind::{
    Change, Field, Kind, Life, Shape, Target, below, field, fixed, known_as, needed, optional,
};
use Shape::{Any, Flag, Many, Moment, Object, One, Secret, Text, Whole, Word};

const IDENTITY: Field =
    optional("identity_profile", Any, "Role, communication style, emoji and further traits.");
const IDENTITY_TEMPLATE: Field =
    optional("identity_template", Text, "Template that replaces the built-in IDENTITY.");
const SOUL_TEMPLATE: Field = optional("soul_template", Text, "Template that replaces the built-in SOUL.");
const HEARTBEAT: Field = optional("heartbeat_config", Object, "Heartbeat settings, such as {every: 10m}.");

const MODEL: Field = below(
    "models",
    optional("model", Text, "Model, provider/name; without one, that of the board or the gateway."),
);
const FALLBACKS: Field =
    below("models", field("fallbacks", Any, "Models that are tried when it fails, a list."));
const THINKING: Field = below("models", optional("thinking", Word(LEVELS), "How much it thinks."));
const HEARTBEAT_MODEL: Field = below("models", optional("heartbeat_model", Text, "Model of heartbeats."));
const LIGHT_CONTEXT: Field =
    below("models", optional("light_context", Flag, "Heartbeats go without most of the workspace."));
const ACTIVE_HOURS: Field = below(
    "models",
    optional("active_hours", Object, "When there are heartbeats, such as {start: '08:00', end: '22:00'}."),
);

const LEVELS: &[&str] = &["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max"];
const STALE_RULES: Shape = Word(&["keep", "release", "escalate"]);

/// Every kind, what others refer to first.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        section: "gateways",
        one: "gateway",
        about: "OpenClaw gateways.",
        path: "/api/v1/gateways",
        key: &["name"],
        life: Life::Container,
        change: Change::Parts,
        fields: &[
            needed("name", Text, "What it is known by."),
            needed("url", Text, "WebSocket address, without a token."),
            needed("workspace_root", Text, "Directory for workspaces on its machine."),
            field("token", Secret, "Where its token is to be found."),
            field("allow_insecure_tls", Flag, "Accept any certificate."),
            field("disable_device_pairing", Flag, "Connect as the control UI does."),
            field("drift_policy", Word(&["repair", "report"]), "What is done about agents that it lost."),
        ],
    },
    Kind {
        section: "main_agents",
        one: "main agent",
        about: "The main agents of gateways, which come and go with them.",
        path: "/api/v1/agents",
        key: &["gateway"],
        life: Life::WithItsGateway,
        change: Change::Parts,
        fields: &[
            known_as("gateway_id", needed("gateway", One(Target::Gateway), "Of this gateway.")),
            field("name", Text, "Name."),
            HEARTBEAT,
            MODEL,
            FALLBACKS,
            THINKING,
            HEARTBEAT_MODEL,
            LIGHT_CONTEXT,
            ACTIVE_HOURS,
            IDENTITY,
            IDENTITY_TEMPLATE,
            SOUL_TEMPLATE,
        ],
    },
    Kind {
        section: "board_groups",
        one: "group",
        about: "Groups of boards that share a memory.",
        path: "/api/v1/board-groups",
        key: &["slug"],
        life: Life::Container,
        change: Change::Parts,
        fields: &[
            needed("slug", Text, "What it is known by."),
            needed("name", Text, "Name."),
            optional("description", Text, "What it is for."),
        ],
    },
    Kind {
        section: "tags",
        one: "tag",
        about: "Tags of tasks.",
        path: "/api/v1/tags",
        key: &["slug"],
        life: Life::Container,
        change: Change::Parts,
        fields: &[
            needed("slug", Text, "What it is known by."),
            needed("name", Text, "Name."),
            field("color", Text, "Six digits in hexadecimal, without #."),
            optional("description", Text, "What it is for."),
        ],
    },
    Kind {
        section: "boards",
        one: "board",
        about: "Boards and their rules.",
        path: "/api/v1/boards",
        key: &["slug"],
        life: Life::Container,
        change: Change::Parts,
        fields: &[
            needed("slug", Text, "What it is known by."),
            needed("name", Text, "Name."),
            needed("description", Text, "What it is for."),
            known_as("gateway_id", needed("gateway", One(Target::Gateway), "Its agents run there.")),
            known_as("board_group_id", optional("group", One(Target::Group), "The group that it is in.")),
            field("task_prefix", Text, "Beginning of its tasks' keys."),
            field("board_type", Text, "goal or general."),
            optional("objective", Text, "What is to be achieved."),
            optional("success_metrics", Object, "How success is measured."),
            optional("target_date", Moment, "Until when."),
            field("goal_confirmed", Flag, "People have agreed on the goal."),
            optional("goal_source", Text, "Where the goal comes from."),
            field("require_approval_for_done", Flag, "A task is done only with an approval."),
            field("require_review_before_done", Flag, "A task is done only after a review."),
            field("comment_required_for_review", Flag, "A task goes to review only with a comment."),
            field(
                "block_status_changes_with_pending_approval",
                Flag,
                "A task with a pending approval keeps its status.",
            ),
            field("only_lead_can_change_status", Flag, "Only the lead moves tasks."),
            field(
                "wip_limits",
                Object,
                "How many tasks its columns are to have at most, such as {in_progress: 5}.",
            ),
            field(
                "wip_refuses_agents",
                Flag,
                "Agents are refused what would make a column larger than that.",
            ),
            field("max_agents", Whole, "How many workers the lead may have."),
            field("heartbeat_policy", Word(&["adaptive", "fixed", "off"]), "Heartbeats while it is idle."),
            optional("heartbeat_floor", Text, "Shortest interval of heartbeats, such as 10m."),
            optional("heartbeat_ceiling", Text, "Longest interval while it is idle."),
            known_as(
                "rule",
                below("stale-tasks", field("stale_rule", STALE_RULES, "What becomes of stale tasks.")),
            ),
            known_as(
                "after_minutes",
                below("stale-tasks", field("stale_after_minutes", Whole, "So long after they were marked.")),
            ),
            MODEL,
            FALLBACKS,
            THINKING,
            HEARTBEAT_MODEL,
            LIGHT_CONTEXT,
            ACTIVE_HOURS,
        ],
    },
    Kind {
        section: "agents",
        one: "agent",
        about: "Agents of boards.",
        path: "/api/v1/agents",
        key: &["board", "name"],
        life: Life::Leaf,
        change: Change::Parts,
        fields: &[
            known_as("board_id", needed("board", One(Target::Board), "The board that it works on.")),
            needed("name", Text, "What it is known by on its board."),
            known_as(
                "is_board_lead",
                fixed(field("lead", Flag, "Whether it leads its board; one agent does.")),
            ),
            HEARTBEAT,
            MODEL,
            FALLBACKS,
            THINKING,
            HEARTBEAT_MODEL,
            LIGHT_CONTEXT,
            ACTIVE_HOURS,
            IDENTITY,
            IDENTITY_TEMPLATE,
            SOUL_TEMPLATE,
        ],
    },
    Kind {
        section: "custom_fields",
        one: "custom field",
        about: "Fields that tasks have besides the usual ones.",
        path: "/api/v1/organizations/me/custom-fields",
        key: &["field_key"],
        life: Life::Leaf,
        change: Change::Parts,
        fields: &[
            needed("field_key", Text, "What it is known by."),
            field("label", Text, "What people read."),
            field(
                "field_type",
                Word(&[
                    "text",
                    "text_long",
                    "integer",
                    "decimal",
                    "boolean",
                    "date",
                    "date_time",
                    "url",
                    "json",
                ]),
                "What it holds.",
            ),
            field("ui_visibility", Word(&["always", "if_set", "hidden"]), "When it is shown."),
            field("required", Flag, "Every task has to have it."),
            optional("default_value", Any, "What a new task has."),
            optional("validation_regex", Text, "What a text has to match."),
            optional("description", Text, "What it is for."),
            known_as("board_ids", needed("boards", Many(Target::Board), "Of the tasks of these boards.")),
        ],
    },
    Kind {
        section: "webhooks",
        one: "webhook",
        about: "Addresses of boards that other systems post to. A new one has an address of its own.",
        path: "/api/v1/boards/{board}/webhooks",
        key: &["board", "description"],
        life: Life::Leaf,
        change: Change::Parts,
        fields: &[
            known_as("board_id", needed("board", One(Target::Board), "On this board.")),
            needed("description", Text, "What it is for; known by it on its board."),
            field("enabled", Flag, "Whether it takes anything."),
            known_as(
                "agent_id",
                optional("agent", One(Target::AgentOfBoard), "Who is told; the lead if nobody is named."),
            ),
            field("secret", Secret, "Where the secret is that senders sign with."),
            optional("signature_header", Text, "The header that has the signature."),
        ],
    },
    Kind {
        section: "skill_packs",
        one: "skill pack",
        about: "Repositories of skills.",
        path: "/api/v1/skills/packs",
        key: &["source_url"],
        life: Life::Leaf,
        change: Change::Whole,
        fields: &[
            needed("source_url", Text, "Its repository; what it is known by."),
            field("name", Text, "Name."),
            optional("description", Text, "What it is for."),
            field("branch", Text, "The branch that is read."),
            field("metadata", Object, "Anything else."),
        ],
    },
    Kind {
        section: "exec_policies",
        one: "rule for commands",
        about: "Rules that decide about commands before a person is asked: of a board, of an agent, or of the organization.",
        path: "/api/v1/exec-policies",
        key: &["board", "agent", "host", "matching", "pattern"],
        life: Life::Leaf,
        change: Change::Anew,
        fields: &[
            known_as("board_id", optional("board", One(Target::Board), "Only for agents of this board.")),
            known_as(
                "agent_id",
                optional("agent", One(Target::Agent), "Only for this one, such as release/Ada."),
            ),
            optional("host", Text, "Only for commands that would run there."),
            needed("pattern", Text, "What commands are held against."),
            needed("matching", Word(&["exact", "prefix", "glob"]), "How they are."),
            needed("effect", Word(&["allow", "ask", "refuse"]), "What is done with those that match."),
            optional("reason", Text, "Why there is such a rule."),
            optional("expires_at", Moment, "From then on it does not count."),
        ],
    },
];

impl Kind {
    /// The kind of a list.
    pub(crate) fn of_section(section: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.section == section)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_thing_is_known_by_fields_that_it_has_to_have_or_that_say_nothing_where_they_are_absent() {
        for kind in KINDS {
            let tells = |name: &&&str| kind.field(name).is_some_and(|field| field.required || field.nullable);
            assert!(kind.key.iter().all(|name| tells(&name)), "{}", kind.section);
            assert!(kind.key.iter().any(|name| kind.field(name).is_some_and(|field| field.required)));
        }
    }

    #[test]
    fn what_is_referred_to_comes_before() {
        for (at, kind) in KINDS.iter().enumerate() {
            for field in kind.fields {
                if let One(target) | Many(target) = field.shape {
                    let before = KINDS.iter().take(at).any(|kind| kind.section == target.section());
                    assert!(before, "{}.{}", kind.section, field.name);
                }
            }
        }
    }

    #[rstest]
    #[case("boards", "name", json!("Release"), true)]
    #[case("boards", "name", json!(7), false)]
    #[case("boards", "name", json!(null), false)]
    #[case("boards", "objective", json!(null), true)]
    #[case("boards", "max_agents", json!(-1), false)]
    #[case("boards", "max_agents", json!(4), true)]
    #[case("boards", "require_approval_for_done", json!("yes"), false)]
    #[case("boards", "heartbeat_policy", json!("sometimes"), false)]
    #[case("boards", "success_metrics", json!([]), false)]
    #[case("custom_fields", "boards", json!(["release", 7]), false)]
    #[case("custom_fields", "default_value", json!([1, null]), true)]
    #[case("gateways", "token", json!("mct_whatever"), false)]
    #[case("gateways", "token", json!("${HOME_TOKEN}"), true)]
    #[case("gateways", "token", json!("file:/run/secrets/home"), true)]
    fn a_value_is_of_its_field_s_form(
        #[case] section: &str,
        #[case] name: &str,
        #[case] value: Value,
        #[case] fits: bool,
    ) {
        let field = Kind::of_section(section).unwrap().field(name).unwrap();
        assert_eq!(field.check(&value).is_ok(), fits);
    }
}
