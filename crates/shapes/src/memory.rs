//! What boards and groups of boards remember, their chats included.

use mission_control_core::id::{AgentId, BoardGroupId, BoardGroupMemoryId, BoardId, BoardMemoryId, UserId};
use mission_control_core::limits::TAGS;
use mission_control_core::models::{BoardGroupMemory, BoardMemory};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A note on a board, or a message of its chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardMemoryRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardMemoryId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The text.
    pub content: String,
    /// Words.
    pub tags: Option<Vec<String>>,
    /// Who or what it is said to come from; of what an agent wrote it begins with the agent's name.
    pub source: Option<String>,
    /// The agent that wrote it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The person who wrote it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user_id: Option<UserId>,
    /// A message of the chat.
    pub is_chat: bool,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A note that the boards of a group share, or a message of their chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardGroupMemoryRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardGroupMemoryId,
    /// The group.
    #[schema(value_type = uuid::Uuid)]
    pub board_group_id: BoardGroupId,
    /// The text.
    pub content: String,
    /// Words.
    pub tags: Option<Vec<String>>,
    /// Who or what it is said to come from; of what an agent wrote it begins with the agent's name.
    pub source: Option<String>,
    /// The agent that wrote it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The person who wrote it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user_id: Option<UserId>,
    /// A message of the chat.
    pub is_chat: bool,
    /// When it was written.
    pub created_at: Timestamp,
}

/// The words of a stored list, as many as may be sent; what is no text is passed over.
fn words(tags: Option<Value>) -> Option<Vec<String>> {
    let tags = tags?;
    let words = tags.as_array()?.iter().filter_map(Value::as_str);
    Some(words.take(TAGS).map(str::to_owned).collect())
}

impl From<BoardMemory> for BoardMemoryRead {
    fn from(memory: BoardMemory) -> Self {
        Self {
            id: memory.id,
            board_id: memory.board_id,
            content: memory.content,
            tags: words(memory.tags),
            source: memory.source,
            agent_id: memory.agent_id,
            user_id: memory.user_id,
            is_chat: memory.is_chat,
            created_at: memory.created_at,
        }
    }
}

impl From<BoardGroupMemory> for BoardGroupMemoryRead {
    fn from(memory: BoardGroupMemory) -> Self {
        Self {
            id: memory.id,
            board_group_id: memory.board_group_id,
            content: memory.content,
            tags: words(memory.tags),
            source: memory.source,
            agent_id: memory.agent_id,
            user_id: memory.user_id,
            is_chat: memory.is_chat,
            created_at: memory.created_at,
        }
    }
}
