//! What boards and groups of boards remember: notes and chat.

use diesel::prelude::*;
use serde_json::Value;

use crate::id::{AgentId, BoardGroupId, BoardGroupMemoryId, BoardId, BoardMemoryId, UserId};
use crate::schema;
use crate::time::Timestamp;

/// A note on a board, or a message of its chat.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_memory, treat_none_as_default_value = false)]
pub struct BoardMemory {
    /// Key.
    pub id: BoardMemoryId,
    /// The board.
    pub board_id: BoardId,
    /// The text.
    pub content: String,
    /// Words, a list of texts.
    pub tags: Option<Value>,
    /// A message of the chat.
    pub is_chat: bool,
    /// Who or what it is said to come from.
    pub source: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// The agent that wrote it.
    pub agent_id: Option<AgentId>,
    /// The person who wrote it.
    pub user_id: Option<UserId>,
}

/// A note that the boards of a group share, or a message of their chat.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_group_memory, treat_none_as_default_value = false)]
pub struct BoardGroupMemory {
    /// Key.
    pub id: BoardGroupMemoryId,
    /// The group.
    pub board_group_id: BoardGroupId,
    /// The text.
    pub content: String,
    /// Words, a list of texts.
    pub tags: Option<Value>,
    /// A message of the chat.
    pub is_chat: bool,
    /// Who or what it is said to come from.
    pub source: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// The agent that wrote it.
    pub agent_id: Option<AgentId>,
    /// The person who wrote it.
    pub user_id: Option<UserId>,
}
