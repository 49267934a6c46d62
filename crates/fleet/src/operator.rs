//! What the operator of an installation does with people, from beside it: whoever may read its settings owns all of it.

use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{MemberChanges, OrgRole, OrganizationMember, User, UserChanges};
use mission_control_core::rules::access;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_shapes::events::Event;
use mission_control_store::members::AtWork;
use mission_control_store::{
    Conn, Db, Page, StoreError, Tx, accounts as rows, members, organizations, users,
};
use serde::Serialize;

use crate::accounts::{self, Offer, Passkeys};
use crate::error::FleetError;
use crate::local_user;
use crate::members::may_have;
use crate::organizations::work_in;
use crate::record;

/// A person with what they are in which organization.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// Key.
    pub id: UserId,
    /// Subject of the identity provider.
    pub subject: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// Administers the whole installation.
    pub is_super_admin: bool,
    /// Memberships.
    pub organizations: Vec<Membership>,
}

/// What somebody is in an organization.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Membership {
    /// The organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// The role.
    pub role: OrgRole,
}

/// Changes to a person. What is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonChanges {
    /// E-mail address.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// Whether they administer the whole installation.
    pub is_super_admin: Option<bool>,
    /// What they are in an organization, whether they are in it already or not.
    pub membership: Option<(OrganizationId, OrgRole)>,
}

/// A page of all people, and how many there are.
///
/// # Errors
/// The database's.
pub async fn people(db: &Db, page: Page) -> Result<(Vec<Person>, i64), StoreError> {
    db.read(move |conn| {
        let listing = users::list(conn, page)?;
        let people = listing.items.into_iter().map(|user| person(conn, user)).collect::<Result<_, _>>()?;
        Ok((people, listing.total))
    })
    .await
}

/// Adds a person whom the identity provider knows as `subject`.
///
/// # Errors
/// A subject or an e-mail address that somebody has; a missing organization; the database's.
pub async fn create(db: &Db, subject: String, changes: PersonChanges) -> Result<Person, FleetError> {
    db.write(move |tx| {
        if users::find_by_subject(tx, &subject)?.is_some() {
            return Err(FleetError::conflict(format!("There is a person {subject} already.")));
        }
        let user = users::get_or_insert(tx, &User::new(subject))?;
        change(tx, user, changes)
    })
    .await
}

/// Makes the person of this address an owner, who chooses a password by the link that is returned: as the one who holds the access
/// token, with everything they own, while nobody has an account; afterwards as another owner of that one's organization.
///
/// # Errors
/// An address that is none, or somebody's; a blank name; the database's.
pub async fn create_owner(db: &Db, email: &str, name: &str) -> Result<(Person, Offer), FleetError> {
    let (email, name) = (accounts::address(email)?, accounts::full_name(name)?);
    let AtWork { user: local, member: of, .. } = local_user::find_or_make(db).await?;
    db.write(move |tx| {
        users::lock(tx, local.id)?;
        let user = if rows::any(tx)? {
            if !users::with_email(tx, &email)?.is_empty() {
                return Err(FleetError::conflict(format!("Somebody has the address {email} already.")));
            }
            let user = users::get_or_insert(tx, &User::with_account(email, name))?;
            join(tx, &user, of.organization_id, OrgRole::Owner)?;
            user
        } else {
            accounts::introduce(tx, &local, email, name)?
        };
        let offer = accounts::offer(tx, &user, Passkeys::Go)?;
        let user = users::find(tx, user.id)?.ok_or(StoreError::NotFound("user"))?;
        Ok((person(tx, user)?, offer))
    })
    .await
}

/// Makes a link by which the person of this id, e-mail address or subject chooses a new password; `without_second_factor` they need
/// no code of an app any more.
///
/// # Errors
/// Nobody of that name, or several; somebody without an e-mail address; the database's.
pub async fn offer_reset(
    db: &Db,
    who: String,
    without_second_factor: bool,
) -> Result<(Person, Offer), FleetError> {
    db.write(move |tx| {
        let user = find(tx, &who)?;
        if without_second_factor {
            accounts::passkeys::remove_all(tx, user.id)?;
            accounts::end_second_factor(tx, user.id)?;
        }
        let offer = accounts::offer(tx, &user, Passkeys::Go)?;
        Ok((person(tx, user)?, offer))
    })
    .await
}

