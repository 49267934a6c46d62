//! Another password: chosen by the person who knows the old one, or by whoever was given a link for it.

use mission_control_core::id::MemberId;
use mission_control_core::models::{AuditAction, OrgRole, OrganizationMember, PasswordReset, User};
use mission_control_core::rules::{agent_token, invites, passwords as rules};
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, StoreResult, Tx, accounts, jobs, members, request, users};
use secrecy::{ExposeSecret, SecretString};

use super::set_up::address;
use super::write::{insert, note};
use super::{hashing, passkeys};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::MailReset;
use crate::letters;
use crate::local_user;
use crate::members::acting_role;
use crate::web_sessions::{self, SignedIn, Visit};

/// A link by which somebody chooses a new password.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Whom it is for: the address to sign in with.
    pub email: String,
    /// Its token.
    pub token: SecretString,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// What becomes of the passkeys of whoever chooses a new password by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passkeys {
    /// They stay: whoever asked for the link may hold no more than the mailbox.
    Stay,
    /// They go: somebody who may do so gives the account back to its person.
    Go,
}

/// Replaces the password of somebody who knows it, ends their sessions, and begins a new one.
///
/// # Errors
/// [`FleetError::WrongPassword`]; a weak new one; somebody without an account.
pub async fn change_password(
    fleet: &Fleet,
    user: User,
    member: OrganizationMember,
    current: SecretString,
    new: SecretString,
    visit: Visit,
) -> Result<SignedIn, FleetError> {
    let id = user.id;
    let account = fleet.db().read(move |conn| accounts::find(conn, id)).await?;
    let account = account.ok_or_else(|| FleetError::conflict("You sign in without a password."))?;
    if !hashing::is_same(fleet, current, account.password_hash).await? {
        return Err(FleetError::WrongPassword);
    }
    require_strong(&new, &user)?;
    let hash = hashing::hash(fleet, new).await?;
    let (session, secret) = web_sessions::draft(fleet, id, agent_token::digest(&hash), visit);
    let (row, of) = (session.clone(), member.clone());
    fleet
        .db()
        .write(move |tx| {
            accounts::set_password(tx, id, &hash, Some(Timestamp::now()))?;
            accounts::end_reset(tx, id)?;
            web_sessions::end_every(tx, id)?;
            note(tx, id, AuditAction::PasswordChanged)?;
            web_sessions::insert(tx, &row, &of)
        })
        .await?;
    Ok(SignedIn { user, member, session, secret })
}

/// Makes a link by which a member chooses a new password, or a first one. Whoever has it can sign in as the member, so the
/// caller has to be above the member in every organization that the member is in.
///
/// # Errors
/// A missing member; one whom the caller may not do this for; one without an e-mail address; a service account.
pub async fn offer_reset(fleet: &Fleet, caller: Caller, id: MemberId) -> Result<Offer, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            acting_role(tx, caller)?;
            let found = members::find_with_user(tx, caller.organization, id)?;
            let (_, user) = found.ok_or(StoreError::NotFound("member"))?;
            if user.is_service_account() {
                return Err(FleetError::conflict("Nobody signs in as a service account: make it a token."));
            }
            if !may_be_reset(tx, caller, &user)? {
                return Err(FleetError::forbidden(
                    "A link for a new password opens everything of this person, also where you are no admin above them. \
                     Ask whoever runs the server: `mission-control-api user reset`.",
                ));
            }
            offer(tx, &user, Passkeys::Go)
        })
        .await
}

/// Mails the link to its person; whether there is a mail server to do so.
///
/// # Errors
/// [`FleetError::Upstream`] where the server is away, or does not take it.
pub async fn send(fleet: &Fleet, offer: &Offer) -> Result<bool, FleetError> {
    let Some(mailer) = fleet.mailer() else { return Ok(false) };
    let letter = letters::new_password(&fleet.settings().http.base_url, &offer.email, &offer.token);
    mailer.send(letter).await.map(|()| true).map_err(|error| FleetError::Upstream {
        message: format!("The link was made, and not mailed: {error}."),
        remedy: Some(
            "Whoever runs the server looks at SMTP_URL and MAIL_FROM, or makes a link by `mission-control-api user reset`."
                .to_owned(),
        ),
    })
}

/// Has a link mailed to whoever signs in with this address. Whether anybody does is not told: a job finds out.
///
/// # Errors
/// No mail server; the database's.
pub async fn ask_for_letter(fleet: &Fleet, email: &str) -> Result<(), FleetError> {
    if fleet.mailer().is_none() {
        return Err(FleetError::conflict(
            "No mail is sent from here. Ask an admin of your organization for a link for a new password.",
        ));
    }
    let email = invites::email(email).unwrap_or_default();
    let job = MailReset { email }.job(None)?;
    fleet.db().write(move |tx| jobs::enqueue(tx, job).map(drop)).await?;
    Ok(())
}

