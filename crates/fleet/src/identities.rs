//! People whom an identity provider vouches for: who they are here, and what they are members of.

use std::time::Duration;

use mission_control_core::config::Admission;
use mission_control_core::limits::NAME;
use mission_control_core::models::{
    AuditAction, AuditDraft, Identity, OrganizationMember, ProviderGrant, User, WebSession,
};
use mission_control_core::rules::identities as rules;
use mission_control_core::time::Timestamp;
use mission_control_identity::{Person, Vouched};
use mission_control_shapes::OrganizationMemberRead;
use mission_control_shapes::events::Event;
use mission_control_store::vault::Vault;
use mission_control_store::{
    StoreError, Tx, identities, members, organizations, provider_grants, request, users,
};
use secrecy::{ExposeSecret, SecretString};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::members::{give_role, invites};
use crate::record;
use crate::web_sessions::{self, SignedIn, Visit};

/// How long the provider's word is good.
pub(crate) const GOOD_FOR: Duration = Duration::from_secs(15 * 60);

/// Why somebody whom the provider vouches for does not come in.
#[derive(Debug, thiserror::Error)]
pub enum NotAdmitted {
    /// Nobody was known by this identity, and the provider has verified no address by which to know them.
    #[error("the provider has verified no e-mail address of this person")]
    Unverified,
    /// Several people are known by the address.
    #[error("several people are known here by this e-mail address")]
    Ambiguous,
    /// They are a member of nothing, and neither an invitation, nor a domain, nor a group makes them one.
    #[error("this person is a member of nothing here, and nothing makes them one")]
    Uninvited,
    /// Something failed.
    #[error(transparent)]
    Failed(#[from] FleetError),
}

impl From<StoreError> for NotAdmitted {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Signs in whom the provider vouches for. Who is known by the identity is that person, whatever address they have now; somebody
/// new is known by the verified address: whoever has it already, or, where an invitation, the domain or a group lets them in,
/// a new person. Their role follows their groups.
///
/// # Errors
/// [`NotAdmitted`]; nothing was changed then.
pub async fn sign_in(fleet: &Fleet, vouched: Vouched, visit: Visit) -> Result<SignedIn, NotAdmitted> {
    let Vouched { person, refresh_token } = vouched;
    let admission =
        fleet.settings().auth.oidc.as_ref().map(|oidc| oidc.admission.clone()).unwrap_or_default();
    let (sessions, origin) = (fleet.clone(), request::origin());
    fleet
        .db()
        .write(move |tx| {
            let known = identities::holder(tx, &person.issuer, &person.subject)?;
            let user = match known {
                Some(id) => users::find(tx, id)?.ok_or(StoreError::NotFound("user"))?,
                None => link(tx, &person)?,
            };
            origin.act_as(visit.actor(&user, None));
            join(tx, &user, &person, &admission)?;
            let user = users::lock(tx, user.id)?.ok_or(StoreError::NotFound("user"))?;
            let member = members::working(tx, &user)?.ok_or(NotAdmitted::Uninvited)?;
            if known.is_none() {
                let entry = AuditDraft::new(member.organization_id, AuditAction::IdentityLinked);
                tx.audit(entry.about("user", user.id));
            }
            let credential = rules::credential(&person.issuer, &person.subject);
            let (session, secret) = web_sessions::draft(&sessions, user.id, credential, visit);
            web_sessions::insert(tx, &session, &member)?;
            if let Some(token) = refresh_token {
                provider_grants::insert(tx, &grant(sessions.vault(), &session, &token))?;
            }
            Ok(SignedIn { user, member, session, secret })
        })
        .await
}

/// The grant of a session that begins, by what the provider gave for asking again.
fn grant(vault: &Vault, session: &WebSession, token: &SecretString) -> ProviderGrant {
    ProviderGrant {
        session_id: session.id,
        refresh_token: vault.seal(ProviderGrant::TOKEN_COLUMN, session.id, token.expose_secret()),
        due_at: session.created_at.plus(GOOD_FOR),
    }
}

/// The person with the verified address, known by the identity from now on. Addresses of people are given by invitations, by the
/// operator and by providers, never by people themselves: nobody waits here for somebody else to come.
fn link(tx: &mut Tx<'_>, person: &Person) -> Result<User, NotAdmitted> {
    let email = person.email.as_deref().ok_or(NotAdmitted::Unverified)?;
    let mut known = users::with_email(tx, email)?;
    known.retain(|user| !user.is_service_account());
    let user = match (known.pop(), known.is_empty()) {
        (Some(one), true) => one,
        (Some(_), false) => return Err(NotAdmitted::Ambiguous),
        (None, _) => {
            let name = person.name.as_deref().unwrap_or(email);
            let name: String = name.chars().take(NAME).collect();
            users::get_or_insert(tx, &User::with_account(email, name))?
        }
    };
    let identity = Identity {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        user_id: user.id,
        created_at: Timestamp::now(),
    };
    identities::insert(tx, &identity)?;
    Ok(user)
}

/// Makes the person a member of what they are to be one of, as what they are to be.
pub(crate) fn join(
    tx: &mut Tx<'_>,
    user: &User,
    person: &Person,
    admission: &Admission,
) -> Result<(), FleetError> {
    // Who is a member of something accepts further invitations themselves.
    if person.email.is_some() && person.email == user.email && members::first_of_user(tx, user.id)?.is_none()
    {
        invites::accept_all_for(tx, user, person.email.as_deref().unwrap_or_default())?;
    }
    let Some(name) = &admission.organization else { return Ok(()) };
    let Some(organization) = organizations::find_by_name(tx, name)? else {
        tracing::error!("no organization has the name of OIDC_ORGANIZATION");
        return Ok(());
    };
    // Nobody else changes roles there meanwhile.
    organizations::lock(tx, organization.id)?;
    match members::of_user(tx, organization.id, user.id)? {
        Some(member) => {
            if let Some(role) = rules::role_now(admission, &member.role, &person.groups) {
                give_role(tx, &member, user.clone(), Some(role))?;
            }
        }
        None => {
            if let Some(role) = rules::admits(admission, person.email.as_deref(), &person.groups) {
                let member = OrganizationMember::new(organization.id, user.id, role);
                members::insert(tx, &member)?;
                let read = OrganizationMemberRead::new((member, user.clone()));
                record::member_changed(tx, Event::MemberCreated, &read);
            }
        }
    }
    Ok(())
}
