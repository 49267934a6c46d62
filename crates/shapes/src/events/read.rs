//! What readers of the log make of an entry.
//!
//! Other releases write the log too, and a payload that is too large is cut. So nothing here asks for more of an entry than
//! what it is after: what is not understood is for admins, and in the stream of everything as it is.

use mission_control_core::id::{AgentId, BoardGroupId, MemberId};
use mission_control_core::models::LogEntry;
use mission_control_core::rules::event_access::Scope;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::kinds::{EventKind, EventSubject};

/// What decides who gets an entry, and in which streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it tells of; none of what this release does not know.
    pub kind: Option<EventKind>,
    /// For whom it is.
    pub scope: Scope,
    /// The agent that it is about.
    pub agent: Option<AgentId>,
    /// What was said is a message of a chat, or is not.
    pub is_chat: Option<bool>,
}

/// The parts of entities that readers look at.
#[derive(Deserialize)]
struct AgentPart {
    id: AgentId,
}

#[derive(Deserialize)]
struct GroupPart {
    id: BoardGroupId,
}

#[derive(Deserialize)]
struct GroupMemoryPart {
    board_group_id: BoardGroupId,
}

#[derive(Deserialize)]
struct OwnedPart {
    member_id: MemberId,
}

#[derive(Deserialize)]
struct ChatPart {
    is_chat: bool,
}

fn part<'de, T: Deserialize<'de>>(payload: &'de Value, name: &str) -> Option<T> {
    T::deserialize(payload.get(name)?).ok()
}

impl Told {
    /// What an entry of the log tells.
    pub fn of(entry: &LogEntry) -> Self {
        let (kind, payload) = (EventKind::named(&entry.kind), &entry.payload);
        let subject = kind.map(EventKind::subject);
        let (agent, is_chat) = match subject {
            Some(EventSubject::Agent) => (part(payload, "agent").map(|agent: AgentPart| agent.id), None),
            Some(EventSubject::Memory | EventSubject::GroupMemory) => {
                (None, part(payload, "memory").map(|memory: ChatPart| memory.is_chat))
            }
            _ => (None, None),
        };
        Self { kind, scope: scope(entry, subject), agent, is_chat }
    }

    /// What it is about.
    pub fn subject(&self) -> Option<EventSubject> {
        self.kind.map(EventKind::subject)
    }
}

fn scope(entry: &LogEntry, subject: Option<EventSubject>) -> Scope {
    if let Some(board) = entry.board_id {
        return Scope::Board(board);
    }
    // Nobody else's, whatever the listener's role.
    let own = match subject {
        Some(EventSubject::InboxMark) => Some("inbox_mark"),
        Some(EventSubject::BoardView) => Some("board_view"),
        _ => None,
    };
    if let Some(entity) = own {
        return part(&entry.payload, entity)
            .map_or(Scope::Admins, |owned: OwnedPart| Scope::Member(owned.member_id));
    }
    let group = match subject {
        Some(EventSubject::GroupMemory) => {
            part(&entry.payload, "memory").map(|memory: GroupMemoryPart| memory.board_group_id)
        }
        Some(EventSubject::BoardGroup) => {
            part(&entry.payload, "board_group").map(|group: GroupPart| group.id)
        }
        // What concerns the organization as a whole and is open to every member.
        Some(EventSubject::Organization | EventSubject::Tag | EventSubject::CustomField) => {
            return Scope::Members;
        }
        _ => None,
    };
    group.map_or(Scope::Admins, Scope::Group)
}

/// What the stream of a board's tasks shows of an entry: `{type, activity, task}`, or `{type, activity, comment}`.
pub fn in_tasks(kind: EventKind, payload: &Value) -> Option<Value> {
    match kind {
        EventKind::TaskCommented => parts(payload, &["type", "activity", "comment"]),
        EventKind::TaskCreated | EventKind::TaskUpdated | EventKind::TaskStatusChanged => {
            parts(payload, &["type", "activity", "task"])
        }
        _ => None,
    }
}

/// What the feed of comments shows of an entry: `{comment}`.
pub fn in_comments(kind: EventKind, payload: &Value) -> Option<Value> {
    let item = (kind == EventKind::TaskCommented).then(|| payload.get("item")).flatten()?;
    Some(json!({ "comment": item }))
}

/// What the stream of agents shows of an entry: `{agent}`.
pub fn in_agents(kind: EventKind, payload: &Value) -> Option<Value> {
    let changed = matches!(kind, EventKind::AgentCreated | EventKind::AgentUpdated);
    changed.then(|| parts(payload, &["agent"])).flatten()
}

