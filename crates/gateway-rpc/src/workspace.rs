//! What OpenClaw calls the files of an agent's workspace that it reads by itself.

/// How to work.
pub const AGENTS: &str = "AGENTS.md";
/// Character.
pub const SOUL: &str = "SOUL.md";
/// What there is to work with.
pub const TOOLS: &str = "TOOLS.md";
/// Name, role, style.
pub const IDENTITY: &str = "IDENTITY.md";
/// The person behind.
pub const USER: &str = "USER.md";
/// What to do at each heartbeat.
pub const HEARTBEAT: &str = "HEARTBEAT.md";
/// The first run; its agent removes it.
pub const BOOTSTRAP: &str = "BOOTSTRAP.md";
/// Long-term memory.
pub const MEMORY: &str = "MEMORY.md";
