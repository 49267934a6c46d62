//! Named ways to look at boards.

use mission_control_core::id::{BoardId, BoardViewId};
use mission_control_core::models::{BoardLayout, BoardView};
use mission_control_core::rules::version::Version;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A named way to look at a board.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BoardViewRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardViewId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// Whether everybody who sees the board has it; otherwise it is the caller's own.
    pub shared: bool,
    /// What it is called.
    pub name: String,
    /// Which tasks are shown, in the words of the filter.
    pub filter: Option<String>,
    /// The order, the other way round with a hyphen before it.
    #[schema(example = "-priority")]
    pub sort: Option<String>,
    /// By what tasks are grouped.
    #[schema(example = "assignee")]
    pub group_by: Option<String>,
    /// `board` or `table`.
    #[schema(value_type = String, example = "board")]
    pub layout: BoardLayout,
    /// The columns of the table; none for those that whoever looks has chosen.
    pub columns: Option<Vec<String>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Names it as it is, for `If-Match`.
    pub version: String,
}

impl BoardViewRead {
    /// What people change of it.
    pub fn as_seen(view: &BoardView) -> Version {
        Version::default()
            .with("shared", &view.member_id.is_none())
            .with("name", &view.name)
            .with("filter", &view.filter)
            .with("sort", &view.sort)
            .with("group_by", &view.group_by)
            .with("layout", &view.layout)
            .with("columns", &view.table_columns)
    }
}

impl From<BoardView> for BoardViewRead {
    fn from(view: BoardView) -> Self {
        Self {
            version: Self::as_seen(&view).into(),
            id: view.id,
            board_id: view.board_id,
            shared: view.member_id.is_none(),
            name: view.name,
            filter: view.filter,
            sort: view.sort,
            group_by: view.group_by,
            layout: view.layout,
            columns: view.table_columns.and_then(|columns| serde_json::from_value(columns).ok()),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
