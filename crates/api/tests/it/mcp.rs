use mission_control_testkit::client::{Answer, TestClient};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

async fn rpc(client: &TestClient, method: &str, params: Value) -> Value {
    let request = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
    let answer = client.post("/mcp", request).expect(200).await;
    assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &json!(7)), "{answer}");
    answer
}

/// What a tool answers, and whether that is an error.
async fn call(client: &TestClient, tool: &str, arguments: Value) -> (Value, bool) {
    let answer = rpc(client, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    let result = &answer["result"];
    let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(text, result["structuredContent"], "old clients read the text");
    (text, result["isError"].as_bool().unwrap())
}

async fn tools(client: &TestClient) -> Vec<String> {
    let answer = rpc(client, "tools/list", json!({})).await;
    let tools = answer["result"]["tools"].as_array().unwrap();
    tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_works_through_a_task_and_no_rule_is_bypassed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let task = scene.task("Dig").await;
    let ada = &scene.ada.1;
    let (listed, _) = call(ada, "list_tasks", json!({ "status": "inbox", "unassigned": true })).await;
    assert_eq!(listed["items"][0]["id"], json!(task.id));

    let of_task = json!({ "task_id": task.id });
    let (claimed, failed) = call(ada, "claim_task", of_task.clone()).await;
    assert_eq!((&claimed["status"], failed), (&json!("in_progress"), false));
    let (taken, failed) = call(&scene.bob.1, "claim_task", of_task.clone()).await;
    assert!(failed);
    assert_eq!(taken["detail"]["assigned_agent_name"], "Ada Lovelace");
    assert!(taken["next_step"].is_string() && taken["code"] == "task_taken", "{taken}");
    let theirs = json!({ "task_id": task.id, "status": "review" });
    assert!(call(&scene.bob.1, "update_task", theirs).await.1, "another agent's task");

    let comment = json!({ "task_id": task.id, "message": "Half way", "mood": "good" });
    let (comment, failed) = call(ada, "comment_task", comment).await;
    assert_eq!((&comment["message"], failed), (&json!("Half way"), false));
    assert_eq!(comment["ignored_arguments"], json!(["mood"]));
    let (comments, _) = call(ada, "list_comments", of_task).await;
    assert_eq!(comments["total"], 1);

    let step = json!({ "action_type": "blast", "task_id": task.id, "confidence": 70, "lead_reasoning": "rock",
        "status": "approved" });
    let (approval, failed) = call(ada, "ask_for_approval", step).await;
    assert!(!failed, "{approval}");
    assert_eq!((&approval["status"], &approval["agent_id"]), (&json!("pending"), &json!(scene.ada.0)));

    let note = json!({ "content": "Rock at two metres", "tags": ["fact"] });
    assert!(!call(ada, "write_memory", note).await.1);
    let (memory, _) = call(ada, "read_memory", json!({ "is_chat": false })).await;
    assert_eq!(memory["items"][0]["content"], "Rock at two metres");
    assert!(!call(ada, "message_lead", json!({ "content": "May I?" })).await.1);
    let heard = scene.messages().await;
    assert!(heard.iter().any(|(agent, text)| *agent == scene.lead.0 && text.contains("May I?")), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_tools_of_their_part_and_only_their_own_boards() {
    let scene = Scene::start(Backend::Sqlite).await;
    let (worker, lead, person) =
        (tools(&scene.ada.1).await, tools(&scene.lead.1).await, tools(&scene.server.user()).await);
    let has = |tools: &[String], name: &str| tools.iter().any(|tool| tool == name);
    assert!(has(&worker, "claim_task") && !has(&worker, "create_task"), "{worker:?}");
    assert!(!has(&lead, "claim_task") && has(&lead, "create_task"), "{lead:?}");
    assert!(!has(&person, "claim_task") && has(&person, "update_task"), "{person:?}");

    let (which, failed) = call(&scene.server.user(), "list_tasks", json!({})).await;
    assert!(failed && which["next_step"].as_str().unwrap().contains("board_id"), "{which}");
    let (_, failed) = call(&scene.server.user(), "list_tasks", json!({ "board_id": scene.board })).await;
    assert!(!failed);
    let elsewhere = json!({ "board_id": "00000000-0000-4000-8000-000000000000" });
    assert_eq!(call(&scene.ada.1, "list_tasks", elsewhere).await.0["code"], "not_found");
    let wrong = json!({ "task_id": "x" });
    assert_eq!(call(&scene.ada.1, "claim_task", wrong).await.0["code"], "invalid_request");
    scene.server.stranger().post("/mcp", json!({})).expect(401).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_to_open_a_conversation_are_understood() {
    let scene = Scene::start(Backend::Sqlite).await;
    let ada = &scene.ada.1;
    for (wanted, spoken) in [("2025-06-18", "2025-06-18"), ("1999-01-01", "2025-11-25")] {
        let opened = rpc(ada, "initialize", json!({ "protocolVersion": wanted, "capabilities": {} })).await;
        assert_eq!(opened["result"]["protocolVersion"], spoken);
        assert_eq!(opened["result"]["serverInfo"]["name"], "mission-control");
        assert!(opened["result"]["capabilities"]["tools"].is_object());
    }
    let found = rpc(ada, "server/discover", json!({})).await;
    assert_eq!(found["result"]["supportedVersions"], json!(["2026-07-28"]));
    let done = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(ada.post("/mcp", done).expect(202).await, Value::Null);

    let ping = json!({ "jsonrpc": "2.0", "id": "a", "method": "ping" });
    let future = ada.post("/mcp", &ping).header("MCP-Protocol-Version", "2099-01-01").expect(400).await;
    assert_eq!((&future["error"]["code"], &future["id"]), (&json!(-32022), &json!("a")));
    let mismatch = ada.post("/mcp", &ping).header("Mcp-Method", "tools/call").expect(400).await;
    assert_eq!(mismatch["error"]["code"], -32020);
    assert_eq!(rpc(ada, "resources/list", json!({})).await["error"]["code"], -32601);
    assert_eq!(rpc(ada, "tools/call", json!({ "name": "format_disk" })).await["error"]["code"], -32602);
    let Answer { status, .. } = ada.get("/mcp").send().await;
    assert_eq!(status, 405, "there is no stream to listen to");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_is_refused() {
    let variables = [("CORS_ORIGINS", "https://desk.example.org")];
    let scene = Scene::start_with(Backend::Sqlite, &variables).await;
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    let from = |origin: &str| scene.ada.1.post("/mcp", &ping).header("Origin", origin);
    from("https://evil.example.org").expect(403).await;
    from("null").expect(403).await;
    from("https://desk.example.org").expect(200).await;
}
