//! Calls over an open connection.

use std::time::Duration;

use mission_control_gateway_rpc::{
    AgentTurn, Client, GatewayError, GetHealth, ListAgents, ListSessions, RpcErrorKind, RunStatus, Session,
    Signal, WriteFile,
};
use serde_json::json;

use crate::support::{Gateway, hello, timing};

#[tokio::test]
async fn answers_in_any_order_reach_their_callers_over_one_connection() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        let mut requests = Vec::new();
        while requests.len() < 40 {
            let Some(request) = peer.request().await else { return };
            requests.push(request);
        }
        for request in requests.iter().rev() {
            peer.answer(request, json!({"echo": request["params"]["n"]})).await;
        }
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let calls = (0..40).map(|n| {
        let client = client.clone();
        async move { (n, client.call("echo", json!({"n": n})).await) }
    });
    for (n, answer) in futures_util::future::join_all(calls).await {
        assert_eq!(answer.expect("an answer"), json!({"echo": n}));
    }
    assert_eq!(gateway.connects().len(), 1);
}

#[tokio::test]
async fn an_error_answer_keeps_what_the_gateway_said() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        let Some(request) = peer.request().await else { return };
        let error = json!({"code": "UNAVAILABLE", "message": "rate limit exceeded for config.patch; retry after 60s",
            "retryable": true, "retryAfterMs": 59_788, "details": {"method": "config.patch", "limit": "3 per 60s"}});
        peer.fail(&request, error).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let error = client.call("config.patch", json!({})).await.expect_err("an error");
    let rpc = error.rpc().expect("an error answer");
    assert_eq!(rpc.kind(), RpcErrorKind::RateLimited);
    assert_eq!(rpc.code, "UNAVAILABLE");
    assert_eq!(rpc.details.as_ref().expect("details")["limit"], "3 per 60s");
    assert_eq!(error.retry_after(), Some(Duration::from_millis(59_788)));
    assert!(error.is_transient());
    assert_eq!(error.to_string(), "rate limit exceeded for config.patch; retry after 60s");
}

#[tokio::test]
async fn a_call_ends_at_its_deadline_and_its_late_answer_harms_nobody() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        let Some(slow) = peer.request().await else { return };
        let Some(next) = peer.request().await else { return };
        peer.answer(&slow, json!("late")).await;
        peer.answer(&next, json!("right")).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let error =
        client.call_within("slow", json!({}), Duration::from_millis(500)).await.expect_err("a timeout");
    assert!(matches!(&error, GatewayError::Timeout { what, .. } if what == "slow"), "{error:?}");
    assert_eq!(client.call("next", json!({})).await.expect("an answer"), json!("right"));
}

#[tokio::test]
async fn the_agent_method_answers_when_accepted_and_again_when_done() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        let Some(turn) = peer.request().await else { return };
        let run = turn["params"]["idempotencyKey"].clone();
        peer.answer(&turn, json!({"runId": run, "status": "accepted", "acceptedAt": 1})).await;
        // Another call in between shows that the pending turn blocks nothing.
        let Some(between) = peer.request().await else { return };
        peer.answer(&between, json!({"ok": true})).await;
        peer.answer(&turn, json!({"runId": run, "status": "ok", "summary": "done", "result": {"x": 1}}))
            .await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let turn = AgentTurn::new("agent:main:main", "hi");
    let run = client.agent(&turn).await.expect("accepted");
    assert_eq!(run.run_id, turn.idempotency_key);
    assert!(client.ask(&GetHealth {}).await.expect("an answer").ok);
    let end = run.finish(Duration::from_secs(5)).await.expect("done");
    assert_eq!((end.status, end.summary.as_deref()), (RunStatus::Ok, Some("done")));
}

#[tokio::test]
async fn a_turn_that_was_run_before_is_over_with_the_first_answer() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        peer.serve(|request| json!({"runId": request["params"]["idempotencyKey"], "status": "ok"})).await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let run = client.agent(&AgentTurn::new("k", "m")).await.expect("an answer");
    assert_eq!(run.finish(Duration::from_secs(5)).await.expect("the end").status, RunStatus::Ok);
}

#[tokio::test]
async fn more_calls_than_places_are_turned_away_unsent() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options().max_pending(1)).await.expect("connects");
    let first = client.clone();
    let pending = tokio::spawn(async move { first.call("hangs", json!({})).await });
    // Once the first call holds the only place, the second one's deadline passes waiting for it.
    let error = loop {
        match client.call_within("second", json!({}), Duration::from_millis(50)).await {
            Err(GatewayError::Timeout { .. }) => {}
            other => break other.expect_err("no place"),
        }
    };
    assert_eq!(error, GatewayError::Overloaded { limit: 1 });
    pending.abort();
}