/// Some fields of a payload, if they are all there.
fn parts(payload: &Value, names: &[&str]) -> Option<Value> {
    let field = |name: &&str| Some(((*name).to_owned(), payload.get(*name)?.clone()));
    names.iter().map(field).collect::<Option<Map<_, _>>>().map(Value::Object)
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::{
        ActivityId, BoardGroupMemoryId, BoardId, BoardMemoryId, GatewayId, OrganizationId,
    };
    use mission_control_core::models::{
        ActivityEvent, Agent, BoardGroup, BoardGroupMemory, BoardMemory, NewLogEntry, Task,
    };
    use mission_control_core::time::Timestamp;
    use rstest::rstest;

    use super::super::kinds::{Event, TASK_COMMENT};
    use super::super::payloads::{Named, TaskChanged, TaskCommented};
    use super::*;
    use crate::{AgentRead, BoardGroupMemoryRead, BoardGroupRead, BoardMemoryRead, CommentItem, TaskRead};

    fn logged(new: NewLogEntry) -> LogEntry {
        let NewLogEntry { organization_id, board_id, kind, payload, created_at } = new;
        LogEntry { seq: 1, organization_id, board_id, kind, payload, created_at }
    }

    /// The entry of an event about this board.
    fn entry(event: &Event, board: impl Into<Option<BoardId>>) -> LogEntry {
        logged(event.organization(OrganizationId::random()).board(board))
    }

    fn note(board_group_id: BoardGroupId) -> BoardGroupMemory {
        BoardGroupMemory {
            id: BoardGroupMemoryId::random(),
            board_group_id,
            content: "Hello".to_owned(),
            tags: None,
            source: None,
            is_chat: true,
            created_at: Timestamp::now(),
            agent_id: None,
            user_id: None,
        }
    }

    fn keys(data: Option<Value>) -> Vec<String> {
        data.and_then(|data| data.as_object().map(|fields| fields.keys().cloned().collect()))
            .unwrap_or_default()
    }

    #[test]
    fn readers_find_what_was_written() {
        let (board, group) = (BoardId::random(), BoardGroupId::random());
        let agent = Agent::new(GatewayId::random(), "Ada");
        let changed = Event::AgentUpdated(AgentRead::of(&agent, Timestamp::now()).into());
        let changed = entry(&changed, board);
        assert_eq!(Told::of(&changed).agent, Some(agent.id));
        assert_eq!(keys(in_agents(EventKind::AgentUpdated, &changed.payload)), ["agent"]);

        let said = Event::GroupMemoryCreated(BoardGroupMemoryRead::from(note(group)).into());
        let said = Told::of(&entry(&said, None));
        assert_eq!((said.scope, said.is_chat), (Scope::Group(group), Some(true)));

        let note = note(group);
        let note = BoardMemory {
            id: BoardMemoryId::random(),
            board_id: board,
            content: note.content,
            tags: None,
            source: None,
            is_chat: false,
            created_at: note.created_at,
            agent_id: None,
            user_id: None,
        };
        let kept = Told::of(&entry(&Event::MemoryCreated(BoardMemoryRead::from(note).into()), board));
        assert_eq!((kept.scope, kept.is_chat), (Scope::Board(board), Some(false)));

        let row = BoardGroup::new(OrganizationId::random(), "Apps", "apps");
        let renamed = Event::BoardGroupUpdated(BoardGroupRead::from(row.clone()).into());
        assert_eq!(Told::of(&entry(&renamed, None)).scope, Scope::Group(row.id));
    }

    #[test]
    fn streams_of_tasks_and_comments_find_their_parts() {
        let board = BoardId::random();
        let task = Task::new(board, "Write tests");
        let read = TaskRead::new(task.clone(), None, &[], Vec::new(), None);
        let made = ActivityEvent { id: ActivityId::random(), ..ActivityEvent::new("task.created", "Made") };
        let created = Event::TaskCreated(TaskChanged::by(&made, read.clone()));
        let data = in_tasks(created.kind(), &entry(&created, board).payload);
        assert_eq!(keys(data), ["activity", "task", "type"]);
        let silent = Event::TaskUpdated(read.into());
        assert_eq!(in_tasks(silent.kind(), &entry(&silent, board).payload), None, "nothing was done to it");

        let said = ActivityEvent::new(TASK_COMMENT, "Done");
        let item = CommentItem::new(&said, None, None, (task.id, "Write tests"), (board, "Apps"));
        let commented = Event::TaskCommented(TaskCommented::new(&said, item));
        let payload = entry(&commented, board).payload;
        assert_eq!(keys(in_tasks(commented.kind(), &payload)), ["activity", "comment", "type"]);
        assert_eq!(keys(in_comments(commented.kind(), &payload)), ["comment"]);
    }

    #[rstest]
    #[case("something.new", Scope::Admins)]
    #[case("member.updated", Scope::Admins)]
    #[case("gateway.connection", Scope::Admins)]
    #[case("agent.updated", Scope::Admins)]
    #[case("group_memory.created", Scope::Admins)]
    #[case("board_group.updated", Scope::Admins)]
    #[case("organization.deleted", Scope::Members)]
    #[case("tag.created", Scope::Members)]
    #[case("custom_field.updated", Scope::Members)]
    fn an_entry_of_any_form_is_read(#[case] kind: &str, #[case] scope: Scope) {
        for payload in
            [json!(null), json!(7), json!({}), json!({ "agent": 3, "memory": [], "board_group": {} })]
        {
            let entry = LogEntry {
                kind: kind.to_owned(),
                payload,
                ..entry(
                    &Event::OrganizationDeleted(Named::new(OrganizationId::random(), "Acme").into()),
                    None,
                )
            };
            let told = Told::of(&entry);
            assert_eq!((told.scope, told.agent, told.is_chat), (scope, None, None), "{}", entry.payload);
            for kind in EventKind::ALL {
                let parts = [in_tasks(*kind, &entry.payload), in_comments(*kind, &entry.payload)];
                assert_eq!(parts, [None, None], "{}", entry.payload);
            }
        }
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::named(kind.as_str()), Some(*kind));
        }
        assert_eq!(EventKind::named("task"), None);
    }
}
