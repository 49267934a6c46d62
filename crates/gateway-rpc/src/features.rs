//! What a gateway can do, by its version, its configuration and its own word.

use crate::workspace::{AGENTS, BOOTSTRAP, HEARTBEAT, IDENTITY, MEMORY, SOUL, TOOLS, USER};
use crate::{
    Client, ConfigShape, ConfigSnapshot, Connected, GatewayError, GatewayVersion, GetConfig,
    HeartbeatsByDefault,
};

const FIRST_WITH_ENTRIES: GatewayVersion = GatewayVersion::new(2026, 8, 1);
const FIRST_WITH_HOT_RELOAD: GatewayVersion = GatewayVersion::new(2026, 4, 0);
const FIRST_WITH_RATE_LIMIT: GatewayVersion = GatewayVersion::new(2026, 3, 0);
const FIRST_WITH_FRESH_FILES: GatewayVersion = GatewayVersion::new(2026, 7, 0);
const FIRST_WITH_HEARTBEATS_FOR_ALL: GatewayVersion = GatewayVersion::new(2026, 4, 29);
const FIRST_WITH_AGENT_THINKING: GatewayVersion = GatewayVersion::new(2026, 3, 22);
const FIRST_WITH_LISTS_BY_ID: GatewayVersion = GatewayVersion::new(2026, 2, 10);
const FIRST_WITH_SCOPED_USAGE: GatewayVersion = GatewayVersion::new(2026, 6, 0);
const FIRST_WITH_CALL_USAGE: GatewayVersion = GatewayVersion::new(2026, 4, 29);
const FIRST_WITH_OPEN_EXEC: GatewayVersion = GatewayVersion::new(2026, 5, 0);

const OLD_FILES: [&str; 8] = [AGENTS, SOUL, TOOLS, IDENTITY, USER, HEARTBEAT, BOOTSTRAP, MEMORY];
const NEW_FILES: [&str; 6] = [AGENTS, SOUL, IDENTITY, USER, BOOTSTRAP, MEMORY];

/// Whether and when a gateway restarts because of a `config.patch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatchRestart {
    /// It takes the change without a restart.
    Never,
    /// It answers, then restarts, some versions twice.
    AfterAnswer,
    /// It closes the connection (1012) before it answers: the patch was applied all the same.
    BeforeAnswer,
}

/// What becomes of the files of an agent that is deleted with `deleteFiles`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeletedFiles {
    /// They are moved to the trash of the gateway's user; the answer does not say so.
    Trashed,
    /// They are moved to the trash or stay where they are; the answer does not tell.
    Unknown,
    /// The answer says of each what became of it.
    Reported,
}

/// What one gateway can do.
///
/// ```
/// use mission_control_gateway_rpc::{ConfigShape, Features, GatewayVersion};
///
/// let new = Features::new(Some(GatewayVersion::new(2026, 9, 6)), ConfigShape::Entries, vec![]);
/// assert!(!new.supports_file("TOOLS.md") && new.supports_file("AGENTS.md"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// The version, when the gateway tells.
    pub version: Option<GatewayVersion>,
    /// Where the configuration keeps the agents.
    pub shape: ConfigShape,
    methods: Vec<String>,
}