#[tokio::test]
async fn frames_of_odd_shape_are_passed_over() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        let Some(request) = peer.request().await else { return };
        for odd in [
            "",
            "not json",
            "[]",
            "42",
            "null",
            "{}",
            r#"{"type":"event"}"#,
            r#"{"type":"res","id":7,"ok":true}"#,
        ] {
            peer.send_text(odd).await;
        }
        peer.send(json!({"type": "res", "id": "invalid", "ok": false, "error": {"message": "x"}})).await;
        peer.send(json!({"id": request["id"], "result": {"answered": "the old way"}})).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let answer = client.call("x", json!({})).await.expect("an answer");
    assert_eq!(answer, json!({"answered": "the old way"}));
}

#[tokio::test]
async fn a_request_over_the_gateways_limit_is_not_sent() {
    let gateway = Gateway::start(|mut peer| async move {
        let mut hello = hello();
        hello["policy"]["maxPayload"] = json!(500);
        peer.accept_with(hello).await;
        peer.serve(|_| json!({"ok": true})).await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let error = client
        .ask(&WriteFile { agent_id: "a", name: "AGENTS.md", content: &"x".repeat(600) })
        .await
        .expect_err("too large");
    assert!(matches!(error, GatewayError::TooLarge { size, limit: 500 } if size > 600), "{error:?}");
    assert!(client.ask(&GetHealth {}).await.expect("the connection is unharmed").ok);
}

#[tokio::test]
async fn an_answer_of_another_shape_names_the_method() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        peer.serve(|_| json!({"agents": "many"})).await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let error = client.ask(&ListAgents {}).await.expect_err("not understood");
    assert!(matches!(&error, GatewayError::Decode { method, .. } if method == "agents.list"), "{error:?}");
}

#[tokio::test]
async fn an_entry_that_is_not_understood_hides_no_other_and_a_page_tells_of_the_next() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        peer.serve(|request| match request["params"]["offset"].as_u64() {
            None => json!({"sessions": [{"key": "agent:a:main"}, "?"], "hasMore": true, "nextOffset": 1}),
            Some(_) => {
                json!({"sessions": [null, {"key": "agent:b:main"}], "hasMore": false, "nextOffset": null})
            }
        })
        .await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let first = client.ask(&ListSessions::default()).await.expect("a page");
    assert!(first.has_more);
    let next = ListSessions { offset: first.next_offset, ..ListSessions::default() };
    let second = client.ask(&next).await.expect("the next page");
    let agents: Vec<_> =
        first.sessions.iter().chain(&second.sessions).filter_map(Session::agent_id).collect();
    assert_eq!((agents, second.has_more), (vec!["a", "b"], false));
}

#[tokio::test]
async fn a_slow_reader_is_told_how_many_events_it_lost() {
    let gateway = Gateway::start(|mut peer| async move {
        peer.accept().await;
        let Some(request) = peer.request().await else { return };
        for n in 0..20 {
            peer.event("health", json!({"n": n})).await;
        }
        peer.answer(&request, json!(null)).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options().event_buffer(4)).await.expect("connects");
    let mut events = client.events();
    client.call("burst", json!({})).await.expect("an answer");
    assert!(matches!(events.next().await, Some(Signal::Lagged(16))));
    let event = events.next_event().await.expect("an event");
    assert_eq!((event.name.as_str(), &event.payload, event.seq), ("health", &json!({"n": 16}), Some(1)));
}

#[tokio::test]
async fn a_call_made_while_the_link_is_down_waits_for_it() {
    let gateway = Gateway::start(|mut peer| async move {
        if peer.number <= 2 {
            return peer
                .refuse(json!({"code": "UNAVAILABLE", "message": "gateway starting; retry shortly",
                "details": {"reason": "startup-sidecars"}, "retryable": true, "retryAfterMs": 5}))
                .await;
        }
        peer.accept().await;
        peer.serve(|_| json!({"ok": true})).await;
    })
    .await;
    let client = Client::open(gateway.options().timing(timing()));
    assert!(client.ask(&GetHealth {}).await.expect("an answer once it is up").ok);
    assert_eq!(gateway.connects().len(), 3);
}
