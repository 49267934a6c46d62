//! People who sign in at clerk.com: who they are here, and what they are members of.

use mission_control_core::limits::NAME;
use mission_control_core::models::{User, UserChanges};
use mission_control_core::rules::identities as rules;
use mission_control_identity::{Clerk, ClerkPerson, ClerkSession};
use mission_control_store::members::AtWork;
use mission_control_store::{StoreError, StoreResult, Tx, members, request, users};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::local_user::found_organization;
use crate::members::invites;
use crate::web_sessions::{self, SignedIn, Visit};

/// What a session is given for that began at Clerk, by somebody's subject there.
pub fn credential(subject: &str) -> String {
    rules::credential(rules::CLERK, subject)
}

/// Whoever a session at Clerk is of, and what they work in. Somebody new becomes a person here; who is a member of nothing joins
/// those whose invitations they have, or gets an organization of their own.
///
/// # Errors
/// A subject that no person of Clerk's has; the database's.
pub async fn at_work(fleet: &Fleet, clerk: &Clerk, session: &ClerkSession) -> Result<AtWork, FleetError> {
    // Whoever is not of Clerk is nobody's to be there.
    if !rules::is_of_clerk(&session.subject) {
        return Err(FleetError::forbidden("This is no account of clerk.com."));
    }
    let subject = session.subject.clone();
    let found = fleet.db().read(move |conn| members::subject_at_work(conn, &subject)).await?;
    let wanted = match found {
        Some(found) if is_complete(&found.user) || !clerk.is_due(&session.subject) => return Ok(found),
        _ => session.clone(),
    };
    let person = match clerk.person(&wanted.subject).await {
        Ok(person) => person,
        Err(error) => {
            tracing::warn!(%error, "profile not had of Clerk");
            ClerkPerson::default()
        }
    };
    let person = ClerkPerson {
        is_verified: person.is_verified,
        email: person.email.or(wanted.person.email),
        name: person.name.or(wanted.person.name),
    };
    let origin = request::origin();
    fleet
        .db()
        .write(move |tx| {
            let user = introduce(tx, wanted.subject, &person)?;
            origin.act_as(Visit::default().actor(&user, None));
            join(tx, &user, &person)?;
            Ok(members::at_work(tx, user.id)?.ok_or(StoreError::NotFound("user"))?)
        })
        .await
}

/// Signs a browser in that shows a session at Clerk.
///
/// # Errors
/// As [`at_work`].
pub async fn sign_in(
    fleet: &Fleet,
    clerk: &Clerk,
    session: &ClerkSession,
    visit: Visit,
) -> Result<SignedIn, FleetError> {
    let AtWork { user, member, .. } = at_work(fleet, clerk, session).await?;
    Ok(web_sessions::begin(fleet, user, member, credential(&session.subject), visit).await?)
}

fn is_complete(user: &User) -> bool {
    user.email.is_some() && user.name.as_ref().is_some_and(|name| !name.trim().is_empty())
}

/// The person whom Clerk knows by this subject: one more where there is none, with the address that they have there now.
fn introduce(tx: &mut Tx<'_>, subject: String, person: &ClerkPerson) -> StoreResult<User> {
    let name = person.name.as_ref().map(|name| name.chars().take(NAME).collect::<String>());
    let draft = User { email: person.email.clone(), name: name.clone(), ..User::new(subject) };
    let user = users::get_or_insert(tx, &draft)?;
    // From here on other first requests wait, and then find what this one made.
    let user = users::lock(tx, user.id)?.ok_or(StoreError::NotFound("user"))?;
    let has_name = user.name.as_ref().is_some_and(|name| !name.trim().is_empty());
    let changes = UserChanges {
        email: (person.email.is_some() && person.email != user.email).then(|| person.email.clone()),
        name: (!has_name && name.is_some()).then_some(name),
        ..UserChanges::default()
    };
    if changes == UserChanges::default() { Ok(user) } else { users::update(tx, user.id, &changes) }
}

fn join(tx: &mut Tx<'_>, user: &User, person: &ClerkPerson) -> Result<(), FleetError> {
    if members::working(tx, user)?.is_none() {
        let email = person.email.as_deref().filter(|_| person.is_verified);
        if let Some(email) = email {
            invites::accept_all_for(tx, user, email)?;
        }
    }
    let member = match members::working(tx, user)? {
        Some(member) => member,
        None => found_organization(tx, user)?,
    };
    if user.active_organization_id != Some(member.organization_id) {
        let active = Some(Some(member.organization_id));
        users::update(
            tx,
            user.id,
            &UserChanges { active_organization_id: active, ..UserChanges::default() },
        )?;
    }
    Ok(())
}
