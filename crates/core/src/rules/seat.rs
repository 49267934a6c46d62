//! What a credential shows of a membership: all of it, or the rights to some boards only.

use std::ops::Deref;

use super::access;
use crate::id::BoardId;
use crate::models::{OrgRole, OrganizationBoardAccess, OrganizationMember};

/// A membership with the rights that the caller's credential has of it. It reads like the membership; grants for boards
/// have to go through [`grants`](Self::grants).
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    member: OrganizationMember,
    only: Option<Only>,
}

/// The boards that a credential is for, and whether the membership opens every board.
#[derive(Debug, Clone, PartialEq)]
struct Only {
    boards: Vec<BoardId>,
    reads_all: bool,
    writes_all: bool,
}

impl Seat {
    /// The membership as a plain member with rights to these boards alone, as far as it has them itself.
    pub fn on_boards(member: OrganizationMember, boards: Vec<BoardId>) -> Self {
        let (reads_all, writes_all) = (access::reads_all_boards(&member), access::writes_all_boards(&member));
        let member = OrganizationMember {
            role: OrgRole::Member,
            all_boards_read: false,
            all_boards_write: false,
            ..member
        };
        Self { member, only: Some(Only { boards, reads_all, writes_all }) }
    }

    /// The boards that it is for; `None` for all of the membership's.
    pub fn boards(&self) -> Option<&[BoardId]> {
        self.only.as_ref().map(|only| only.boards.as_slice())
    }

    /// The grants for single boards, of those that are stored for the membership.
    pub fn grants(&self, stored: Vec<OrganizationBoardAccess>) -> Vec<OrganizationBoardAccess> {
        let Some(only) = &self.only else { return stored };
        let grant = |board: &BoardId| {
            let own = stored.iter().find(|grant| grant.board_id == *board);
            let writes = only.writes_all || own.is_some_and(|grant| grant.can_write);
            let reads = writes || only.reads_all || own.is_some_and(|grant| grant.can_read);
            reads.then(|| match own {
                Some(own) => OrganizationBoardAccess { can_read: reads, can_write: writes, ..own.clone() },
                None => OrganizationBoardAccess::new(self.member.id, *board, reads, writes),
            })
        };
        only.boards.iter().filter_map(grant).collect()
    }

    /// The membership as it is shown.
    pub fn into_member(self) -> OrganizationMember {
        self.member
    }
}

impl From<OrganizationMember> for Seat {
    fn from(member: OrganizationMember) -> Self {
        Self { member, only: None }
    }
}

impl Deref for Seat {
    type Target = OrganizationMember;

    fn deref(&self) -> &OrganizationMember {
        &self.member
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{OrganizationId, UserId};

    /// What a seat that is for `named` alone may do there and on `other`, of a member with a grant for each.
    fn rights(role: OrgRole, grant: (bool, bool)) -> [(bool, bool); 2] {
        let member = OrganizationMember::new(OrganizationId::random(), UserId::random(), role);
        let (named, other) = (BoardId::random(), BoardId::random());
        let stored =
            [named, other].map(|board| OrganizationBoardAccess::new(member.id, board, grant.0, grant.1));
        let seat = Seat::on_boards(member, vec![named]);
        assert!(!access::is_admin(&seat.role) && !access::reads_all_boards(&seat));
        let grants = seat.grants(stored.to_vec());
        [named, other].map(|board| {
            let of_board = grants.iter().find(|grant| grant.board_id == board);
            of_board.map_or((false, false), |grant| (grant.can_read, grant.can_write))
        })
    }

    #[rstest]
    #[case(OrgRole::Owner, (false, false), (true, true))]
    #[case(OrgRole::Member, (true, true), (true, true))]
    #[case(OrgRole::Member, (true, false), (true, false))]
    #[case(OrgRole::Admin, (false, false), (false, false))]
    fn some_boards_are_never_more_than_the_member_has_there_and_nothing_elsewhere(
        #[case] role: OrgRole,
        #[case] grant: (bool, bool),
        #[case] on_it: (bool, bool),
    ) {
        assert_eq!(rights(role, grant), [on_it, (false, false)]);
    }

    #[test]
    fn without_boards_a_seat_is_the_membership() {
        let member = OrganizationMember::new(OrganizationId::random(), UserId::random(), OrgRole::Owner);
        let stored = vec![OrganizationBoardAccess::new(member.id, BoardId::random(), true, false)];
        let seat = Seat::from(member.clone());
        assert_eq!((seat.grants(stored.clone()), seat.boards()), (stored, None));
        assert_eq!(seat.into_member(), member);
    }
}
