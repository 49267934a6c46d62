//! Streams end with what opened them.

use mission_control_core::id::BoardId;
use mission_control_core::models::{Agent, AgentChanges};
use mission_control_core::rules::agent_token;
use mission_control_store::agents;
use mission_control_testkit::log;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use super::next_board;
use crate::scene::Scene;
use crate::server::plain_client;

/// Opens a stream of an agent, and says when it has ended.
struct AgentStream(reqwest::Response);

impl AgentStream {
    async fn open(scene: &Scene, path: &str, token: &str) -> Self {
        let url = format!("{}{}", scene.server.base_url, scene.on_board(path));
        let response = plain_client().get(url).header("X-Agent-Token", token).send().await.unwrap();
        assert_eq!(response.status(), 200);
        Self(response)
    }

    /// Everything up to the end.
    async fn rest(mut self) -> String {
        let mut text = String::new();
        let end = async {
            while let Ok(Some(chunk)) = self.0.chunk().await {
                text.push_str(&String::from_utf8_lossy(&chunk));
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), end).await.expect("the stream ends");
        text
    }
}

#[rstest]
#[case::replaced(|agent: &Agent, _: BoardId| AgentChanges {
    token_digest: Some(Some(agent_token::digest("new"))),
    name: Some(agent.name.clone()),
    ..AgentChanges::default()
})]
#[case::moved(|_: &Agent, board: BoardId| AgentChanges { board_id: Some(Some(board)), ..AgentChanges::default() })]
#[tokio::test(flavor = "multi_thread")]
async fn an_agents_streams_end_with_the_token_that_opened_them_and_with_its_place(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[case] change: fn(&Agent, BoardId) -> AgentChanges,
) {
    let scene = Scene::start(backend).await;
    let next = next_board(&scene).await;
    let (bob, organization) = (scene.bob.0, scene.organization);
    let first =
        AgentChanges { token_digest: Some(Some(agent_token::digest("old"))), ..AgentChanges::default() };
    scene.write(move |tx| agents::update(tx, bob, &first)).await;
    let mut streams = Vec::new();
    for path in ["tasks/stream", "approvals/stream", "memory/stream", "group-memory/stream"] {
        streams.push(AgentStream::open(&scene, path, "old").await);
    }
    let board = next.board;
    scene
        .write(move |tx| {
            let agent = agents::find(tx, bob)?.unwrap();
            let agent = agents::update(tx, bob, &change(&agent, board))?;
            let event = json!({ "agent": { "id": agent.id } });
            let event = log::entry(organization, "agent.updated", event);
            tx.append(event.board(agent.board_id));
            Ok(())
        })
        .await;
    // Beside the server's own queue: a request wakes its reader.
    let user = scene.server.user();
    user.post(&scene.on_board("tasks"), json!({ "title": "AFTERWARDS" })).expect(200).await;
    for stream in streams {
        let text = stream.rest().await;
        assert!(!text.contains("AFTERWARDS"), "{text}");
    }
}
