//! Which entries of the event log a member of an organization may see.

use std::collections::HashSet;

use super::access;
use crate::id::{BoardGroupId, BoardId, MemberId};
use crate::models::{OrganizationBoardAccess, OrganizationMember};

/// For whom in an organization something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those who see this board.
    Board(BoardId),
    /// Those who see this group of boards.
    Group(BoardGroupId),
    /// Every member.
    Members,
    /// Those who administer the organization.
    Admins,
    /// Nobody but this member.
    Member(MemberId),
}

/// What a member may see of the organization's events: made once from the member's rights, asked per entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    member: MemberId,
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
            member: member.id,
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

    /// Whether the member may see what is for these.
    pub fn sees(&self, scope: Scope) -> bool {
        match scope {
            Scope::Board(board) => self.sees_board(board),
            Scope::Group(group) => self.sees_group(group),
            Scope::Members => true,
            Scope::Admins => self.admin,
            Scope::Member(member) => member == self.member,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{OrganizationId, UserId};
    use crate::models::OrgRole;

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
        let entry = |board| it.view.sees(Scope::Board(board));
        assert_eq!((entry(it.granted), entry(it.other)), sees);
        assert_eq!(it.view.boards().count(), if all { 2 } else { 1 });
    }

    #[rstest]
    #[case(OrgRole::Member)]
    #[case(OrgRole::Owner)]
    fn marks_of_an_inbox_are_for_its_member_alone(#[case] role: OrgRole) {
        let view = member_with_a_grant(role, true).view;
        assert!(view.sees(Scope::Member(view.member)));
        assert!(!view.sees(Scope::Member(MemberId::random())));
    }

    #[test]
    fn memory_of_a_group_is_for_those_who_see_a_board_of_it() {
        let it = member_with_a_grant(OrgRole::Member, false);
        assert!(it.view.sees(Scope::Group(it.group)));
        assert!(!it.view.sees(Scope::Group(BoardGroupId::random())));
        let admin = member_with_a_grant(OrgRole::Admin, false).view;
        assert!(admin.sees_group(BoardGroupId::random()), "a group without boards is the admins'");
    }

    #[test]
    fn what_concerns_no_board_is_for_admins_unless_it_is_open() {
        for role in [OrgRole::Member, OrgRole::Admin] {
            let is_admin = role == OrgRole::Admin;
            let view = member_with_a_grant(role, true).view;
            assert_eq!((view.sees(Scope::Members), view.sees(Scope::Admins)), (true, is_admin));
        }
    }
}
