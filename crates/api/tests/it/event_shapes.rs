//! What streams deliver is what the document says of it.

use std::collections::BTreeSet;

use mission_control_core::id::{
    AgentId, ApprovalId, BoardId, ExecApprovalId, GatewayId, MemberId, OrganizationId, SkillPackId, TaskId,
    UserId,
};
use mission_control_core::models::{
    Approval, ExecApproval, ExecApprovalState, ExecDecision, ExecEffect, ExecMatch, ExecPolicy, LogEntry, Run,
};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{
    ApprovalChanged, ApprovalGone, ApprovalRef, Event, EventKind, ExecPolicyDecided, GatewayConnectionRead,
    InboxMarkRead, Named, SkillAsked, SkillPackSynced, TaskApprovals, WebSessionRead,
};
use mission_control_shapes::{ApprovalRead, ExecApprovalRead, ExecPolicyRead, RunRead};
use mission_control_store::{Db, StoreError, event_log};
use serde_json::{Value, json};

use crate::document::document;

/// Where a value is not as its schema says.
fn faults(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return faults(document, document.pointer(&reference[1..]).unwrap(), value, place);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let all: Vec<_> = choices.iter().map(|choice| faults(document, choice, value, place)).collect();
            return if all.iter().any(Vec::is_empty) { Vec::new() } else { all.concat() };
        }
    }
    if let Some(kinds) = schema["enum"].as_array() {
        return if kinds.contains(value) { Vec::new() } else { vec![format!("{place}: {value}")] };
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Null => return Vec::new(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let fits = |kind: &&str| match *kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    if !kinds.iter().any(fits) {
        return vec![format!("{place}: {value} is no {kinds:?}")];
    }
    let mut found = Vec::new();
    for (at, element) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(document, &schema["items"], element, &format!("{place}[{at}]")));
    }
    if let (Some(fields), Some(described)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                found.push(format!("{place}.{name} is not there"));
            }
        }
        for (name, field) in fields {
            match described.get(name) {
                Some(schema) => found.extend(faults(document, schema, field, &format!("{place}.{name}"))),
                None => found.push(format!("{place}.{name} is not described")),
            }
        }
    }
    found
}

/// What the log has, held against the document.
pub(crate) struct Log {
    document: Value,
    read: i64,
    payloads: BTreeSet<String>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { document: document(), read: 0, payloads: BTreeSet::new() }
    }

    /// Every entry since the last look is as the document says.
    pub(crate) async fn look(&mut self, db: &Db) {
        loop {
            let seq = self.read;
            let entries = db.read::<_, StoreError, _>(move |conn| event_log::after(conn, seq, 500)).await;
            let entries = entries.unwrap();
            let Some(last) = entries.last() else { return };
            self.read = last.seq;
            entries.iter().for_each(|entry| self.check(entry));
        }
    }

    fn check(&mut self, entry: &LogEntry) {
        let LogEntry { seq, kind, board_id, created_at, payload, .. } = entry;
        let shown = json!({
            "seq": seq, "kind": kind, "board_id": board_id, "created_at": created_at, "payload": payload,
        });
        let all = &self.document["components"]["schemas"]["Event"];
        let reference = all["discriminator"]["mapping"][kind].as_str().unwrap();
        let schema = self.document.pointer(&reference[1..]).unwrap();
        assert_eq!(faults(&self.document, schema, &shown, kind), [""; 0]);
        self.payloads.insert(payload_of(&self.document, kind));
    }

    /// Some entry has carried every payload that is described, but for [`SPELLED_OUT`].
    pub(crate) fn has_had_everything(&self) {
        for kind in EventKind::ALL {
            let payload = payload_of(&self.document, kind.as_str());
            let spelled_out = SPELLED_OUT.contains(&payload.as_str());
            assert!(spelled_out || self.payloads.contains(&payload), "nothing carried {payload}");
        }
    }
}

/// The name of what entries of a kind carry.
fn payload_of(document: &Value, kind: &str) -> String {
    let mapping = &document["components"]["schemas"]["Event"]["discriminator"]["mapping"];
    let schema = document.pointer(&mapping[kind].as_str().unwrap()[1..]).unwrap();
    assert_eq!(schema["properties"]["kind"]["enum"], json!([kind]));
    let payload = schema["properties"]["payload"]["$ref"].as_str().unwrap();
    payload.rsplit('/').next().unwrap().to_owned()
}

