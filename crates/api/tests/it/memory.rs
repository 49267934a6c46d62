use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::{Scene, headlines};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn chat_reaches_the_lead_and_whom_it_mentions_but_never_its_author(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("memory"), scene.server.user());
    let note =
        user.post(&path, json!({"content": " remember @bob ", "tags": ["decision"]})).expect(200).await;
    assert_eq!(
        (&note["content"], &note["is_chat"], &note["source"]),
        (&json!("remember @bob"), &json!(false), &Value::Null)
    );
    assert_eq!(scene.headlines().await, []);

    let me = user.patch("/api/v1/users/me", json!({"preferred_name": "Robin"})).expect(200).await;
    let said =
        user.post(&path, json!({"content": "hi @ada", "tags": ["chat"], "source": ""})).expect(200).await;
    assert_eq!((&said["source"], &said["is_chat"]), (&me["preferred_name"], &json!(true)));
    let expected = [(scene.lead.0, "BOARD CHAT"), (scene.ada.0, "BOARD CHAT MENTION")];
    assert_eq!(scene.headlines().await, headlines(&expected));
    let (_, text) = scene.messages().await.pop().unwrap();
    let address = format!("POST {}/api/v1/agent/boards/{}/memory", scene.server.base_url, scene.board);
    assert!(
        text.contains("From: Robin\n\n--- BEGIN")
            && text.contains("\nhi @ada\n--- END")
            && text.contains(&address),
        "{text}"
    );

    let answer =
        scene.lead.1.post(&path, json!({"content": "@lead thinks", "tags": ["chat"]})).expect(200).await;
    assert_eq!((&answer["source"], scene.messages().await.len()), (&json!("Lead Agent"), 2));
    let chat = user.get(&format!("{path}?is_chat=true")).expect(200).await;
    assert_eq!((&chat["total"], &chat["items"]), (&json!(2), &json!([answer, said])));
    assert_eq!(user.get(&format!("{path}?is_chat=no")).expect(200).await["items"], json!([note]));
    let found = user.get(&format!("{path}?q=THINKS%20lead")).expect(200).await;
    assert_eq!(found["items"], json!([answer]));
    assert_eq!(user.get(&format!("{path}?q=thinks&is_chat=false")).expect(200).await["total"], 0);
    assert_eq!(user.get(&format!("{path}?q=%25")).expect(200).await["total"], 0, "a sign is a sign");
    assert_eq!(scene.events("memory.created").await[1].payload["memory"], said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_of_a_person_goes_word_for_word_to_every_agent_of_the_board() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = scene.on_board("memory");
    scene.server.user().post(&path, json!({"content": " /PAUSE ", "tags": ["chat"]})).expect(200).await;
    let everybody = [scene.lead.0, scene.ada.0, scene.bob.0];
    assert_eq!(scene.headlines().await, headlines(&everybody.map(|agent| (agent, "/pause"))));
    scene.server.user().post(&path, json!({"content": "/resume", "tags": ["chat"]})).expect(200).await;
    scene.ada.1.post(&path, json!({"content": "/pause", "tags": ["chat"]})).expect(200).await;
    let heard = scene.messages().await.split_off(6);
    assert_eq!(heard.len(), 1, "an agent's words go to the lead, as words of its");
    assert!(heard[0].0 == scene.lead.0 && heard[0].1.starts_with("BOARD CHAT\n"), "{heard:?}");
    scene.server.user().post(&path, json!({"content": "/pause"})).expect(200).await;
    assert_eq!(scene.messages().await.len(), 7);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_broadcast_in_a_group_reaches_all_its_agents_and_chat_its_leads(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (group, user) = (format!("/api/v1/board-groups/{}/memory", scene.group), scene.server.user());
    user.post(&group, json!({"content": "note @ada", "tags": ["plan"]})).expect(200).await;
    assert_eq!(scene.messages().await, []);
    let chat = user.post(&group, json!({"content": "hello @ada", "tags": ["chat"]})).expect(200).await;
    let expected = [(scene.lead.0, "GROUP CHAT"), (scene.ada.0, "GROUP CHAT MENTION")];
    assert_eq!(scene.headlines().await, headlines(&expected));
    let by_board = scene.on_board("group-memory");
    let all = scene.bob.1.post(&by_board, json!({"content": "ping @all"})).expect(200).await;
    assert_eq!((&all["source"], &all["is_chat"]), (&json!("Bob"), &json!(false)));
    let mut heard = scene.headlines().await;
    heard.retain(|(_, text)| text == "GROUP BROADCAST");
    let expected = [(scene.lead.0, "GROUP BROADCAST"), (scene.ada.0, "GROUP BROADCAST")];
    assert_eq!(heard, headlines(&expected));
    let list = scene.ada.1.get(&format!("{by_board}?limit=2")).expect(200).await;
    assert_eq!((&list["total"], &list["items"]), (&json!(3), &json!([all, chat])));
    assert_eq!(scene.events("group_memory.").await[2].payload["memory"], all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_without_a_group_has_no_shared_memory() {
    let scene = Scene::start(Backend::Sqlite).await;
    scene.server.user().delete(&format!("/api/v1/board-groups/{}", scene.group)).expect(200).await;
    let path = scene.on_board("group-memory");
    assert_eq!(scene.server.user().get(&path).expect(200).await["total"], 0);
    scene.server.user().post(&path, json!({"content": "x"})).expect(422).await;
}