impl Features {
    /// The workspace files that every release keeps.
    pub const FILES_OF_ALL: &'static [&'static str] = &NEW_FILES;

    /// The features of a version with a configuration of that shape and that list of methods.
    pub fn new(version: Option<GatewayVersion>, shape: ConfigShape, methods: Vec<String>) -> Self {
        Self { version, shape, methods }
    }

    /// The features of a release, as far as its version tells.
    pub fn of_version(version: Option<GatewayVersion>) -> Self {
        let shape = match version {
            Some(version) if version >= FIRST_WITH_ENTRIES => ConfigShape::Entries,
            _ => ConfigShape::List,
        };
        Self::new(version, shape, Vec::new())
    }

    /// The features of a connected gateway. The configuration decides the shape and helps out with
    /// the version where the connection reports `dev`.
    pub fn of(connected: &Connected, config: Option<&ConfigSnapshot>) -> Self {
        let version = connected.version().or_else(|| config.and_then(ConfigSnapshot::last_touched_version));
        // A new gateway without any agent has neither key: its version tells.
        let by_version = Self::of_version(version).shape;
        let has_list = config.is_some_and(|c| c.config.pointer("/agents/list").is_some());
        let shape = match config.map(ConfigSnapshot::shape) {
            Some(ConfigShape::Entries) => ConfigShape::Entries,
            _ if has_list => ConfigShape::List,
            _ => by_version,
        };
        Self::new(version, shape, connected.methods.clone())
    }

    fn at_least(&self, version: GatewayVersion) -> bool {
        // Without a version it is 2026.2 or 2026.3, which report `dev`.
        self.shape == ConfigShape::Entries || self.version.is_some_and(|v| v >= version)
    }

    /// Whether the gateway lists the method; `None` when it lists nothing.
    pub fn lists_method(&self, method: &str) -> Option<bool> {
        (!self.methods.is_empty()).then(|| self.methods.iter().any(|m| m == method))
    }

    /// The workspace files `agents.files.set` accepts.
    pub fn workspace_files(&self) -> &'static [&'static str] {
        match self.shape {
            ConfigShape::List => &OLD_FILES,
            ConfigShape::Entries => &NEW_FILES,
        }
    }

    /// Whether `agents.files.set` accepts that file. The rest belongs into `AGENTS.md`,
    /// and a heartbeat's instructions into its job's scratch text.
    pub fn supports_file(&self, name: &str) -> bool {
        self.workspace_files().contains(&name)
    }

    /// Whether a `config.patch` restarts the gateway; patches that touch `channels` do so more often.
    pub fn patch_restart(&self, touches_channels: bool) -> PatchRestart {
        match (self.shape, self.at_least(FIRST_WITH_HOT_RELOAD), touches_channels) {
            (ConfigShape::Entries, _, _) | (ConfigShape::List, true, false) => PatchRestart::Never,
            (ConfigShape::List, true, true) => PatchRestart::BeforeAnswer,
            (ConfigShape::List, false, _) => PatchRestart::AfterAnswer,
        }
    }

    /// How many `config.patch` calls a minute the gateway takes from one device; `None` is no limit.
    pub fn patches_per_minute(&self) -> Option<u32> {
        match self.shape {
            ConfigShape::Entries => Some(30),
            // An unknown version may be 2026.2, which has no limit; the careful answer is the other.
            ConfigShape::List if self.version.is_some_and(|v| v < FIRST_WITH_RATE_LIMIT) => None,
            ConfigShape::List => Some(3),
        }
    }

    /// Whether a `config.patch` should carry all there is to write: it restarts the gateway, or is one of a few that the gateway
    /// takes a minute.
    pub fn patches_cost(&self) -> bool {
        self.shape == ConfigShape::List
    }

    /// Whether turns that run, or begin, while the gateway takes in a `config.patch` are dropped although it does not restart.
    pub fn patch_drops_turns(&self) -> bool {
        self.shape == ConfigShape::Entries
    }

    /// Who has heartbeats while no agent has a block of its own.
    pub fn heartbeats_by_default(&self) -> HeartbeatsByDefault {
        match self.shape {
            ConfigShape::Entries => HeartbeatsByDefault::Owner,
            ConfigShape::List if self.at_least(FIRST_WITH_HEARTBEATS_FOR_ALL) => {
                HeartbeatsByDefault::EveryAgent
            }
            ConfigShape::List => HeartbeatsByDefault::DefaultAgent,
        }
    }

    /// Whether a `config.patch` merges lists by the `id` of their objects, so that a field goes only by `null`; before,
    /// it replaces them.
    pub fn patch_merges_by_id(&self) -> bool {
        // Without a version it is 2026.2 or 2026.3; all but the first of those merge.
        self.version.is_none_or(|version| version >= FIRST_WITH_LISTS_BY_ID)
    }

    /// What becomes of the files of an agent that is deleted.
    pub fn deleted_files(&self) -> DeletedFiles {
        match self.shape {
            ConfigShape::Entries => DeletedFiles::Reported,
            ConfigShape::List if self.at_least(FIRST_WITH_HOT_RELOAD) => DeletedFiles::Unknown,
            ConfigShape::List => DeletedFiles::Trashed,
        }
    }

    /// The `heartbeat.target` with which a turn runs although no channel is configured.
    pub fn heartbeat_target(&self) -> &'static str {
        match self.shape {
            ConfigShape::List => "last",
            ConfigShape::Entries => "none",
        }
    }

    /// The key below `channels.defaults` that says which heartbeat outcomes are shown.
    pub fn heartbeat_visibility_key(&self) -> &'static str {
        match self.shape {
            ConfigShape::List => "heartbeat",
            ConfigShape::Entries => "heartbeatVisibility",
        }
    }

    /// Whether a heartbeat may have `includeReasoning`.
    pub fn heartbeat_takes_reasoning(&self) -> bool {
        self.shape == ConfigShape::List
    }

    /// Whether an agent's entry may say how much it thinks.
    pub fn agent_takes_thinking(&self) -> bool {
        self.at_least(FIRST_WITH_AGENT_THINKING)
    }

    /// Whether heartbeats are jobs with a scratch text for their instructions.
    pub fn heartbeat_has_scratch(&self) -> bool {
        self.shape == ConfigShape::Entries
    }

    /// Whether a session shows its agent the workspace files as they were when it began: a change reaches the
    /// agent only in a session that was reset.
    pub fn session_keeps_files(&self) -> bool {
        !self.at_least(FIRST_WITH_FRESH_FILES)
    }

    /// Whether `usage.cost` and `sessions.usage` take `agentId` and `agentScope`. Those that do tell of the default agent only,
    /// or refuse, when neither is there. Before, `sessions.usage` tells of every session and refuses both, and `usage.cost`
    /// tells of the default agent whatever is asked.
    pub fn usage_takes_agent(&self) -> bool {
        self.at_least(FIRST_WITH_SCOPED_USAGE)
    }

    /// Whether what a model used is told with each of its messages; elsewhere only the sums of a session are known.
    pub fn tells_usage_of_calls(&self) -> bool {
        self.at_least(FIRST_WITH_CALL_USAGE)
    }

    /// Whether one session can be subscribed; elsewhere every operator is told everything.
    pub fn subscribes_sessions(&self) -> bool {
        self.at_least(FIRST_WITH_CALL_USAGE)
    }

    /// Whether `wake` can name an agent; elsewhere it wakes the default one.
    pub fn wake_takes_agent(&self) -> bool {
        self.shape == ConfigShape::Entries
    }

    /// Whether the main session of an agent can be deleted.
    pub fn main_session_deletable(&self) -> bool {
        self.shape == ConfigShape::List
    }

    /// Whether shell commands on the gateway's host run without approval unless configured
    /// otherwise; before, `tools.exec` must say `security: full, ask: off`.
    pub fn exec_open_by_default(&self) -> bool {
        self.at_least(FIRST_WITH_OPEN_EXEC)
    }

    /// Whether a client can connect as the control UI without a device, if the gateway allows it.
    pub fn control_ui_without_device(&self) -> bool {
        self.shape == ConfigShape::List
    }
}

impl Client {
    /// What the connected gateway can do: reads its configuration once. Without the scope to read it, the
    /// version alone decides.
    ///
    /// # Errors
    /// Any [`GatewayError`] but an error answer to `config.get`.
    pub async fn features(&self) -> Result<Features, GatewayError> {
        let config = match self.ask(&GetConfig {}).await {
            Ok(config) => Some(config),
            Err(GatewayError::Rpc(_)) => None,
            Err(error) => return Err(error),
        };
        let connected = self.connected(self.timing().link_wait).await?;
        Ok(Features::of(&connected, config.as_ref()))
    }
}
