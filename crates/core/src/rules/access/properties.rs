//! What holds for every organization, member, board and grant.

use proptest::prelude::*;

use super::*;
use crate::id::{BoardGroupId, BoardId, OrganizationId, UserId};
use crate::rules::event_access::EventView;

fn role() -> impl Strategy<Value = OrgRole> {
    prop::sample::select(vec![
        OrgRole::Owner,
        OrgRole::Admin,
        OrgRole::Member,
        OrgRole::Other("wizard".to_owned()),
    ])
}

/// A member's rights on a board: on all boards, and by a grant for this one.
#[derive(Debug, Clone, Copy)]
struct Rights {
    all: (bool, bool),
    granted: Option<(bool, bool)>,
}

fn rights() -> impl Strategy<Value = Rights> {
    (any::<(bool, bool)>(), any::<Option<(bool, bool)>>()).prop_map(|(all, granted)| Rights { all, granted })
}

impl Rights {
    fn or(self, other: Self) -> Self {
        let either = |a: (bool, bool), b: (bool, bool)| (a.0 || b.0, a.1 || b.1);
        let granted = match (self.granted, other.granted) {
            (Some(a), Some(b)) => Some(either(a, b)),
            (a, b) => a.or(b),
        };
        Self { all: either(self.all, other.all), granted }
    }

    /// What the member may do on the board: read, and write.
    fn on(self, mut member: OrganizationMember, board: &Board) -> (bool, bool) {
        (member.all_boards_read, member.all_boards_write) = self.all;
        let grant = self.granted.map(|(can_read, can_write)| OrganizationBoardAccess {
            can_read,
            ..OrganizationBoardAccess::new(member.id, board.id, can_read, can_write)
        });
        let grant = grant.as_ref();
        (may_read_board(&member, board, grant), may_write_board(&member, board, grant))
    }
}

/// A change that one member wants to make to another, by their places in the list of members.
#[derive(Debug, Clone)]
enum Change {
    Role(usize, usize, OrgRole),
    Removal(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0_usize..6, 0_usize..6, role()).prop_map(|(by, of, role)| Change::Role(by, of, role)),
        (0_usize..6, 0_usize..6).prop_map(|(by, of)| Change::Removal(by, of)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn who_writes_a_board_reads_it_and_more_rights_never_close_one(
        role in role(), some in rights(), more in rights(),
    ) {
        let organization = OrganizationId::random();
        let member = OrganizationMember::new(organization, UserId::random(), role);
        let board = Board::new(organization, "Research", "research");
        let (reads, writes) = some.on(member.clone(), &board);
        prop_assert!(reads || !writes);
        let (still_reads, still_writes) = some.or(more).on(member.clone(), &board);
        prop_assert!(still_reads >= reads && still_writes >= writes);
        let elsewhere = Board { organization_id: OrganizationId::random(), ..board };
        prop_assert_eq!(some.or(more).on(member, &elsewhere), (false, false));
    }

    #[test]
    fn what_a_member_hears_of_is_what_the_member_may_read(
        role in role(),
        reads_all in any::<bool>(),
        boards in prop::collection::vec((any::<Option<(bool, bool)>>(), 0_usize..3), 0..6),
    ) {
        let organization = OrganizationId::random();
        let mut member = OrganizationMember::new(organization, UserId::random(), role);
        (member.all_boards_read, member.all_boards_write) = (reads_all, false);
        let groups = [BoardGroupId::random(), BoardGroupId::random()];
        let (mut rows, mut grants) = (Vec::new(), Vec::new());
        for (granted, group) in boards {
            let board = Board {
                board_group_id: groups.get(group).copied(),
                ..Board::new(organization, "Board", "board")
            };
            grants.extend(granted.map(|(reads, writes)| {
                OrganizationBoardAccess::new(member.id, board.id, reads, writes)
            }));
            rows.push(board);
        }
        let places: Vec<_> = rows.iter().map(|board| (board.id, board.board_group_id)).collect();
        let view = EventView::new(&member, &grants, &places);
        let readable = |board: &Board| {
            let grant = grants.iter().find(|grant| grant.board_id == board.id);
            may_read_board(&member, board, grant)
        };
        let expected: Vec<BoardId> =
            rows.iter().filter(|board| readable(board)).map(|board| board.id).collect();
        let heard: Vec<BoardId> =
            rows.iter().filter(|board| view.sees_board(board.id)).map(|board| board.id).collect();
        prop_assert_eq!(heard, expected);
        for group in groups {
            let of_group = rows.iter().filter(|board| board.board_group_id == Some(group));
            let of_group: Vec<bool> = of_group.map(readable).collect();
            prop_assert_eq!(view.sees_group(group), may_read_group(&member, &of_group));
        }
    }

    #[test]
    fn whatever_members_do_to_each_other_an_owner_remains_and_nobody_rises_above_who_raised_them(
        mut roles in prop::collection::vec(role(), 1..6),
        changes in prop::collection::vec(change(), 0..40),
    ) {
        if let Some(first) = roles.first_mut() {
            *first = OrgRole::Owner;
        }
        for change in changes {
            let (by, of, then) = match change {
                Change::Role(by, of, role) => (by, of, Some(role)),
                Change::Removal(by, of) => (by, of, None),
            };
            let (Some(own), Some(theirs)) = (roles.get(by).cloned(), roles.get(of).cloned()) else { continue };
            let owners = roles.iter().filter(|role| **role == OrgRole::Owner).count();
            let granted = then.as_ref().is_none_or(|role| may_grant(&own, role));
            if may_manage(&own, &theirs) && granted && keeps_an_owner(owners, &theirs, then.as_ref()) {
                match then {
                    Some(role) => {
                        prop_assert!(rank(&role) <= rank(&own));
                        roles[of] = role;
                    }
                    None => {
                        roles.remove(of);
                    }
                }
            }
            prop_assert!(roles.contains(&OrgRole::Owner));
        }
    }
}
