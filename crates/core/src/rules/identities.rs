//! What follows from what an identity provider says of somebody: whether they come in, and as whom.

use super::agent_token;
use crate::config::Admission;
use crate::models::OrgRole;

/// What a session is given for that begins with a provider: it ends with the identity. It is no digest of a password, nor of a token.
pub fn credential(issuer: &str, subject: &str) -> String {
    format!("{MARK}{}", agent_token::digest(&format!("{issuer}\n{subject}")))
}

/// The issuer of those who are known by `users.clerk_user_id`.
pub const CLERK: &str = "clerk";

/// Whether a subject is one of Clerk's. Those that are made here are nobody's there, whoever says so.
pub fn is_of_clerk(subject: &str) -> bool {
    subject.starts_with("user_")
}

const MARK: &str = "identity:";

/// Whether a session was given for an identity.
pub fn is_of_identity(credential: &str) -> bool {
    credential.starts_with(MARK)
}

/// The role as which somebody joins without an invitation; `None` for who does not. `email` is an address that the provider has
/// verified.
pub fn admits(admission: &Admission, email: Option<&str>, groups: &[String]) -> Option<OrgRole> {
    let domain = email.and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    let is_at_home = domain.is_some_and(|domain| admission.domains.iter().any(|own| own == domain));
    match () {
        () if is_in(&admission.admin_groups, groups) => Some(OrgRole::Admin),
        () if is_at_home || is_in(&admission.member_groups, groups) => Some(OrgRole::Member),
        () => None,
    }
}

/// The role that a member has from now on, if it is another one. Owners are no matter of groups: an organization would lose its
/// last one by a mistake elsewhere.
pub fn role_now(admission: &Admission, role: &OrgRole, groups: &[String]) -> Option<OrgRole> {
    if admission.admin_groups.is_empty() || *role == OrgRole::Owner {
        return None;
    }
    let wanted = if is_in(&admission.admin_groups, groups) { OrgRole::Admin } else { OrgRole::Member };
    (wanted != *role).then_some(wanted)
}

fn is_in(named: &[String], groups: &[String]) -> bool {
    groups.iter().any(|group| named.contains(group))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn admission() -> Admission {
        Admission {
            organization: Some("Personal".into()),
            domains: vec!["example.com".into()],
            admin_groups: vec!["operators".into()],
            member_groups: vec!["staff".into()],
        }
    }

    #[rstest]
    #[case(Some("ada@example.com"), &[], Some(OrgRole::Member))]
    #[case(Some("ada@evil-example.com"), &[], None)]
    #[case(Some("ada@example.com.evil.org"), &[], None)]
    #[case(Some("ada@sub.example.com"), &[], None)]
    #[case::without_a_verified_address(None, &[], None)]
    #[case(None, &["staff"], Some(OrgRole::Member))]
    #[case(Some("ada@example.com"), &["operators", "staff"], Some(OrgRole::Admin))]
    #[case(None, &["Operators"], None)]
    fn people_join_by_their_domain_or_their_groups(
        #[case] email: Option<&str>,
        #[case] groups: &[&str],
        #[case] role: Option<OrgRole>,
    ) {
        let groups: Vec<_> = groups.iter().map(|group| (*group).to_owned()).collect();
        assert_eq!(admits(&admission(), email, &groups), role);
        assert_eq!(admits(&Admission::default(), email, &groups), None);
    }

    #[rstest]
    #[case(OrgRole::Member, &["operators"], Some(OrgRole::Admin))]
    #[case(OrgRole::Admin, &["operators"], None)]
    #[case(OrgRole::Admin, &["staff"], Some(OrgRole::Member))]
    #[case::owners_stay(OrgRole::Owner, &[], None)]
    fn groups_make_admins_and_take_the_role_again(
        #[case] role: OrgRole,
        #[case] groups: &[&str],
        #[case] then: Option<OrgRole>,
    ) {
        let groups: Vec<_> = groups.iter().map(|group| (*group).to_owned()).collect();
        assert_eq!(role_now(&admission(), &role, &groups), then);
        assert_eq!(role_now(&Admission::default(), &role, &groups), None, "no group is for admins");
    }

    #[test]
    fn a_session_of_an_identity_is_told_from_others() {
        let one = credential("https://id.example.com", "ada");
        assert!(is_of_identity(&one) && !is_of_identity(&agent_token::digest("token")));
        assert_ne!(one, credential("https://id.example.com", "bob"));
    }
}
