//! Invitations: whom they are for, how long they last, what they give.

use std::time::Duration;

use super::access;
use crate::models::{
    InviteBoardAccess, MemberChanges, OrgRole, OrganizationBoardAccess, OrganizationInvite,
    OrganizationMember,
};
use crate::time::Timestamp;

/// How long an invitation can be accepted.
pub const LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Why a pending invitation cannot be accepted any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nobody accepted it in time.
    Expired,
    /// Whoever made it may no longer grant what it gives.
    Unbacked,
}

impl Ended {
    /// What the invited person can do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Expired => "It has expired: ask for a new one.",
            Self::Unbacked => "Whoever invited may no longer do so: ask an admin for a new invitation.",
        }
    }
}

/// An e-mail address as invitations keep and compare it; `None` when it is blank.
pub fn email(text: &str) -> Option<String> {
    let address = text.trim().to_lowercase();
    (!address.is_empty()).then_some(address)
}

/// Until when the invitation can be accepted. One that the reference made lasts as long as ours.
pub fn expires_at(invite: &OrganizationInvite) -> Timestamp {
    invite.expires_at.unwrap_or_else(|| invite.created_at.plus(LIFETIME))
}

/// Whether an account with this address may accept the invitation. The token alone decides for an account without one.
pub fn is_for(invite: &OrganizationInvite, address: Option<&str>) -> bool {
    address.and_then(email).is_none_or(|address| email(&invite.invited_email).as_ref() == Some(&address))
}

/// Whether the invitation still holds: whoever made it, and has the role `inviter` now, may still grant what it gives.
pub fn holds(invite: &OrganizationInvite, inviter: Option<&OrgRole>) -> bool {
    inviter.is_some_and(|role| access::may_grant(role, &invite.role))
}

/// Whether the invitation opens every board, which makes its grants for single boards void.
pub fn opens_all_boards(invite: &OrganizationInvite) -> bool {
    invite.all_boards_read || invite.all_boards_write
}

/// What accepting changes for someone who is a member already: it only ever adds rights.
pub fn raise(member: &OrganizationMember, invite: &OrganizationInvite) -> MemberChanges {
    let higher = access::rank(&invite.role) > access::rank(&member.role);
    let opens = opens_all_boards(invite);
    MemberChanges {
        role: higher.then(|| invite.role.clone()),
        all_boards_read: opens.then_some(true),
        all_boards_write: opens.then_some(member.all_boards_write || invite.all_boards_write),
    }
}

/// The member's grants after accepting: those there are, joined with those of the invitation.
pub fn join_grants(
    member: &OrganizationMember,
    mut grants: Vec<OrganizationBoardAccess>,
    offered: &[InviteBoardAccess],
) -> Vec<OrganizationBoardAccess> {
    for offer in offered {
        match grants.iter_mut().find(|grant| grant.board_id == offer.board_id) {
            Some(grant) => {
                grant.can_read |= offer.can_read || offer.can_write;
                grant.can_write |= offer.can_write;
            }
            None => grants.push(OrganizationBoardAccess::new(
                member.id,
                offer.board_id,
                offer.can_read,
                offer.can_write,
            )),
        }
    }
    grants
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{BoardId, InviteId, OrganizationId, UserId};

    fn invite(role: &str, all_read: bool, all_write: bool) -> OrganizationInvite {
        let now = Timestamp::now();
        OrganizationInvite {
            id: InviteId::random(),
            organization_id: OrganizationId::random(),
            invited_email: "bob@example.com".into(),
            token: "t".into(),
            role: OrgRole::from(role),
            all_boards_read: all_read,
            all_boards_write: all_write,
            created_by_user_id: None,
            accepted_by_user_id: None,
            accepted_at: None,
            created_at: now,
            updated_at: now,
            expires_at: Some(now.plus(Duration::from_secs(60))),
        }
    }

    fn member(role: &str) -> OrganizationMember {
        let mut member =
            OrganizationMember::new(OrganizationId::random(), UserId::random(), OrgRole::from(role));
        (member.all_boards_read, member.all_boards_write) = (false, false);
        member
    }

    #[rstest]
    #[case(Some("bob@example.com"), true)]
    #[case(Some(" BOB@Example.com "), true)]
    #[case(Some("eve@example.com"), false)]
    #[case::an_account_without_an_address(Some(" "), true)]
    #[case::an_account_without_an_address(None, true)]
    fn an_invitation_is_for_its_address(#[case] address: Option<&str>, #[case] theirs: bool) {
        assert_eq!(is_for(&invite("member", false, false), address), theirs);
    }

    #[rstest]
    #[case("admin", Some("owner"), true)]
    #[case("admin", Some("admin"), true)]
    #[case("owner", Some("admin"), false)]
    #[case::demoted("member", Some("member"), false)]
    #[case::gone("member", None, false)]
    fn an_invitation_ends_with_its_makers_right_to_invite(
        #[case] offered: &str,
        #[case] inviter: Option<&str>,
        #[case] stands: bool,
    ) {
        let inviter = inviter.map(OrgRole::from);
        assert_eq!(holds(&invite(offered, false, false), inviter.as_ref()), stands);
    }

    #[test]
    fn every_invitation_expires() {
        let mut invite = invite("member", false, false);
        assert_eq!(expires_at(&invite).since(invite.created_at), Duration::from_secs(60));
        invite.expires_at = None;
        assert_eq!(expires_at(&invite).since(invite.created_at), LIFETIME);
    }

    #[rstest]
    #[case("member", "admin", Some("admin"))]
    #[case("admin", "member", None)]
    #[case("owner", "admin", None)]
    #[case("member", "owner", Some("owner"))]
    fn accepting_never_lowers_a_role(#[case] now: &str, #[case] offered: &str, #[case] then: Option<&str>) {
        let changes = raise(&member(now), &invite(offered, false, false));
        assert_eq!(changes.role.as_ref().map(OrgRole::as_str), then);
        assert_eq!((changes.all_boards_read, changes.all_boards_write), (None, None));
    }

    #[test]
    fn accepting_never_closes_a_board() {
        let mut member = member("member");
        member.all_boards_write = true;
        let changes = raise(&member, &invite("member", true, false));
        assert_eq!((changes.all_boards_read, changes.all_boards_write), (Some(true), Some(true)));

        let (board, other) = (BoardId::random(), BoardId::random());
        let grants = vec![OrganizationBoardAccess::new(member.id, board, true, true)];
        let offers = [
            InviteBoardAccess::new(InviteId::random(), board, true, false),
            InviteBoardAccess::new(InviteId::random(), other, false, true),
        ];
        let joined = join_grants(&member, grants, &offers);
        let rights: Vec<_> = joined.iter().map(|g| (g.board_id, g.can_read, g.can_write)).collect();
        assert_eq!(rights, [(board, true, true), (other, true, true)]);
    }
}
