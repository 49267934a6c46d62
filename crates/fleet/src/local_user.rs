//! The person behind the local token, and the organization they start with.

use mission_control_core::id::UserId;
use mission_control_core::models::{OrgRole, Organization, OrganizationMember, SkillPack, User, UserChanges};
use mission_control_store::{Conn, StoreError, StoreResult, Tx, members, organizations, skill_packs, users};

use crate::fleet::{Caller, Fleet};

const SUBJECT: &str = "local-auth-user";
const EMAIL: &str = "admin@home.local";
const NAME: &str = "Local User";
const ORGANIZATION: &str = "Personal";

/// The local user, and their membership of the organization they work in. Once they exist this only reads; what is missing
/// is made, once, whoever asks first.
///
/// # Errors
/// The database's.
pub async fn find_or_make(fleet: &Fleet) -> Result<(User, OrganizationMember), StoreError> {
    match fleet.db().read(existing).await? {
        Some(found) => Ok(found),
        None => fleet.db().write(make).await,
    }
}

/// Whether somebody is the local user.
pub fn is(user: &User) -> bool {
    user.clerk_user_id == SUBJECT
}

/// The local user as the one on whose behalf a use-case runs.
///
/// # Errors
/// The database's.
pub async fn caller(fleet: &Fleet) -> Result<Caller, StoreError> {
    let (user, member) = find_or_make(fleet).await?;
    Ok(Caller { organization: member.organization_id, user: Some(user.id) })
}

fn existing(conn: &mut Conn) -> StoreResult<Option<(User, OrganizationMember)>> {
    let Some(user) = users::find_by_subject(conn, SUBJECT)? else { return Ok(None) };
    let (Some(active), Some(_), Some(_)) = (user.active_organization_id, &user.email, &user.name) else {
        return Ok(None);
    };
    let member = members::of_user(conn, active, user.id)?;
    Ok(member.map(|member| (user, member)))
}

fn make(tx: &mut Tx<'_>) -> StoreResult<(User, OrganizationMember)> {
    let draft = User { email: Some(EMAIL.into()), name: Some(NAME.into()), ..User::new(SUBJECT) };
    let user = users::get_or_insert(tx, &draft)?;
    // From here on other first requests wait, and then find what this one made.
    users::lock(tx, user.id)?;
    let member = match membership(tx, user.id)? {
        Some(member) => member,
        None => found_organization(tx, &user)?,
    };
    let changes = UserChanges {
        email: user.email.is_none().then(|| Some(EMAIL.into())),
        name: user.name.is_none().then(|| Some(NAME.into())),
        active_organization_id: Some(Some(member.organization_id)),
        ..UserChanges::default()
    };
    Ok((users::update(tx, user.id, &changes)?, member))
}

/// The membership of the active organization, else the oldest one.
fn membership(tx: &mut Tx<'_>, user: UserId) -> StoreResult<Option<OrganizationMember>> {
    let active = users::find(tx, user)?.and_then(|user| user.active_organization_id);
    if let Some(active) = active
        && let Some(member) = members::of_user(tx, active, user)?
    {
        return Ok(Some(member));
    }
    members::first_of_user(tx, user)
}

fn found_organization(tx: &mut Tx<'_>, user: &User) -> StoreResult<OrganizationMember> {
    let organization = Organization::new(ORGANIZATION);
    organizations::insert(tx, &organization)?;
    let member = OrganizationMember::new(organization.id, user.id, OrgRole::Owner);
    members::insert(tx, &member)?;
    SkillPack::starters(organization.id).try_for_each(|pack| skill_packs::insert(tx, &pack))?;
    Ok(member)
}
