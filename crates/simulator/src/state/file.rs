use crate::clock::now_ms;

/// A file of an agent's workspace.
#[derive(Debug, Clone)]
pub(crate) struct WorkspaceFile {
    pub(crate) content: String,
    pub(crate) updated_at_ms: u64,
}

impl WorkspaceFile {
    pub(crate) fn new(content: impl Into<String>) -> Self {
        Self { content: content.into(), updated_at_ms: now_ms() }
    }
}
