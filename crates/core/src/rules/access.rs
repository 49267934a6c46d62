//! Who may do what in an organization: its owners, admins and members, and the boards they were granted.

use crate::models::{Agent, Board, OrgRole, OrganizationBoardAccess, OrganizationMember, UnknownText};

/// Whether the role may change the organization: its gateways, members and settings.
pub fn is_admin(role: &OrgRole) -> bool {
    rank(role) >= rank(&OrgRole::Admin)
}

/// Whether someone with the role `own` may give the role `granted` to another: admins and owners, up to their own role.
pub fn may_grant(own: &OrgRole, granted: &OrgRole) -> bool {
    is_admin(own) && rank(granted) <= rank(own)
}

/// Whether an account may have the role: service accounts own nothing, for nobody could sign in as the owner.
pub fn may_have(role: &OrgRole, is_service_account: bool) -> bool {
    !(is_service_account && rank(role) >= rank(&OrgRole::Owner))
}

/// Whether someone with the role `own` may change or remove a member who has the role `theirs`.
pub fn may_manage(own: &OrgRole, theirs: &OrgRole) -> bool {
    may_grant(own, theirs)
}

/// Whether an organization with so many `owners` keeps one when a member's role goes from `role` to `then`; `None` is
/// the member's removal.
pub fn keeps_an_owner(owners: usize, role: &OrgRole, then: Option<&OrgRole>) -> bool {
    *role != OrgRole::Owner || then == Some(&OrgRole::Owner) || owners > 1
}

/// What becomes of an organization when the account of a member is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// Others go on with it.
    Leaves,
    /// Nobody else is in it: it goes too.
    Dissolves,
    /// Others are in it and none of them owns it: the account has to stay.
    Refused,
}

/// What becomes of an organization with members of these `roles` when the account of one with the role `own` is
/// deleted.
pub fn parting(own: &OrgRole, roles: &[OrgRole]) -> Parting {
    let owners = roles.iter().filter(|role| **role == OrgRole::Owner).count();
    match roles.len() {
        0 | 1 => Parting::Dissolves,
        _ if keeps_an_owner(owners, own, None) => Parting::Leaves,
        _ => Parting::Refused,
    }
}

/// Reads a role from a request: case and blanks do not matter, an empty text means `member`.
///
/// # Errors
/// The text is no role.
pub fn parse_role(text: &str) -> Result<OrgRole, UnknownText> {
    match OrgRole::from(text.trim().to_lowercase().as_str()) {
        OrgRole::Other(word) if word.is_empty() => Ok(OrgRole::Member),
        OrgRole::Other(word) => Err(UnknownText { wanted: "OrgRole", text: word }),
        role => Ok(role),
    }
}

/// Whether the member may see the board. `grant` is the member's own for this board, if there is one.
pub fn may_read_board(
    member: &OrganizationMember,
    board: &Board,
    grant: Option<&OrganizationBoardAccess>,
) -> bool {
    member.organization_id == board.organization_id
        && (reads_all_boards(member)
            || grant_of(member, board, grant).is_some_and(|g| g.can_read || g.can_write))
}

/// Whether the member may change what is on the board. `grant` as in [`may_read_board`].
pub fn may_write_board(
    member: &OrganizationMember,
    board: &Board,
    grant: Option<&OrganizationBoardAccess>,
) -> bool {
    member.organization_id == board.organization_id
        && (writes_all_boards(member) || grant_of(member, board, grant).is_some_and(|g| g.can_write))
}

/// Whether the member sees every board of the organization without a grant.
pub fn reads_all_boards(member: &OrganizationMember) -> bool {
    member.all_boards_read || member.all_boards_write
}

/// Whether the member writes every board of the organization without a grant.
pub fn writes_all_boards(member: &OrganizationMember) -> bool {
    member.all_boards_write
}

/// Whether the member may see a group of boards. `readable` says of each board of the group whether the member may see it.
pub fn may_read_group(member: &OrganizationMember, readable: &[bool]) -> bool {
    reads_all_boards(member) || may_use_group(member, readable)
}