/// Changes the person of this id, e-mail address or subject.
///
/// # Errors
/// Nobody of that name, or several; a missing organization, or one that would be left without an owner; the database's.
pub async fn set(db: &Db, who: String, changes: PersonChanges) -> Result<Person, FleetError> {
    db.write(move |tx| {
        let user = find(tx, &who)?;
        change(tx, user, changes)
    })
    .await
}

fn find(conn: &mut Conn, who: &str) -> Result<User, FleetError> {
    if let Some(user) = who.parse().ok().map(|id| users::find(conn, id)).transpose()?.flatten() {
        return Ok(user);
    }
    if let Some(user) = users::find_by_subject(conn, who)? {
        return Ok(user);
    }
    let mut same = users::with_email(conn, who)?;
    match (same.pop(), same.is_empty()) {
        (Some(user), true) => Ok(user),
        (Some(_), false) => {
            Err(FleetError::conflict(format!("Several people have the address {who}: use an id.")))
        }
        (None, _) => Err(FleetError::not_found("Person")),
    }
}

fn change(tx: &mut Tx<'_>, user: User, changes: PersonChanges) -> Result<Person, FleetError> {
    let email = changes.email.map(|email| email.trim().to_lowercase());
    if let Some(email) = &email
        && users::with_email(tx, email)?.iter().any(|other| other.id != user.id)
    {
        return Err(FleetError::conflict(format!("Somebody has the address {email} already.")));
    }
    if let Some(email) = &email {
        rows::set_email(tx, user.id, email)?;
    }
    let fields = UserChanges {
        email: email.map(Some),
        name: changes.name.map(Some),
        timezone: changes.timezone.map(Some),
        is_super_admin: changes.is_super_admin,
        ..UserChanges::default()
    };
    let user = users::update(tx, user.id, &fields)?;
    if let Some((organization, role)) = changes.membership {
        join(tx, &user, organization, role)?;
    }
    let user = users::find(tx, user.id)?.ok_or(StoreError::NotFound("user"))?;
    Ok(person(tx, user)?)
}

fn join(tx: &mut Tx<'_>, user: &User, organization: OrganizationId, role: OrgRole) -> Result<(), FleetError> {
    organizations::lock(tx, organization)?.ok_or(FleetError::not_found("Organization"))?;
    may_have(&role, user)?;
    let (event, member) = match members::of_user(tx, organization, user.id)? {
        Some(member) => {
            let owners = members::owners(tx, organization)?;
            if !access::keeps_an_owner(owners, &member.role, Some(&role)) {
                return Err(FleetError::LastOwner);
            }
            let changes = MemberChanges { role: Some(role), ..MemberChanges::default() };
            (Event::MemberUpdated as fn(_) -> _, members::update(tx, member.id, &changes)?)
        }
        None => {
            let member = OrganizationMember::new(organization, user.id, role);
            members::insert(tx, &member)?;
            if user.active_organization_id.is_none() {
                work_in(tx, user.id, Some(organization))?;
            }
            (Event::MemberCreated as fn(_) -> _, member)
        }
    };
    record::member_changed(tx, event, &OrganizationMemberRead::new((member, user.clone())));
    Ok(())
}

fn person(conn: &mut Conn, user: User) -> Result<Person, StoreError> {
    let memberships = organizations::of_user(conn, user.id, None, Page::ALL)?.items.into_iter();
    Ok(Person {
        organizations: memberships
            .map(|(organization, member)| Membership {
                id: organization.id,
                name: organization.name,
                role: member.role,
            })
            .collect(),
        id: user.id,
        subject: user.clerk_user_id,
        email: user.email,
        name: user.name,
        timezone: user.timezone,
        is_super_admin: user.is_super_admin,
    })
}