/// Payloads that the smallest requests, without the jobs that follow, leave none of.
const SPELLED_OUT: [&str; 9] = [
    "ApprovalChanged",
    "ApprovalGone",
    "ExecPolicyDecided",
    "GatewayConnected",
    "InboxMarked",
    "OrganizationGone",
    "RunChanged",
    "SkillAsked",
    "SkillPackSynced",
];

/// An approval about so many tasks.
fn approval(tasks: usize) -> Event {
    let row = Approval::new(BoardId::random(), "deploy", 80.0);
    let counts =
        || TaskApprovals { task_id: TaskId::random(), approvals_count: 2, approvals_pending_count: 1 };
    let counts: Vec<_> = std::iter::repeat_with(counts).take(tasks).collect();
    let ids = counts.iter().map(|counts| counts.task_id).collect();
    let read = ApprovalRead::new(row, ids, vec!["Ship".to_owned(); tasks]);
    Event::ApprovalUpdated(ApprovalChanged::new(read, 1, counts))
}

/// A rule, and a command that it allowed.
fn decided(organization: OrganizationId) -> Event {
    let now = Timestamp::now();
    let policy = ExecPolicy::new(organization, ExecEffect::Allow, ExecMatch::Exact, "make");
    let exec = ExecApproval {
        id: ExecApprovalId::random(),
        organization_id: organization,
        gateway_id: GatewayId::random(),
        gateway_approval_id: "1".to_owned(),
        approval_id: None,
        agent_id: AgentId::random(),
        board_id: Some(BoardId::random()),
        task_id: None,
        run_id: None,
        session_key: "agent:main".to_owned(),
        command: "make".to_owned(),
        cwd: None,
        host: Some("gateway".to_owned()),
        resolved_path: None,
        warning: None,
        allowed_decisions: json!(["once", "deny"]),
        state: ExecApprovalState::Sending,
        decision: None,
        wanted_decision: Some(ExecDecision::Once),
        decided_by: None,
        decided_by_user_id: None,
        reason: None,
        error: None,
        created_at: now,
        expires_at: now,
        resolved_at: None,
        policy_id: Some(policy.id),
        is_single_command: Some(true),
    };
    Event::ExecPolicyDecided(ExecPolicyDecided {
        exec_policy: ExecPolicyRead::new(policy, None, now),
        exec_approval: ExecApprovalRead::from(&exec),
    })
}

#[test]
fn what_no_small_request_leaves_is_as_the_document_says() {
    let organization = OrganizationId::random();
    let named = || Named::new(SkillPackId::random(), "Tools");
    let connection = GatewayConnectionRead {
        id: GatewayId::random(),
        name: "Home".to_owned(),
        connection_state: "up".to_owned(),
        connection_error: None,
        version: Some("2026.9.6".to_owned()),
        protocol: Some(4),
    };
    let gone = ApprovalRef { id: ApprovalId::random(), board_id: BoardId::random() };
    let run = Run::new(organization, GatewayId::random(), AgentId::random(), "agent:main", Timestamp::now());
    let asked = SkillAsked { skill: named(), gateway_id: GatewayId::random() };
    let events = [
        approval(0),
        approval(1),
        approval(2),
        decided(organization),
        Event::ApprovalDeleted(ApprovalGone { approval: gone }),
        Event::GatewayConnection(connection.into()),
        Event::InboxMarkUpdated(InboxMarkRead { member_id: MemberId::random() }.into()),
        Event::OrganizationDeleted(named().into()),
        Event::RunCreated(RunRead::from(&run).into()),
        Event::SkillInstalled(asked),
        Event::SkillPackSynced(SkillPackSynced { skill_pack: named(), synced: 3, created: 1, updated: 0 }),
        Event::WebSessionEnded(WebSessionRead { user_id: UserId::random() }.into()),
    ];
    let mut log = Log::new();
    for event in events {
        let new = event.organization(organization);
        log.check(&LogEntry {
            seq: 1,
            organization_id: new.organization_id,
            board_id: None,
            kind: new.kind,
            payload: new.payload,
            created_at: new.created_at,
        });
    }
    assert!(SPELLED_OUT.iter().all(|payload| log.payloads.contains(*payload)));
}
