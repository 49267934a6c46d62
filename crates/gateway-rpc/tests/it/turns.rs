//! Turns as gateways told of them: recorded events and histories of three releases, read as the same facts.

use std::fs;
use std::path::PathBuf;

use mission_control_gateway_rpc::{
    ApprovalDecision, ApprovalResolved, CallTokens, ChatHistory, Event, ExecApproval, ToolEnd, TurnEnding,
    TurnFact, TurnNews,
};
use rstest::rstest;
use serde_json::{Value, json};

const RELEASES: [&str; 3] = ["2026.3.2", "2026.7.1", "2026.9.6"];

fn recorded(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/frames").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn events(release: &str, turn: &str) -> Vec<Event> {
    let lines = recorded(&format!("{release}.{turn}.jsonl"));
    let event = |line: &str| {
        let mut frame: Value = serde_json::from_str(line).expect("JSON");
        let name = frame["event"].as_str().expect("a name").to_owned();
        Event { name, payload: frame["payload"].take(), seq: None }
    };
    lines.lines().map(event).collect()
}

fn news(release: &str, turn: &str) -> Vec<TurnNews> {
    events(release, turn).iter().flat_map(TurnNews::of_event).collect()
}

fn endings(news: &[TurnNews]) -> Vec<TurnEnding> {
    let ending = |news: &TurnNews| match news.fact {
        TurnFact::Ended { how, .. } => Some(how),
        _ => None,
    };
    news.iter().filter_map(ending).collect()
}

/// What the events of one tool say of it, put together.
fn tool(news: &[TurnNews]) -> (String, Option<Value>, ToolEnd) {
    let (mut name, mut arguments, mut end) = (String::new(), None, ToolEnd::default());
    for news in news {
        match &news.fact {
            TurnFact::ToolBegan(call) => {
                name.clone_from(&call.name);
                arguments = arguments.or_else(|| call.arguments.clone());
            }
            TurnFact::ToolEnded(told) => {
                end.id.clone_from(&told.id);
                end.failed = end.failed.or(told.failed);
                end.exit_code = end.exit_code.or(told.exit_code);
                end.duration_ms = end.duration_ms.or(told.duration_ms);
                end.output = end.output.take().or_else(|| told.output.clone());
            }
            _ => {}
        }
    }
    (name, arguments, end)
}

#[rstest]
fn a_turn_with_a_tool_is_told_by_every_release(#[values("2026.3.2", "2026.7.1", "2026.9.6")] release: &str) {
    let news = news(release, "tool");
    assert!(news.iter().any(|news| news.fact == TurnFact::Began && news.at.is_some()));
    assert!(endings(&news).iter().all(|how| *how == TurnEnding::Done));
    assert_eq!(endings(&news).len(), 2, "the turn and its conversation");
    let runs: Vec<_> = news.iter().filter_map(|news| news.run.clone()).collect();
    assert!(!runs.is_empty() && runs.iter().all(|run| *run == runs[0]), "{runs:?}");
    let (name, arguments, end) = tool(&news);
    assert_eq!(name, "exec");
    assert_eq!(arguments, Some(json!({"command": "echo hi-there; sleep 1; echo done"})));
    assert_eq!(end.failed, Some(false));
    if release != "2026.3.2" {
        assert_eq!(end.exit_code, Some(0), "{end:?}");
        assert!(end.duration_ms.is_some_and(|lasted| lasted > 1000), "{end:?}");
        assert_eq!(end.output.as_deref(), Some("hi-there\ndone"));
    }
}

#[test]
fn those_who_did_not_send_the_message_learn_of_the_tool_from_items_and_messages() {
    for release in ["2026.7.1", "2026.9.6"] {
        let of_others = |event: &&Event| event.payload["stream"] != "tool";
        let events = events(release, "tool");
        let news: Vec<_> = events.iter().filter(of_others).flat_map(TurnNews::of_event).collect();
        let (name, arguments, end) = tool(&news);
        assert_eq!(name, "exec");
        if release == "2026.9.6" || arguments.is_some() {
            assert_eq!(arguments, Some(json!({"command": "echo hi-there; sleep 1; echo done"})));
        }
        assert_eq!((end.failed, end.exit_code), (Some(false), Some(0)), "{release}");
    }
}

#[test]
fn each_call_of_a_model_is_told_once_with_what_it_used() {
    let calls = |release| {
        let called = |news: TurnNews| match news.fact {
            TurnFact::Called(call) => Some((news.run, call)),
            _ => None,
        };
        news(release, "tool").into_iter().filter_map(called).collect::<Vec<_>>()
    };
    assert!(calls("2026.3.2").is_empty());
    let (old, new) = (calls("2026.7.1"), calls("2026.9.6"));
    assert_eq!((old.len(), new.len()), (2, 2));
    let used = CallTokens { input: 13444, output: 12, cache_read: 0, cache_write: 0 };
    assert_eq!(new[0].1.tokens, used);
    assert_eq!(new[0].1.cost_micros, Some(13468));
    assert!(new[0].0.is_some(), "the release names the turn of an answer");
    assert_eq!(old[0].1.id, "3fc3144a");
    assert_eq!((old[0].1.provider.as_str(), old[0].1.model.as_str()), ("stub", "stub-1"));
}

