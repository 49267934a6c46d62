//! What tools are told.

use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::limits::{PROSE, TOOL_PAGE};
use mission_control_store::Cursor;

use crate::input::{Bounded, Text};

crate::input! {
    /// Where a tool works.
    pub(super) struct OnBoard {
        /// The board; an agent's own when it is not named.
        pub(super) board_id: Option<BoardId>,
    }
}

crate::input! {
    /// The task that a tool works on.
    pub(super) struct OnTask {
        /// The board; an agent's own when it is not named.
        pub(super) board_id: Option<BoardId>,
        /// The task.
        pub(super) task_id: TaskId,
    }
}

crate::input! {
    /// Which part of a list is wanted.
    pub(super) struct Part {
        /// Entries at most.
        pub(super) limit: Bounded<1, TOOL_PAGE> = Bounded(20),
        /// Entries to skip.
        pub(super) offset: Bounded<0, { i64::MAX }> = Bounded(0),
        /// `next_cursor` of the page before, instead of `offset`.
        pub(super) cursor: Option<Cursor>,
    }
}

crate::input! {
    /// A message to a lead.
    pub(super) struct ToLead {
        /// The board; an agent's own when it is not named.
        pub(super) board_id: Option<BoardId>,
        /// The text.
        pub(super) content: Text<PROSE>,
    }
}
