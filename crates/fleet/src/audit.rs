//! The record of who did what: what no change tells of, looking whether it is whole, and cutting it where it is kept long
//! enough.

use mission_control_core::id::{AgentId, OrganizationId};
use mission_control_core::limits::AUDIT_STEP;
use mission_control_core::models::{ActorKind, AuditAction, AuditChain, AuditDraft, AuditEntry};
use mission_control_core::rules::audit::{BEGINNING, Broken, Link};
use mission_control_core::time::Timestamp;
use mission_control_store::members::AtWork;
use mission_control_store::request::Actor;
use mission_control_store::vault::Vault;
use mission_control_store::{Db, StoreError, accounts, agents, audit, gateways, members};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::fleet::Fleet;
use crate::local_user;

/// Writes down that somebody who is known was refused; `code` and `route` say what.
///
/// # Errors
/// The database's.
pub async fn refused(
    fleet: &Fleet,
    actor: Actor,
    code: &'static str,
    route: String,
) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let organization = match (actor.organization, actor.kind, actor.id) {
                (Some(organization), _, _) => Some(organization),
                (None, ActorKind::Agent, Some(id)) => {
                    let agent = agents::find(tx, AgentId::from_uuid(id.uuid()))?;
                    let gateway =
                        agent.map(|agent| gateways::find(tx, agent.gateway_id)).transpose()?.flatten();
                    gateway.map(|gateway| gateway.organization_id)
                }
                _ => None,
            };
            if let Some(organization) = organization {
                let why = json!({ "code": code, "route": route });
                tx.audit(AuditDraft::new(organization, AuditAction::Refused).after(why));
            }
            Ok(())
        })
        .await
}

/// Writes down that a wrong credential was shown: for the account of the address `email` in the records of its organizations,
/// otherwise in that of the organization that the local user works in.
///
/// # Errors
/// The database's.
pub async fn sign_in_refused(
    fleet: &Fleet,
    email: Option<String>,
    address: Option<String>,
) -> Result<(), StoreError> {
    let AtWork { member: local, .. } = local_user::find_or_make(fleet.db()).await?;
    fleet
        .db()
        .write(move |tx| {
            let account = match &email {
                Some(email) => accounts::with_email(tx, email)?,
                None => None,
            };
            let user = account.map(|account| account.user_id);
            let of_user = user.map_or(Ok(Vec::new()), |user| members::all_of_user(tx, user))?;
            let mut organizations: Vec<_> = of_user.iter().map(|member| member.organization_id).collect();
            if organizations.is_empty() {
                organizations.push(local.organization_id);
            }
            for organization in organizations {
                let entry = AuditDraft::new(organization, AuditAction::SignInRefused);
                let entry = entry.after(json!({ "address": address }));
                tx.audit(match user {
                    Some(user) => entry.about("user", user),
                    None => entry,
                });
            }
            Ok(())
        })
        .await
}

/// What was found of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose it is.
    pub organization: OrganizationId,
    /// The numbers before its first and of its last entry.
    pub entries: (i64, i64),
    /// Its first broken link.
    pub broken: Option<Broken>,
}

/// Looks at every record, from its beginning to its end.
///
/// # Errors
/// The database's.
pub async fn verify(fleet: &Fleet) -> Result<Vec<Verified>, StoreError> {
    verify_in(fleet.db(), fleet.vault()).await
}

/// The same in a database that need not be the one of this process.
pub(crate) async fn verify_in(db: &Db, vault: &Vault) -> Result<Vec<Verified>, StoreError> {
    let chains = db.read(audit::chains).await?;
    let mut verified = Vec::new();
    for chain in chains {
        let broken = first_broken(db, vault, &chain).await?;
        let (organization, entries) = (chain.organization_id, (chain.cut_seq, chain.last_seq));
        verified.push(Verified { organization, entries, broken });
    }
    Ok(verified)
}

async fn first_broken(db: &Db, vault: &Vault, chain: &AuditChain) -> Result<Option<Broken>, StoreError> {
    if !begins_rightly(vault, chain) {
        return Ok(Some(Broken::Beginning { seq: chain.cut_seq }));
    }
    let mut link = Link::beginning(chain);
    loop {
        let (organization, seq) = (chain.organization_id, link.seq());
        let entries: Vec<AuditEntry> =
            db.read(move |conn| audit::after(conn, organization, seq, AUDIT_STEP)).await?;
        // What was written since the look began is for the next one.
        let wanted = entries.iter().take_while(|entry| entry.seq <= chain.last_seq);
        let before = link.seq();
        for entry in wanted {
            match link.next(entry) {
                Ok(next) => link = next,
                Err(broken) => return Ok(Some(broken)),
            }
        }
        if link.seq() == before {
            return Ok(link.end(chain).err());
        }
    }
}

/// Whether a record begins where it always began, or where retention cut it.
fn begins_rightly(vault: &Vault, chain: &AuditChain) -> bool {
    match &chain.cut_seal {
        None => chain.cut_seq == 0 && chain.cut_hash == BEGINNING,
        Some(seal) => {
            let opened = vault.open(AuditChain::SEAL_COLUMN, chain.organization_id, seal);
            opened.is_ok_and(|text| text.expose_secret() == place(chain.cut_seq, &chain.cut_hash))
        }
    }
}

fn place(seq: i64, hash: &str) -> String {
    format!("{seq} {hash}")
}

/// Cuts the beginning of each record that is older than `before`, a little at a time, and returns how many entries went.
/// The hash of the last of them stays, sealed, and the record tells that it was cut.
///
/// # Errors
/// The database's.
pub async fn trim(fleet: &Fleet, before: Timestamp) -> Result<usize, StoreError> {
    let chains: Vec<AuditChain> = fleet.db().read(audit::chains).await?;
    let mut deleted = 0;
    for chain in chains {
        let organization = chain.organization_id;
        loop {
            let vault = fleet.clone();
            let cut = fleet.db().write(move |tx| {
                let Some(chain) = audit::chain(tx, organization)? else { return Ok(0) };
                let Some((seq, hash)) = audit::cut_at(tx, &chain, before, AUDIT_STEP)? else { return Ok(0) };
                let seal = vault.vault().seal(AuditChain::SEAL_COLUMN, organization, &place(seq, &hash));
                let entry = AuditDraft::new(organization, AuditAction::Trimmed);
                tx.audit(entry.after(json!({ "up_to": seq, "hash": hash })));
                audit::cut(tx, organization, seq, &hash, &seal)
            });
            let cut: usize = cut.await.map_err(|error: StoreError| error)?;
            deleted += cut;
            if i64::try_from(cut).unwrap_or(0) < AUDIT_STEP {
                break;
            }
        }
    }
    Ok(deleted)
}
