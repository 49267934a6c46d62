//! Writing the record of who did what: the last act of a transaction, under the lock of the event log.

use diesel::prelude::*;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{ActorKind, AuditAction, AuditChain, AuditDraft, AuditEntry, NewLogEntry};
use mission_control_core::rules::audit::{self as rules, BEGINNING};
use mission_control_core::schema::{audit_chains, audit_log};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{EventKind, EventSubject};
use serde_json::Value;

use crate::batch::insert_all;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::request::Origin;
use crate::weight::{Weight, is_governed, weight};

/// How a governed thing was before a transaction changed it, and how it is then.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) about: EventSubject,
    pub(crate) id: String,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// What a transaction leaves in the record: what was noted, and an entry for each event that is somebody's doing.
pub(crate) fn drafts(
    events: &[NewLogEntry],
    changes: &[Change],
    noted: Vec<AuditDraft>,
    ordered: Vec<AuditDraft>,
    origin: &Origin,
) -> Vec<AuditDraft> {
    let actor = origin.actor().kind;
    let weighed: Vec<(Weight, AuditDraft)> = events
        .iter()
        .filter_map(|event| {
            let organization = event.organization_id?;
            let kind = EventKind::named(&event.kind)?;
            let about = kind.subject();
            let entity = event.payload.get(kind.entity());
            let id = entity.and_then(|entity| entity.get("id")).and_then(Value::as_str);
            let change =
                changes.iter().find(|change| change.about == about && Some(change.id.as_str()) == id);
            let change = change.filter(|change| change.before != change.after);
            let (before, after) = match change {
                Some(change) => rules::difference(change.before.clone(), change.after.clone()),
                None if !is_governed(about) => (None, None),
                None if kind.as_str().ends_with(".deleted") => (entity.cloned(), None),
                None => (None, entity.cloned()),
            };
            let draft = AuditDraft {
                board_id: event.board_id,
                object_kind: Some(kind.entity().to_owned()),
                object_id: id.map(str::to_owned),
                before,
                after,
                ..AuditDraft::new(organization, AuditAction::Event(kind.as_str()))
            };
            Some((weight(kind, actor, change.is_some()), draft))
        })
        .collect();
    let has_acts = !noted.is_empty() || weighed.iter().any(|(weight, _)| *weight == Weight::Act);
    let counts = |weight: Weight| match weight {
        Weight::Act => true,
        Weight::Consequence => !has_acts,
        Weight::Telemetry => false,
    };
    let by_itself = matches!(actor, ActorKind::Job | ActorKind::System | ActorKind::Foreign(_));
    let told = weighed.into_iter().filter(|(weight, _)| counts(*weight)).map(|(_, draft)| draft);
    let told: Vec<AuditDraft> = noted.into_iter().chain(told).collect();
    if told.is_empty() && !by_itself { ordered } else { told }
}

/// Writes entries. The caller holds the lock of the event log.
pub(crate) fn write(conn: &mut Conn, drafts: Vec<AuditDraft>, origin: &Origin) -> StoreResult<()> {
    let mut drafts = drafts;
    drafts.sort_by_key(|draft| draft.organization_id);
    let actor = origin.actor();
    for of_organization in drafts.chunk_by(|one, next| one.organization_id == next.organization_id) {
        let Some(organization) = of_organization.first().map(|draft| draft.organization_id) else { continue };
        let chain = chain(conn, organization)?;
        let is_new = chain.is_none();
        let mut chain = chain.unwrap_or_else(|| AuditChain {
            organization_id: organization,
            cut_seq: 0,
            cut_hash: BEGINNING.to_owned(),
            cut_seal: None,
            last_seq: 0,
            last_hash: BEGINNING.to_owned(),
        });
        let mut entries = Vec::with_capacity(of_organization.len());
        for draft in of_organization {
            let entry = AuditEntry {
                organization_id: organization,
                seq: chain.last_seq.saturating_add(1),
                at: Timestamp::now(),
                actor: actor.kind,
                actor_id: actor.id,
                actor_name: actor.name.clone(),
                token_id: actor.token,
                address: actor.address.clone(),
                request_id: origin.id().map(str::to_owned),
                action: draft.action.as_str().to_owned(),
                object_kind: draft.object_kind.clone(),
                object_id: draft.object_id.clone(),
                board_id: draft.board_id,
                before_change: draft.before.clone().map(rules::kept),
                after_change: draft.after.clone().map(rules::kept),
                previous_hash: chain.last_hash.clone(),
                hash: String::new(),
            };
            let entry = AuditEntry { hash: rules::hash(&entry), ..entry };
            (chain.last_seq, chain.last_hash) = (entry.seq, entry.hash.clone());
            entries.push(entry);
        }
        insert_all!(conn, audit_log::table, &entries)?;
        if is_new {
            diesel::insert_into(audit_chains::table).values(&chain).execute(conn)?;
        } else {
            diesel::update(audit_chains::table.find(organization))
                .set((
                    audit_chains::last_seq.eq(chain.last_seq),
                    audit_chains::last_hash.eq(&chain.last_hash),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Both ends of an organization's record; `None` while nothing was ever written to it.
///
/// # Errors
/// The database's.
pub fn chain(conn: &mut Conn, organization: OrganizationId) -> StoreResult<Option<AuditChain>> {
    Ok(audit_chains::table.find(organization).select(audit_chains::all_columns).first(conn).optional()?)
}
