//! Why something about a custom field was not done.

use mission_control_core::id::BoardId;
use mission_control_core::limits::{BOARDS, CUSTOM_FIELDS};
use mission_control_core::rules::custom_fields::{InvalidDefinition, InvalidPattern};
use mission_control_store::StoreError;

/// Why something about a custom field was not done.
#[derive(Debug, thiserror::Error)]
pub enum CustomFieldError {
    /// What the values must match is no pattern.
    #[error("This is {0}.")]
    Pattern(#[from] InvalidPattern),
    /// Its parts do not fit together.
    #[error(transparent)]
    Definition(#[from] InvalidDefinition),
    /// Boards that are not there for the caller.
    #[error("The organization has no such boards.")]
    UnknownBoards(Vec<BoardId>),
    /// It would be on more boards than a field may be on.
    #[error("A custom field is on at most {BOARDS} boards.")]
    TooManyBoards,
    /// Boards that have as many fields as they may.
    #[error("A board has at most {CUSTOM_FIELDS} custom fields.")]
    FullBoards(Vec<BoardId>),
    /// Another field has its key.
    #[error("A field of this organization has this key already.")]
    KeyTaken,
    /// What tasks have values of cannot go.
    #[error("Tasks have values of this field.")]
    InUse,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