#[rstest]
fn a_turn_that_was_stopped_was_stopped(#[values("2026.3.2", "2026.7.1", "2026.9.6")] release: &str) {
    let endings = endings(&news(release, "abort-tool"));
    assert!(!endings.is_empty());
    assert!(endings.iter().all(|how| *how == TurnEnding::Aborted), "{endings:?}");
}

#[rstest]
fn a_command_that_waits_says_which_decisions_it_takes(
    #[values("2026.3.2", "2026.7.1", "2026.9.6")] release: &str,
) {
    let events = events(release, "approval-allow");
    let asked = events.iter().find_map(Event::told::<ExecApproval>).expect("asked");
    let (once, always, deny) =
        (ApprovalDecision::AllowOnce, ApprovalDecision::AllowAlways, ApprovalDecision::Deny);
    let expected = if release == "2026.3.2" { vec![once, always, deny] } else { vec![once, deny] };
    assert_eq!(asked.request.decisions(), expected);
    assert!(asked.request.command.starts_with("touch ") && asked.request.cwd.is_some());
    assert_eq!(asked.request.run_id.is_some(), release == "2026.9.6");
    assert!(asked.expires_at_ms > asked.created_at_ms);
    let resolved = events.iter().find_map(Event::told::<ApprovalResolved>).expect("resolved");
    assert_eq!(resolved.id, asked.id);
    assert_eq!(resolved.decision.as_deref().and_then(ApprovalDecision::named), Some(once));
}

#[test]
fn a_denied_command_failed() {
    let (_, _, end) = tool(&news("2026.7.1", "approval-deny"));
    assert_eq!(end.failed, Some(true));
    assert!(end.output.is_some_and(|output| output.contains("denied")));
}

#[test]
fn histories_tell_the_same_facts() {
    for release in RELEASES {
        let history: ChatHistory =
            serde_json::from_str(&recorded(&format!("{release}.history.json"))).expect("a history");
        let news = TurnNews::of_history("agent:a:main", &history);
        let last = news.last().expect("news");
        assert!(matches!(last.fact, TurnFact::Ended { how: TurnEnding::Done, .. }), "{release}: {last:?}");
        assert_eq!(last.run.is_some(), release != "2026.3.2", "{release}");
        assert!(news.iter().all(|news| news.at.is_some() && news.session == "agent:a:main"));
        let calls = news.iter().filter(|news| matches!(news.fact, TurnFact::Called(_))).count();
        assert_eq!(calls > 0, release != "2026.3.2", "{release}");
    }
}

#[rstest]
#[case("agent", json!({"stream": "new-stream", "runId": "r", "sessionKey": "s"}))]
#[case("agent", json!({"stream": "tool", "runId": 5}))]
#[case("agent", json!(["no", "object"]))]
#[case("agent", json!({"stream": "tool", "runId": "r", "sessionKey": "s", "data": {"phase": "start"}}))]
#[case("agent", json!({"stream": "lifecycle", "runId": "r", "sessionKey": "s", "data": {"phase": "reflecting"}}))]
#[case("chat", json!({"state": "musing", "runId": "r", "sessionKey": "s"}))]
#[case("chat", json!({"state": "final", "runId": "r", "sessionKey": ""}))]
#[case("session.message", json!({"sessionKey": "s", "message": {"role": "narrator"}}))]
#[case("session.message", json!({"sessionKey": "s", "message": null}))]
#[case("presence", json!({}))]
fn what_is_not_understood_tells_nothing(#[case] name: &str, #[case] payload: Value) {
    let event = Event { name: name.to_owned(), payload, seq: None };
    assert_eq!(TurnNews::of_event(&event), []);
}

#[test]
fn what_is_told_has_a_maximum() {
    let long = "x".repeat(1 << 20);
    let data = json!({
        "phase": "result", "toolCallId": long, "name": long, "isError": true,
        "result": {"content": [{"type": "text", "text": long}], "details": {"exitCode": 1e300}},
    });
    let start = json!({"phase": "start", "toolCallId": "c", "name": "exec", "args": {"command": long, "list": vec![long.clone(); 500]}});
    for data in [data, start] {
        let payload = json!({"stream": "tool", "runId": "r", "sessionKey": "s", "data": data});
        let told = TurnNews::of_event(&Event { name: "agent".to_owned(), payload, seq: None });
        assert_eq!(told.len(), 1);
        assert!(format!("{told:?}").len() < 500_000);
    }
}
