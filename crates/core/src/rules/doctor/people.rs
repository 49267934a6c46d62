//! Findings about people.

use super::{Finding, FindingCode, Subject};
use crate::id::OrganizationId;
use crate::models::User;

/// An organization that nobody owns.
pub fn ownerless(organization: OrganizationId, name: &str) -> Finding {
    Finding::new(
        FindingCode::NoOwner,
        Subject::Organization(organization, name.to_owned()),
        format!("the organization {name} has no owner"),
        "Nobody may give roles, invite owners or delete it",
        "Make a member its owner: `mission-control-api user set <user> --organization <id> --role owner`.",
    )
}

/// A member who is asked for name and time zone again and again; nothing when both are there.
pub fn incomplete(organization: OrganizationId, user: &User) -> Option<Finding> {
    let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let missing: Vec<&str> = [(is_blank(&user.name), "name"), (is_blank(&user.timezone), "time zone")]
        .into_iter()
        .filter(|(is_missing, _)| *is_missing)
        .map(|(_, what)| what)
        .collect();
    if missing.is_empty() {
        return None;
    }
    Some(Finding::new(
        FindingCode::PersonIncomplete,
        Subject::Person(organization, user.id, user.shown_name().to_owned()),
        format!("the person has no {}", missing.join(" and no ")),
        "The web UI asks for both before it shows anything else, and agents are told of neither",
        "Fill them in under Settings, or by `mission-control-api user set <user> --name NAME --timezone ZONE`.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_with_name_and_time_zone_is_complete() {
        let user = |name: Option<&str>, timezone: Option<&str>| User {
            name: name.map(str::to_owned),
            timezone: timezone.map(str::to_owned),
            ..User::new("u")
        };
        let id = OrganizationId::random();
        assert_eq!(incomplete(id, &user(Some("Ada"), Some("UTC"))), None);
        let found = |name, zone| incomplete(id, &user(name, zone)).unwrap().evidence;
        assert_eq!(found(None, Some("UTC")), "the person has no name");
        assert_eq!(found(Some(" "), None), "the person has no name and no time zone");
    }
}