/// Whether the member may change a group of boards and write to its memory. `writable` says of each board of the group
/// whether the member may change it.
pub fn may_write_group(member: &OrganizationMember, writable: &[bool]) -> bool {
    writes_all_boards(member) || may_use_group(member, writable)
}

/// One board of it is enough; a group without boards is for admins.
fn may_use_group(member: &OrganizationMember, boards: &[bool]) -> bool {
    if boards.is_empty() { is_admin(&member.role) } else { boards.contains(&true) }
}

/// Whether the agent works on the board, or is the main agent of its gateway.
pub fn serves(agent: &Agent, board: &Board) -> bool {
    match agent.board_id {
        Some(own) => own == board.id,
        None => board.gateway_id == Some(agent.gateway_id),
    }
}

/// The grant, if it is this member's and for this board.
fn grant_of<'a>(
    member: &OrganizationMember,
    board: &Board,
    grant: Option<&'a OrganizationBoardAccess>,
) -> Option<&'a OrganizationBoardAccess> {
    grant.filter(|grant| grant.organization_member_id == member.id && grant.board_id == board.id)
}

/// Owner above admin above member; a word that is no role has the rights of a member.
pub(super) fn rank(role: &OrgRole) -> u8 {
    match role {
        OrgRole::Owner => 2,
        OrgRole::Admin => 1,
        OrgRole::Member | OrgRole::Other(_) => 0,
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{BoardId, OrganizationId, UserId};

    fn member_and_board(all_read: bool, all_write: bool) -> (OrganizationMember, Board) {
        let organization = OrganizationId::random();
        let mut member = OrganizationMember::new(organization, UserId::random(), OrgRole::Member);
        (member.all_boards_read, member.all_boards_write) = (all_read, all_write);
        (member, Board::new(organization, "Research", "research"))
    }

    #[rstest]
    #[case::nothing((false, false), None, (false, false))]
    #[case::reads_all((true, false), None, (true, false))]
    #[case::writing_all_includes_reading((false, true), None, (true, true))]
    #[case::empty_grant((false, false), Some((false, false)), (false, false))]
    #[case::read_grant((false, false), Some((true, false)), (true, false))]
    #[case::a_write_grant_includes_reading((false, false), Some((false, true)), (true, true))]
    #[case::a_grant_adds_to_reading_all((true, false), Some((false, true)), (true, true))]
    #[case::a_grant_takes_nothing_away((false, true), Some((false, false)), (true, true))]
    fn boards_are_open_by_organization_wide_rights_or_by_a_grant(
        #[case] all: (bool, bool),
        #[case] granted: Option<(bool, bool)>,
        #[case] (reads, writes): (bool, bool),
    ) {
        let (member, board) = member_and_board(all.0, all.1);
        let grant = granted.map(|(can_read, can_write)| {
            let mut grant = OrganizationBoardAccess::new(member.id, board.id, can_read, can_write);
            grant.can_read = can_read;
            grant
        });
        assert_eq!(may_read_board(&member, &board, grant.as_ref()), reads);
        assert_eq!(may_write_board(&member, &board, grant.as_ref()), writes);
    }

    #[rstest]
    #[case::one_board_is_enough("member", (false, false), &[false, true], (true, true))]
    #[case::none_of_its_boards("admin", (false, false), &[false, false], (false, false))]
    #[case::no_boards_and_no_admin("member", (false, false), &[], (false, false))]
    #[case::no_boards("admin", (false, false), &[], (true, true))]
    #[case::reads_all("member", (true, false), &[false], (true, false))]
    #[case::writing_all_includes_reading("member", (false, true), &[], (true, true))]
    fn a_group_is_open_by_organization_wide_rights_or_by_one_of_its_boards(
        #[case] role: &str,
        #[case] all: (bool, bool),
        #[case] boards: &[bool],
        #[case] (reads, writes): (bool, bool),
    ) {
        let (mut member, _) = member_and_board(all.0, all.1);
        member.role = OrgRole::from(role);
        assert_eq!(may_read_group(&member, boards), reads);
        assert_eq!(may_write_group(&member, boards), writes);
    }

    #[test]
    fn another_organizations_board_is_closed_whatever_the_rights() {
        let (mut owner, board) = member_and_board(true, true);
        owner.role = OrgRole::Owner;
        owner.organization_id = OrganizationId::random();
        let grant = OrganizationBoardAccess::new(owner.id, board.id, true, true);
        assert!(!may_read_board(&owner, &board, Some(&grant)));
        assert!(!may_write_board(&owner, &board, Some(&grant)));
    }

    #[test]
    fn a_grant_for_another_member_or_board_opens_nothing() {
        let (member, board) = member_and_board(false, false);
        let (other, _) = member_and_board(false, false);
        let of_another = OrganizationBoardAccess::new(other.id, board.id, true, true);
        let for_another = OrganizationBoardAccess::new(member.id, BoardId::random(), true, true);
        for grant in [of_another, for_another] {
            assert!(!may_read_board(&member, &board, Some(&grant)));
            assert!(!may_write_board(&member, &board, Some(&grant)));
        }
    }

    #[rstest]
    #[case("owner", &["owner", "admin", "member"])]
    #[case("admin", &["admin", "member"])]
    #[case("member", &[])]
    #[case("wizard", &[])]
    fn nobody_grants_a_role_above_their_own(#[case] own: &str, #[case] grantable: &[&str]) {
        let own = OrgRole::from(own);
        assert_eq!(is_admin(&own), !grantable.is_empty());
        for role in ["owner", "admin", "member"] {
            assert_eq!(
                may_grant(&own, &OrgRole::from(role)),
                grantable.contains(&role),
                "{own} grants {role}"
            );
        }
    }

    #[rstest]
    #[case::the_only_owner("owner", 1, Some("admin"), false)]
    #[case::the_only_owner("owner", 1, None, false)]
    #[case::one_of_two("owner", 2, Some("admin"), true)]
    #[case::one_of_two("owner", 2, None, true)]
    #[case::no_change("owner", 1, Some("owner"), true)]
    #[case::another_role("admin", 1, None, true)]
    fn the_last_owner_can_neither_leave_nor_be_demoted(
        #[case] role: &str,
        #[case] owners: usize,
        #[case] then: Option<&str>,
        #[case] keeps: bool,
    ) {
        let then = then.map(OrgRole::from);
        assert_eq!(keeps_an_owner(owners, &OrgRole::from(role), then.as_ref()), keeps);
    }

    #[rstest]
    #[case("owner", false)]
    #[case("admin", true)]
    #[case("member", true)]
    #[case("wizard", true)]
    fn a_service_account_may_have_every_role_but_the_owners(#[case] role: &str, #[case] may: bool) {
        assert_eq!(may_have(&OrgRole::from(role), true), may);
        assert!(may_have(&OrgRole::from(role), false));
    }

    #[rstest]
    #[case("owner", &["owner"], Parting::Dissolves)]
    #[case("member", &["member"], Parting::Dissolves)]
    #[case("owner", &["owner", "admin"], Parting::Refused)]
    #[case("owner", &["owner", "owner"], Parting::Leaves)]
    #[case("admin", &["owner", "admin"], Parting::Leaves)]
    fn an_organization_outlives_an_account_that_is_not_its_last_owners(
        #[case] own: &str,
        #[case] roles: &[&str],
        #[case] outcome: Parting,
    ) {
        let roles: Vec<_> = roles.iter().map(|role| OrgRole::from(*role)).collect();
        assert_eq!(parting(&OrgRole::from(own), &roles), outcome);
    }

    #[rstest]
    #[case("owner", Some(OrgRole::Owner))]
    #[case(" Admin ", Some(OrgRole::Admin))]
    #[case("", Some(OrgRole::Member))]
    #[case("wizard", None)]
    fn roles_in_requests_are_read_leniently_but_never_invented(
        #[case] text: &str,
        #[case] role: Option<OrgRole>,
    ) {
        assert_eq!(parse_role(text).ok(), role);
    }
}
