//! What a gateway says.

use mission_control_gateway_rpc::{
    AgentDeleted, AgentList, ChatEvent, ChatHistory, ChatMessage, ChatSent, ConfigPatched, ConfigShape,
    ConfigSnapshot, CronJob, DeviceList, Event, ExecApproval, ExecApprovalPolicy, FileList, GatewayError,
    GatewayVersion, Health, HeartbeatEvent, HeartbeatsByDefault, LogTail, Measure, ModelRow, RunEnd,
    SessionEntry, SessionList, SessionsUsage, TurnEnd, UsageCost, UsageSeries, UsageStatus, WorkspaceFile,
    agent_entries, cut, hear,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::input::text_meant;

/// Most that is told of one frame, in bytes, its control characters spelled out.
const TOLD: usize = 128 * 1024;
/// Most that is told of an answer of another shape than expected, in bytes.
const COMPLAINT: usize = 16 * 1024;
/// How much longer a frame is made, in bytes: more than is ever told of one.
const SURPLUS: usize = 2 * TOLD;

/// One frame of a gateway, as it is and with every text in it made long.
pub fn frames(input: &[u8]) {
    let text = text_meant(input);
    heard(&text);
    let kept = cut(&text, text.len() / 2);
    assert!(kept.len() <= text.len() / 2 && text.starts_with(kept));
    let Ok(mut frame) = serde_json::from_str::<Value>(&text) else { return };
    for field in ["payload", "result"] {
        answered(frame.get(field).cloned().unwrap_or_default());
    }
    measured(frame.clone());
    let each = SURPLUS / text.matches('"').count().max(1);
    lengthen(&mut frame, &"\u{1}".repeat(each));
    heard(&frame.to_string());
}

fn heard(text: &str) {
    let told = hear(text);
    assert!(told.len() <= TOLD, "{} bytes are told of a frame of {}", told.len(), text.len());
    assert!(!told.contains('\0'), "what no database takes is told");
}

/// An answer, read as everything that may have been asked.
fn answered(payload: Value) {
    let event = Event { name: "answer".to_owned(), payload, seq: None };
    // What is said of a write is never an error.
    assert!(as_a::<AgentDeleted>(&event).is_some());
    assert!(as_a::<ChatSent>(&event).is_some());
    assert!(as_a::<ConfigPatched>(&event).is_some());
    assert!(as_a::<SessionEntry>(&event).is_some());
    let _ = TurnEnd::from(event.payload.clone());
    as_a::<AgentList>(&event);
    as_a::<ChatEvent>(&event);
    as_a::<CronJob>(&event);
    as_a::<DeviceList>(&event);
    as_a::<ExecApproval>(&event);
    as_a::<ExecApprovalPolicy>(&event);
    as_a::<FileList>(&event);
    as_a::<Health>(&event);
    as_a::<HeartbeatEvent>(&event);
    as_a::<LogTail>(&event);
    as_a::<ModelRow>(&event);
    as_a::<RunEnd>(&event);
    as_a::<SessionsUsage>(&event);
    as_a::<UsageCost>(&event);
    as_a::<UsageSeries>(&event);
    as_a::<UsageStatus>(&event);
    as_a::<WorkspaceFile>(&event);
    for message in as_a::<ChatHistory>(&event).into_iter().flat_map(|history| history.messages) {
        said(&message);
    }
    for session in as_a::<SessionList>(&event).into_iter().flat_map(|list| list.sessions) {
        assert!(session.agent_id().is_none_or(|id| session.key().contains(id)));
    }
    if let Some(snapshot) = as_a::<ConfigSnapshot>(&event) {
        configured(&snapshot);
    }
}

fn as_a<T: DeserializeOwned>(event: &Event) -> Option<T> {
    match event.decode() {
        Ok(answer) => Some(answer),
        Err(error) => {
            complained(&error);
            None
        }
    }
}

fn complained(error: &GatewayError) {
    let told = format!("{error} {error:?} {:?}", error.remedy());
    assert!(told.len() <= COMPLAINT, "an answer that is not understood is told in {} bytes", told.len());
}

fn said(message: &ChatMessage) {
    assert!(message.text().len() <= Value::Object(message.0.clone()).to_string().len());
}

fn configured(snapshot: &ConfigSnapshot) {
    let entries = agent_entries(&snapshot.config);
    assert!(snapshot.agent_ids().into_iter().all(|id| snapshot.agent(id).is_some()));
    assert!(entries.iter().all(|(id, _)| snapshot.agent(id).is_some()));
    let version = snapshot.last_touched_version();
    assert!(version.is_none_or(|version| GatewayVersion::parse(&version.to_string()) == Some(version)));
    let has_entries = snapshot.config.pointer("/agents/entries").is_some_and(Value::is_object);
    assert!(!has_entries || snapshot.shape() == ConfigShape::Entries);
    for rule in
        [HeartbeatsByDefault::DefaultAgent, HeartbeatsByDefault::EveryAgent, HeartbeatsByDefault::Owner]
    {
        assert!(rule.agents(&snapshot.config).len() <= entries.len().max(1));
    }
}

/// A value that was cut fits, and is not cut any more.
fn measured(mut value: Value) {
    const SMALL: Measure = Measure { text: 8, entries: 4 };
    SMALL.fit(&mut value);
    assert!(fits(&value, SMALL), "{value}");
    let once = value.clone();
    SMALL.fit(&mut value);
    assert_eq!(value, once);
}

fn fits(value: &Value, measure: Measure) -> bool {
    match value {
        Value::String(text) => text.len() <= measure.text,
        Value::Array(items) => items.len() <= measure.entries && items.iter().all(|item| fits(item, measure)),
        Value::Object(fields) => {
            fields.len() <= measure.entries
                && fields.iter().all(|(name, field)| name.len() <= measure.text && fits(field, measure))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

fn lengthen(value: &mut Value, by: &str) {
    match value {
        Value::String(text) => text.push_str(by),
        Value::Array(items) => items.iter_mut().for_each(|item| lengthen(item, by)),
        Value::Object(fields) => {
            // A frame stays a frame: its kind is short.
            fields.iter_mut().filter(|(name, _)| *name != "type").for_each(|(_, field)| lengthen(field, by));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
