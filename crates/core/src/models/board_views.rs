//! Named ways to look at boards.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{BoardId, BoardViewId, MemberId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// How the tasks of a board are laid out.
    stored BoardLayout {
        /// Cards in columns.
        Board = "board",
        /// Rows of a table.
        Table = "table",
    }
}

/// A named way to look at a board. What filter, order and the like mean is up to the clients that show tasks so.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_views, treat_none_as_default_value = false)]
pub struct BoardView {
    /// Key.
    pub id: BoardViewId,
    /// The board.
    pub board_id: BoardId,
    /// Whose own it is; none when it is shared with everybody who sees the board.
    pub member_id: Option<MemberId>,
    /// What it is called.
    pub name: String,
    /// Which tasks are shown.
    pub filter: Option<String>,
    /// In which order.
    pub sort: Option<String>,
    /// By what they are grouped.
    pub group_by: Option<String>,
    /// How they are laid out.
    pub layout: BoardLayout,
    /// The columns of the table, as a list of names.
    pub table_columns: Option<Value>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Changes to a [`BoardView`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::board_views)]
pub struct BoardViewChanges {
    pub member_id: Option<Option<MemberId>>,
    pub name: Option<String>,
    pub filter: Option<Option<String>>,
    pub sort: Option<Option<String>>,
    pub group_by: Option<Option<String>>,
    pub layout: Option<BoardLayout>,
    pub table_columns: Option<Option<Value>>,
}
