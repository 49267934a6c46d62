//! Maxima of what callers send.

use std::time::{Duration, Instant};

use mission_control_core::id::{Id, TaskId};
use mission_control_core::limits::{
    ADDRESS_LINE, BODY_GRACE, GATEWAY_WAITS, HEADERS, IDS, PAGE_BYTES, PROSE, TAG, TAGS, TITLE,
};
use mission_control_core::models::{ActivityEvent, Approval, Board, BoardMemory, Task};
use mission_control_core::time::Timestamp;
use mission_control_store::{activity, approvals, boards, memory, tasks};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::scene::Scene;
use crate::server::Server;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_larger_than_a_limit_because_it_is_older_is_read_and_changed_in_its_other_fields(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (title, description) = ("t".repeat(10 * TITLE), "水".repeat(2 * PROSE));
    let old = Task { description: Some(description.clone()), ..Task::new(scene.board, &title) };
    let id = old.id;
    scene.write(move |tx| tasks::insert(tx, &old)).await;
    let (person, path) = (scene.enter(Actor::Owner).await, scene.on_board(&format!("tasks/{id}")));
    let listed = person.get(&scene.on_board("tasks")).expect(200).await;
    assert_eq!(listed["items"][0]["title"], title);
    let changed = person.patch(&path, json!({ "priority": "high" })).expect(200).await;
    assert_eq!((&changed["priority"], &changed["description"]), (&json!("high"), &json!(description)));
    let refused = person.patch(&path, json!({ "title": "t".repeat(TITLE + 1) })).expect(422).await;
    let fault = &refused["detail"][0];
    assert_eq!(fault["loc"], json!(["body", "title"]));
    assert_eq!((&fault["type"], &fault["ctx"]), (&json!("string_too_long"), &json!({ "max_length": TITLE })));
    let shorter = person.patch(&path, json!({ "title": "水".repeat(TITLE) })).expect(200).await;
    assert_eq!(shorter["title"].as_str().unwrap().chars().count(), TITLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_have_the_same_limits_over_rest_and_over_mcp() {
    let scene = Scene::start(Backend::Sqlite).await;
    let task = scene.task("Dig").await.id;
    let ids: Vec<TaskId> = (0..=IDS).map(|_| TaskId::random()).collect();
    let faults = |answer: &Value| -> Vec<(Value, Value)> {
        let faults = answer["detail"].as_array().unwrap();
        faults.iter().map(|fault| (fault["type"].clone(), fault["ctx"].clone())).collect()
    };
    let comment = json!({ "message": "c".repeat(PROSE + 1) });
    let memory = json!({ "content": "a", "tags": vec!["t".repeat(TAG + 1); TAGS] });
    let approval = json!({ "action_type": "a", "confidence": 1, "lead_reasoning": "b", "task_ids": ids });
    let own = |path: &str| format!("/api/v1/agent/boards/{}/{path}", scene.board);
    for (path, tool, body, kind, ctx, count) in [
        (
            own(&format!("tasks/{task}/comments")),
            "comment_task",
            comment,
            "string_too_long",
            json!({"max_length": PROSE}),
            1,
        ),
        (own("memory"), "write_memory", memory, "string_too_long", json!({"max_length": TAG}), TAGS),
        (own("approvals"), "ask_for_approval", approval, "too_long", json!({"max_length": IDS}), 1),
    ] {
        let expected = vec![(json!(kind), ctx); count];
        let refused = scene.ada.1.post(&path, &body).expect(422).await;
        assert_eq!(faults(&refused), expected, "{path}");
        let mut arguments = body;
        arguments["task_id"] = json!(task);
        let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": { "name": tool, "arguments": arguments } });
        let answer = scene.ada.1.post("/mcp", call).expect(200).await;
        assert_eq!(answer["result"]["isError"], json!(true), "{tool}");
        assert_eq!(faults(&answer["result"]["structuredContent"]), expected, "{tool}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_page_ends_where_its_texts_become_too_many_and_the_cursor_leads_to_the_rest(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const COUNT: usize = 9;
    const PAGE: usize = PAGE_BYTES as usize;
    let scene = Scene::start(backend).await;
    let task = scene.task("Dig").await.id;
    let (board, text) = (scene.board, "c".repeat(PAGE / 4));
    scene
        .write(move |tx| {
            for nth in 0..COUNT {
                let mut comment =
                    ActivityEvent::new(tasks::comments::KIND, format!("{nth} {text}")).board(board);
                comment.task_id = Some(task);
                activity::record(tx, &comment)?;
            }
            Ok(())
        })
        .await;
    let person = scene.enter(Actor::Owner).await;
    for path in [
        scene.on_board(&format!("tasks/{task}/comments?limit=200")),
        "/api/v1/activity?limit=200&kind=task.comment".to_owned(),
        "/api/v1/activity/task-comments?limit=200".to_owned(),
    ] {
        let (mut seen, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
        loop {
            let next = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let page = person.get(&format!("{path}{next}")).expect(200).await;
            assert!(page.to_string().len() < 2 * PAGE, "{path}");
            assert_eq!((&page["total"], &page["limit"]), (&json!(COUNT), &json!(200)));
            let items = page["items"].as_array().unwrap();
            seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            pages += 1;
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), unique.len(), pages), (COUNT, COUNT, 3), "{path}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_has_as_much_of_each_kind_as_a_page(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const COUNT: i64 = 9;
    let scene = Scene::start(backend).await;
    let (organization, group, board) = (scene.organization, scene.group, scene.board);
    scene
        .write(move |tx| {
            let text = "t".repeat(PAGE_BYTES as usize / 4);
            for nth in 0..COUNT {
                let chat = BoardMemory {
                    id: Id::random(),
                    board_id: board,
                    content: text.clone(),
                    tags: None,
                    is_chat: true,
                    source: None,
                    created_at: Timestamp::now(),
                    agent_id: None,
                    user_id: None,
                };
                memory::insert(tx, &chat)?;
                let reason = Some(text.clone());
                let approval = Approval { decision_reason: reason, ..Approval::new(board, "act", 50.0) };
                approvals::insert(tx, &approval, &[])?;
                let mut other = Board::new(organization, format!("Board {nth}"), format!("board-{nth}"));
                (other.board_group_id, other.description) = (Some(group), text.clone());
                boards::insert(tx, &other)?;
            }
            Ok(())
        })
        .await;
    let person = scene.enter(Actor::Owner).await;
    let shown = person.get(&scene.on_board("snapshot")).expect(200).await;
    for kind in ["chat_messages", "approvals"] {
        assert!((1..=4).contains(&shown[kind].as_array().unwrap().len()), "{kind}");
    }
    for (path, total) in [
        (scene.on_board("group-snapshot"), COUNT),
        (format!("/api/v1/board-groups/{group}/snapshot"), COUNT + 1),
    ] {
        let shown = person.get(&path).expect(200).await;
        assert_eq!(shown["boards_total"], json!(total), "{path}");
        assert!((1..=4).contains(&shown["boards"].as_array().unwrap().len()), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_and_headers_that_are_too_long_are_refused_before_anything_is_read() {
    let server = Server::start(Backend::Sqlite).await;
    let path = |length: usize| format!("/healthz?{}", "a".repeat(length - "/healthz?".len()));
    server.stranger().get(&path(ADDRESS_LINE)).expect(200).await;
    let refused = server.stranger().get(&path(ADDRESS_LINE + 1)).expect(414).await;
    assert_eq!(refused["code"], "address_too_long");
    let refused = server.stranger().get("/healthz").header("x-long", &"a".repeat(HEADERS)).expect(431).await;
    assert_eq!(refused["code"], "headers_too_large");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_is_given_up_and_its_connection_closed() {
    let server = Server::start(Backend::Sqlite).await;
    server.stranger().get("/healthz").expect(200).await;
    let address = server.base_url.strip_prefix("http://").unwrap();
    let begun = Instant::now();
    let mut waiting = Vec::new();
    for path in ["/api/v1/auth/session", "/mcp"] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\
             Authorization: Bearer {}\r\n\r\n{{",
            crate::server::TOKEN
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        waiting.push(tokio::spawn(async move {
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            answer
        }));
    }
    for answer in waiting {
        let answer = answer.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("request_timeout"), "{answer}");
    }
    let grace = Duration::from_secs(BODY_GRACE as u64);
    assert!(begun.elapsed() >= grace && begun.elapsed() < 3 * grace, "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_silent_gateway_with_many_requests_is_told_to_wait_and_nobody_else_is() {
    let scene = Scene::start(Backend::Sqlite).await;
    // It takes connections, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", silent.local_addr().unwrap());
    let person = scene.enter(Actor::Owner).await;
    let path = format!("/api/v1/gateways/status?gateway_url={url}");
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..GATEWAY_WAITS {
        let call = person.get(&path);
        asked.spawn(async move { call.try_send().await });
    }
    // Each of them has reached the gateway.
    let mut connections = Vec::new();
    while connections.len() < GATEWAY_WAITS {
        connections.push(silent.accept().await.unwrap());
    }
    let refused = person.get(&path).send().await;
    assert_eq!((refused.status, refused.body["code"].as_str()), (429, Some("rate_limited")));
    assert!(refused.header("retry-after").is_some());
    // The same person in other letters, and with proofs that are none beside their own.
    for (name, value) in [("Cookie", "other=1"), ("X-Agent-Token", "made-up")] {
        let refused = person.get(&path).header(name, value).send().await;
        assert_eq!(refused.status, 429, "{name}");
    }
    person.get("/api/v1/gateways").expect(200).await;
    let others = scene.lead.1.get("/api/v1/agent/healthz").expect(200).await;
    assert_eq!(others["ok"], json!(true));
    // They are answered when the gateway hangs up.
    drop((connections, silent));
    while let Some(answer) = asked.join_next().await {
        assert_ne!(answer.unwrap().unwrap().status, 429);
    }
    assert_ne!(person.get(&path).send().await.status, 429);
}
