//! The generations of gateways, by the differences that clients can see.

use std::str::FromStr;
use std::time::Duration;

/// Where the agent's name stands.
pub(crate) const IDENTITY: &str = "IDENTITY.md";

/// Where the config keeps the agents, and which neighbouring keys exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigShape {
    /// `agents.list`, an array whose objects merge by `id` (up to 2026.7.x).
    List,
    /// `agents.entries`, an object by id (2026.8.1 and later).
    Entries,
}

/// What the gateway does after its config was patched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigReload {
    /// Answers, then restarts (up to 2026.3.x).
    Restart,
    /// Takes agents and tools over hot; a change of channels restarts before the answer (4.29, 7.1).
    RestartForChannels,
    /// Takes everything over hot (2026.8.1 and later).
    Hot,
}

/// What the gateway does to IDENTITY.md by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityWrites {
    /// Appends the name when it creates an agent (2026.3.x).
    Appended,
    /// Writes it anew, with the name in its place and an end of line at its end, when it creates an agent and at every
    /// `agents.update` (2026.6.35 and later).
    Merged,
}

/// A generation of gateways. Start from one of the constructors and change fields as needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayProfile {
    /// The release, as the config's `meta.lastTouchedVersion` says it.
    pub version: String,
    /// What the handshake announces; real gateways of the old generation say `dev`.
    pub announced_version: String,
    /// The only protocol number spoken.
    pub protocol: u64,
    /// Shape of the config.
    pub shape: ConfigShape,
    /// What a config patch entails.
    pub reload: ConfigReload,
    /// Config writes allowed per window and device; failed ones count too.
    pub config_writes: usize,
    /// Length of that window.
    pub write_window: Duration,
    /// Time between the answer to a config patch and the restart.
    pub restart_delay: Duration,
    /// How long a restarting gateway is away.
    pub restart_downtime: Duration,
    /// How long `agents.delete` takes. Newer gateways go on with it when the connection is cut, and refuse a second one
    /// for the same agent meanwhile.
    pub deletion_takes: Duration,
    /// How long the gateway takes to take in an agent that was just created: until then it is in the configuration, and
    /// everything else says "not found".
    pub agent_visible_after: Duration,
    /// What it does to IDENTITY.md by itself.
    pub identity_writes: IdentityWrites,
}

impl GatewayProfile {
    /// What they are called where one is chosen.
    pub const GENERATIONS: &str = "Generation: new (2026.9.6), transitional (2026.7.1) or old (2026.3.2)";

    /// 2026.3.2: protocol 3, `agents.list`, every config patch restarts the gateway.
    pub fn old() -> Self {
        Self {
            version: "2026.3.2".to_owned(),
            announced_version: "2026.3.2".to_owned(),
            protocol: 3,
            shape: ConfigShape::List,
            reload: ConfigReload::Restart,
            config_writes: 3,
            write_window: Duration::from_secs(60),
            restart_delay: Duration::from_secs(2),
            restart_downtime: Duration::from_millis(800),
            deletion_takes: Duration::ZERO,
            agent_visible_after: Duration::ZERO,
            identity_writes: IdentityWrites::Appended,
        }
    }

    /// 2026.7.1: protocol 4 with the old config shape and files.
    pub fn transitional() -> Self {
        Self {
            version: "2026.7.1".to_owned(),
            announced_version: "2026.7.1".to_owned(),
            protocol: 4,
            reload: ConfigReload::RestartForChannels,
            restart_delay: Duration::from_millis(500),
            identity_writes: IdentityWrites::Merged,
            ..Self::old()
        }
    }

    /// 2026.9.6: protocol 4, `agents.entries`, hot reload, fewer workspace files.
    pub fn modern() -> Self {
        Self {
            version: "2026.9.6".to_owned(),
            announced_version: "2026.9.6".to_owned(),
            protocol: 4,
            shape: ConfigShape::Entries,
            reload: ConfigReload::Hot,
            config_writes: 30,
            agent_visible_after: Duration::from_millis(150),
            identity_writes: IdentityWrites::Merged,
            ..Self::old()
        }
    }

    /// Whether this is the 2026.8.1-and-later generation.
    pub fn is_modern(&self) -> bool {
        self.shape == ConfigShape::Entries
    }

    /// Whether `usage.*` and `sessions.usage` can be asked about an agent (2026.6 and later).
    pub(crate) fn scopes_usage(&self) -> bool {
        self.protocol >= 4
    }

    /// Whether messages of sessions are told, with what they used and the turn that they are of (2026.4 and later).
    pub(crate) fn tells_usage(&self) -> bool {
        self.protocol >= 4
    }

    /// Whether `sessions.list` shows a hundred unless it is told how many (2026.7 and later).
    pub(crate) fn pages_sessions(&self) -> bool {
        self.protocol >= 4
    }

    /// Whether events of approvals reach only clients that say that they can take them.
    pub(crate) fn wants_capabilities(&self) -> bool {
        self.is_modern()
    }

    /// Whether `agents.files.list` shows a file that the gateway takes: newer ones never show IDENTITY.md.
    pub(crate) fn lists_file(&self, name: &str) -> bool {
        !(self.is_modern() && name == IDENTITY)
    }

    /// Workspace files that `agents.files.get` and `set` accept.
    pub(crate) fn workspace_files(&self) -> &'static [&'static str] {
        match self.shape {
            ConfigShape::List => &[
                "AGENTS.md",
                "SOUL.md",
                "TOOLS.md",
                "IDENTITY.md",
                "USER.md",
                "HEARTBEAT.md",
                "BOOTSTRAP.md",
                "MEMORY.md",
            ],
            ConfigShape::Entries => {
                &["AGENTS.md", "SOUL.md", "IDENTITY.md", "USER.md", "BOOTSTRAP.md", "MEMORY.md"]
            }
        }
    }
}

/// A profile name that is not known.
#[derive(Debug, thiserror::Error)]
#[error("unknown gateway profile \"{0}\": use old (2026.3.2), transitional (2026.7.1) or modern (2026.9.6)")]
pub struct UnknownProfile(String);

impl FromStr for GatewayProfile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        match name {
            "old" | "2026.3.2" => Ok(Self::old()),
            "transitional" | "2026.7.1" => Ok(Self::transitional()),
            "modern" | "new" | "2026.9.6" => Ok(Self::modern()),
            other => Err(UnknownProfile(other.to_owned())),
        }
    }
}
