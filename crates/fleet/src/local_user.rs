//! The person behind the local token, and the organization they start with.

use mission_control_core::models::{OrgRole, Organization, OrganizationMember, SkillPack, User, UserChanges};
use mission_control_store::members::AtWork;
use mission_control_store::{
    Conn, Db, StoreError, StoreResult, Tx, members, organizations, skill_packs, users,
};

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
pub async fn find_or_make(db: &Db) -> Result<AtWork, StoreError> {
    match db.read(existing).await? {
        Some(found) => Ok(found),
        None => db.write(make).await,
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
    let AtWork { user, member, .. } = find_or_make(fleet.db()).await?;
    Ok(Caller { organization: member.organization_id, user: Some(user.id) })
}

fn existing(conn: &mut Conn) -> StoreResult<Option<AtWork>> {
    let found = members::subject_at_work(conn, SUBJECT)?;
    Ok(found.filter(|AtWork { user, organization, .. }| {
        let is_active = user.active_organization_id == Some(organization.id);
        is_active && user.email.is_some() && user.name.is_some()
    }))
}

fn make(tx: &mut Tx<'_>) -> StoreResult<AtWork> {
    let draft = User { email: Some(EMAIL.into()), name: Some(NAME.into()), ..User::new(SUBJECT) };
    let user = users::get_or_insert(tx, &draft)?;
    // From here on other first requests wait, and then find what this one made.
    let user = users::lock(tx, user.id)?.ok_or(StoreError::NotFound("user"))?;
    let member = match members::working(tx, &user)? {
        Some(member) => member,
        None => found_organization(tx, &user)?,
    };
    let changes = UserChanges {
        email: user.email.is_none().then(|| Some(EMAIL.into())),
        name: user.name.is_none().then(|| Some(NAME.into())),
        active_organization_id: Some(Some(member.organization_id)),
        ..UserChanges::default()
    };
    users::update(tx, user.id, &changes)?;
    members::at_work(tx, user.id)?.ok_or(StoreError::NotFound("user"))
}

/// An organization of their own, for somebody who is a member of nothing.
pub(crate) fn found_organization(tx: &mut Tx<'_>, user: &User) -> StoreResult<OrganizationMember> {
    let organization = Organization::new(ORGANIZATION);
    organizations::insert(tx, &organization)?;
    let member = OrganizationMember::new(organization.id, user.id, OrgRole::Owner);
    members::insert(tx, &member)?;
    SkillPack::starters(organization.id).try_for_each(|pack| skill_packs::insert(tx, &pack))?;
    Ok(member)
}