/// The link for whoever signs in with this address; `None` where nobody does.
///
/// # Errors
/// The database's.
pub(crate) async fn mailed_offer(fleet: &Fleet, email: String) -> Result<Option<Offer>, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let account = accounts::with_email(tx, &email)?;
            let user = account.map(|account| users::find(tx, account.user_id)).transpose()?.flatten();
            user.map(|user| offer(tx, &user, Passkeys::Stay)).transpose()
        })
        .await
}

/// Whether the caller may make links for this person's password.
///
/// # Errors
/// The database's.
pub fn may_be_reset(conn: &mut Conn, caller: Caller, user: &User) -> StoreResult<bool> {
    let asker = match caller.user {
        Some(asker) => users::find(conn, asker)?,
        None => None,
    };
    let Some(asker) = asker.filter(|asker| asker.id != user.id) else { return Ok(false) };
    if (user.is_super_admin || local_user::is(user)) && !asker.is_super_admin {
        return Ok(false);
    }
    let mut roles: Vec<(Option<OrgRole>, OrgRole)> = Vec::new();
    for theirs in members::all_of_user(conn, user.id)? {
        let own = members::of_user(conn, theirs.organization_id, asker.id)?;
        roles.push((own.map(|own| own.role), theirs.role));
    }
    Ok(rules::may_reset(&roles))
}

/// Makes the link; the one before does not work any more.
pub(crate) fn offer(tx: &mut Tx<'_>, user: &User, passkeys: Passkeys) -> Result<Offer, FleetError> {
    let email = match accounts::find(tx, user.id)? {
        Some(account) => account.email,
        None => address(user.email.as_deref().unwrap_or_default()).map_err(|_| {
            FleetError::conflict(
                "This person has no e-mail address to sign in with: `mission-control-api user set --email`.",
            )
        })?,
    };
    let token = agent_token::generate();
    let now = Timestamp::now();
    let expires_at = now.plus(rules::RESET_LIFETIME);
    let digest = agent_token::digest(token.expose_secret());
    let keeps_passkeys = passkeys == Passkeys::Stay;
    let reset = PasswordReset { user_id: user.id, digest, created_at: now, expires_at, keeps_passkeys };
    accounts::replace_reset(tx, &reset)?;
    note(tx, user.id, AuditAction::ResetOffered)?;
    Ok(Offer { email, token, expires_at })
}

/// Gives whoever the link is for a new password, and an account where they had none. Their sessions end. Returns the address to
/// sign in with.
///
/// # Errors
/// A link that is none, or not any more; a weak password; an address that somebody else signs in with.
pub async fn reset_password(
    fleet: &Fleet,
    token: &str,
    password: SecretString,
    visit: &Visit,
) -> Result<String, FleetError> {
    let digest = agent_token::digest(token);
    let wanted = digest.clone();
    let user = fleet.db().read(move |conn| holder(conn, &wanted)).await?.ok_or_else(no_link)?;
    require_strong(&password, &user)?;
    let hash = hashing::hash(fleet, password).await?;
    request::acting(visit.actor(&user, None));
    fleet
        .db()
        .write(move |tx| {
            users::lock(tx, user.id)?;
            // Somebody else may have used it meanwhile.
            let reset = accounts::reset_of(tx, &digest, Timestamp::now())?.filter(|it| it.user_id == user.id);
            let reset = reset.ok_or_else(no_link)?;
            accounts::end_reset(tx, user.id)?;
            if !reset.keeps_passkeys {
                passkeys::remove_all(tx, user.id)?;
            }
            let email = match accounts::find(tx, user.id)? {
                Some(account) => {
                    accounts::set_password(tx, user.id, &hash, Some(Timestamp::now()))?;
                    account.email
                }
                None => {
                    let email = address(user.email.as_deref().unwrap_or_default())?;
                    insert(tx, user.id, email.clone(), hash)?;
                    email
                }
            };
            web_sessions::end_every(tx, user.id)?;
            note(tx, user.id, AuditAction::PasswordChanged)?;
            Ok(email)
        })
        .await
}

fn holder(conn: &mut Conn, digest: &str) -> StoreResult<Option<User>> {
    let reset = accounts::reset_of(conn, digest, Timestamp::now())?;
    reset.map_or(Ok(None), |reset| users::find(conn, reset.user_id))
}

fn no_link() -> FleetError {
    FleetError::not_found("Link")
}

fn require_strong(password: &SecretString, user: &User) -> Result<(), FleetError> {
    let own = [&user.email, &user.name].map(|text| text.as_deref().unwrap_or_default());
    rules::require_strong(password.expose_secret(), &own).map_err(FleetError::WeakPassword)
}
