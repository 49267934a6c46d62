//! Which entries of the event log a member of an organization may see.

use std::collections::HashSet;

use serde_json::Value;

use super::access;
use crate::events::{EventKind, EventSubject};
use crate::id::{BoardGroupId, BoardId};
use crate::models::{OrganizationBoardAccess, OrganizationMember};

/// What a member may see of the organization's events: made once from the member's rights, asked per entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    admin: bool,
    all_boards: bool,
    boards: HashSet<BoardId>,
    groups: HashSet<BoardGroupId>,
    /// Groups with a board, whether the member sees it or not.
    used_groups: HashSet<BoardGroupId>,
}

impl EventView {
    /// The view of `member`, who has these `grants`; `boards` are the boards of the organization with their groups.
    pub fn new(
        member: &OrganizationMember,
        grants: &[OrganizationBoardAccess],
        boards: &[(BoardId, Option<BoardGroupId>)],
    ) -> Self {
        let all_boards = access::reads_all_boards(member);
        let granted: HashSet<BoardId> = grants
            .iter()
            .filter(|grant| grant.organization_member_id == member.id && (grant.can_read || grant.can_write))
            .map(|grant| grant.board_id)
            .collect();
        let open = || boards.iter().filter(|(id, _)| all_boards || granted.contains(id));
        Self {
            admin: access::is_admin(&member.role),
            all_boards,
            boards: open().map(|(id, _)| *id).collect(),
            groups: open().filter_map(|(_, group)| *group).collect(),
            used_groups: boards.iter().filter_map(|(_, group)| *group).collect(),
        }
    }

    /// Whether the member administers the organization.
    pub fn is_admin(&self) -> bool {
        self.admin
    }

    /// Whether the member may see this board. A board made after the view is seen by those who see all boards.
    pub fn sees_board(&self, board: BoardId) -> bool {
        self.all_boards || self.boards.contains(&board)
    }

    /// Whether the member may see this group: it has a board that the member sees, or none and the member is an admin.
    pub fn sees_group(&self, group: BoardGroupId) -> bool {
        self.all_boards || self.groups.contains(&group) || (self.admin && !self.used_groups.contains(&group))
    }

    /// The boards of the organization that the member may see.
    pub fn boards(&self) -> impl Iterator<Item = BoardId> {
        self.boards.iter().copied()
    }

    /// Whether the member may see an entry of this organization's log.
    pub fn sees(&self, board: Option<BoardId>, kind: EventKind, payload: &Value) -> bool {
        if let Some(board) = board {
            return self.sees_board(board);
        }
        if let Some(group) = group_of(kind, payload) {
            return self.sees_group(group);
        }
        // What concerns the organization as a whole and is open to every member.
        let open = matches!(
            kind.subject(),
            EventSubject::Organization | EventSubject::Tag | EventSubject::CustomField
        );
        self.admin || open
    }
}

/// The board group that an entry concerns.
pub fn group_of(kind: EventKind, payload: &Value) -> Option<BoardGroupId> {
    let id = match kind {
        EventKind::GroupMemoryCreated => payload.get("memory")?.get("board_group_id")?,
        EventKind::BoardGroupCreated | EventKind::BoardGroupUpdated | EventKind::BoardGroupDeleted => {
            payload.get("board_group")?.get("id")?
        }
        _ => return None,
    };
    id.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::id::{OrganizationId, UserId};
    use crate::models::{ForeignWord, OrgRole};

    struct Fixture {
        view: EventView,
        granted: BoardId,
        other: BoardId,
        group: BoardGroupId,
    }

    /// A member with a grant for one board, which is in a group; a second board is in none.
    fn member_with_a_grant(role: OrgRole, all_boards: bool) -> Fixture {
        let mut member = OrganizationMember::new(OrganizationId::random(), UserId::random(), role);
        member.all_boards_read = all_boards;
        let (granted, other, group) = (BoardId::random(), BoardId::random(), BoardGroupId::random());
        let grants = [OrganizationBoardAccess::new(member.id, granted, true, false)];
        let view = EventView::new(&member, &grants, &[(granted, Some(group)), (other, None)]);
        Fixture { view, granted, other, group }
    }

    #[rstest]
    #[case::a_member_sees_what_is_granted(OrgRole::Member, false, (true, false))]
    #[case::a_member_with_all_boards_sees_all(OrgRole::Member, true, (true, true))]
    #[case::a_role_alone_opens_no_board(OrgRole::Admin, false, (true, false))]
    fn entries_of_a_board_are_for_those_who_see_the_board(
        #[case] role: OrgRole,
        #[case] all: bool,
        #[case] sees: (bool, bool),
    ) {
        let it = member_with_a_grant(role, all);
        let entry = |board| it.view.sees(Some(board), EventKind::TaskUpdated, &json!({}));
        assert_eq!((entry(it.granted), entry(it.other)), sees);
        assert_eq!(it.view.boards().count(), if all { 2 } else { 1 });
    }

    #[test]
    fn memory_of_a_group_is_for_those_who_see_a_board_of_it() {
        let it = member_with_a_grant(OrgRole::Member, false);
        let memory = |group: BoardGroupId| json!({ "memory": { "board_group_id": group } });
        assert!(it.view.sees(None, EventKind::GroupMemoryCreated, &memory(it.group)));
        assert!(!it.view.sees(None, EventKind::GroupMemoryCreated, &memory(BoardGroupId::random())));
        let admin = member_with_a_grant(OrgRole::Admin, false).view;
        assert!(admin.sees_group(BoardGroupId::random()), "a group without boards is the admins'");
    }

    #[rstest]
    #[case("gateway.connection", false)]
    #[case("member.updated", false)]
    #[case("agent.updated", false)]
    #[case("something.new", false)]
    #[case("organization.updated", true)]
    #[case("tag.created", true)]
    fn what_concerns_no_board_is_for_admins_unless_it_is_open(#[case] kind: &str, #[case] open: bool) {
        let known = kind.parse().unwrap_or_else(|_| EventKind::Foreign(ForeignWord::new(kind)));
        let seen_by = |role| member_with_a_grant(role, true).view.sees(None, known, &json!({}));
        assert_eq!((seen_by(OrgRole::Member), seen_by(OrgRole::Admin)), (open, true));
    }
}
