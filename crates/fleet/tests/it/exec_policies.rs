//! Rules that decide about commands when a gateway asks.

use std::time::Duration;

use mission_control_core::models::{
    AgentChanges, ApprovalStatus, ExecApproval, ExecApprovalState, ExecDecision, ExecEffect, ExecMatch,
    RunState, StepState,
};
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use mission_control_fleet::exec_policies::{self, NewExecPolicy};
use mission_control_fleet::{exec_approvals, handlers};
use mission_control_gateway_rpc::{self as rpc, ApprovalResolved};
use mission_control_shapes::ExecPolicyRead;
use mission_control_simulator::GatewayProfile;
use mission_control_store::activity::{self, ActivityFilter};
use mission_control_store::{Page, StoreError, agents, audit};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::json;

use super::runs::{Scene, live};
use super::support::PATIENCE;

const JOB: &str = "exec_approval.resolve";

/// A rule of the organization.
fn rule(effect: ExecEffect, matching: ExecMatch, pattern: &str) -> NewExecPolicy {
    NewExecPolicy {
        board_id: None,
        agent_id: None,
        host: None,
        pattern: pattern.to_owned(),
        matching,
        effect,
        reason: None,
        expires_at: None,
    }
}

async fn make(scene: &Scene, new: NewExecPolicy) -> ExecPolicyRead {
    exec_policies::create(&scene.world.fleet, scene.world.caller, new).await.unwrap()
}

fn question(scene: &Scene, command: &str) -> rpc::ExecApproval {
    let now = Timestamp::now().micros() as f64 / 1000.0;
    let analysis = json!({"commandCount": 1, "nestedCommandCount": 0, "riskKinds": [], "warningLines": []});
    let rest = json!({"commandAnalysis": analysis}).as_object().unwrap().clone();
    rpc::ExecApproval {
        id: uuid::Uuid::new_v4().to_string(),
        request: rpc::ExecRequest {
            command: command.to_owned(),
            host: Some("gateway".to_owned()),
            session_key: Some(format!("agent:mc-{}:main", scene.agent)),
            allowed_decisions: vec!["allow-once".to_owned(), "deny".to_owned()],
            rest,
            ..rpc::ExecRequest::default()
        },
        created_at_ms: Some(now),
        expires_at_ms: Some(now + 1_800_000.0),
    }
}

async fn hear(scene: &Scene, asked: rpc::ExecApproval) -> ExecApproval {
    let id = asked.id.clone();
    exec_approvals::asked(&mut scene.recorder(), asked).await.unwrap();
    scene.commands().await.into_iter().find(|command| command.gateway_approval_id == id).unwrap()
}

async fn pause(scene: &Scene, paused_at: Option<Timestamp>) {
    let (agent, changes) =
        (scene.agent, AgentChanges { paused_at: Some(paused_at), ..AgentChanges::default() });
    scene.world.write(move |tx| agents::update(tx, agent, &changes).map(drop)).await;
}

/// A scene in which no job is run.
async fn still(backend: Backend) -> Scene {
    let scene = Scene::new(backend).await;
    scene.world.stop_worker();
    scene
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_rule_decides_in_its_scope_and_asks_nobody(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("organization", "board", "agent")] scope: &str,
) {
    let scene = still(backend).await;
    let scoped = |new: NewExecPolicy| match scope {
        "board" => NewExecPolicy { board_id: Some(scene.board.id), ..new },
        "agent" => NewExecPolicy { agent_id: Some(scene.agent), ..new },
        _ => new,
    };
    let allow = make(&scene, scoped(rule(ExecEffect::Allow, ExecMatch::Prefix, "git "))).await;
    let refuse = make(&scene, scoped(rule(ExecEffect::Refuse, ExecMatch::Prefix, "rm "))).await;
    make(&scene, scoped(rule(ExecEffect::Ask, ExecMatch::Glob, "git push*"))).await;

    let allowed = hear(&scene, question(&scene, "git status")).await;
    assert_eq!((allowed.state, allowed.policy_id), (ExecApprovalState::Sending, Some(allow.id)));
    assert_eq!((allowed.wanted_decision, allowed.approval_id), (Some(ExecDecision::Once), None));
    let refused = hear(&scene, question(&scene, "cd a && rm -rf b")).await;
    assert_eq!((refused.state, refused.policy_id), (ExecApprovalState::Sending, Some(refuse.id)));
    assert_eq!(refused.wanted_decision, Some(ExecDecision::Deny));
    assert_eq!(scene.world.inbox(scene.board.id).await, []);
    assert_eq!(scene.world.waiting(JOB).await.len(), 2);

    for command in ["git push", "git status; make", "make"] {
        let asked = hear(&scene, question(&scene, command)).await;
        assert_eq!((asked.state, asked.policy_id), (ExecApprovalState::Pending, None), "{command}");
        assert!(asked.approval_id.is_some());
    }
    assert_eq!(scene.world.inbox(scene.board.id).await.len(), 3);

    // Two decisions are in the feed, in the stream and in the record.
    assert_eq!(scene.told("exec_policy.decided").await, 2);
    let organization = scene.world.caller.organization;
    let kept = scene.world.fleet.db().read::<_, StoreError, _>(move |conn| {
        let kind = Some("exec_policy.allowed".to_owned());
        let shown = ActivityFilter { event_type: kind, ..ActivityFilter::default() };
        Ok((audit::after(conn, organization, 0, 100)?, activity::list(conn, &shown, Page::ALL)?.items))
    });
    let (entries, in_feed) = kept.await.unwrap();
    let decided: Vec<_> = entries.iter().filter(|entry| entry.action == "exec_policy.decided").collect();
    assert_eq!((decided.len(), in_feed.len()), (2, 1));
    assert!(in_feed[0].message.as_ref().unwrap().ends_with("allowed a command of Ada: git status"));
    let after = decided[0].after_change.clone().unwrap();
    assert!(after.contains("git status") && after.contains("once"), "{after}");
    assert_eq!(decided[0].object_id.as_deref(), Some(allow.id.to_string().as_str()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn people_are_asked_where_a_rule_cannot_decide(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = still(backend).await;
    let soon = Timestamp::now().plus(Duration::from_secs(3600));
    let allow = rule(ExecEffect::Allow, ExecMatch::Prefix, "git ");
    let live = make(&scene, NewExecPolicy { expires_at: Some(soon), ..allow }).await;

    let mut not_taken = question(&scene, "git status");
    not_taken.request.allowed_decisions = vec!["deny".to_owned()];
    let mut not_looked_at = question(&scene, "git status");
    not_looked_at.request.rest.clear();
    let mut risky = question(&scene, "git status");
    risky.request.rest["commandAnalysis"]["riskKinds"] = json!(["network"]);
    let mut late = question(&scene, "git status");
    late.expires_at_ms = late.created_at_ms.map(|at| at - 1000.0);
    for asked in [not_taken, not_looked_at, risky, late] {
        let asked = hear(&scene, asked).await;
        assert_eq!((asked.state, asked.policy_id), (ExecApprovalState::Pending, None), "{asked:?}");
    }
    let decided = hear(&scene, question(&scene, "git status")).await;
    assert_eq!(decided.policy_id, Some(live.id));

    // Nothing runs by itself of an agent that is paused; what is refused is refused.
    let refusal = make(&scene, rule(ExecEffect::Refuse, ExecMatch::Prefix, "rm ")).await;
    pause(&scene, Some(Timestamp::now())).await;
    assert_eq!(hear(&scene, question(&scene, "git status")).await.policy_id, None);
    assert_eq!(hear(&scene, question(&scene, "rm x")).await.policy_id, Some(refusal.id));
    pause(&scene, None).await;

    let by = scene.world.caller;
    let withdrawn = exec_policies::withdraw(&scene.world.fleet, by, live.id).await.unwrap();
    assert!(!withdrawn.live && withdrawn.revoked_by_user_id == by.user);
    let again = exec_policies::withdraw(&scene.world.fleet, by, live.id).await.unwrap();
    assert_eq!(again.revoked_at, withdrawn.revoked_at);
    let asked = hear(&scene, question(&scene, "git status")).await;
    assert_eq!(asked.state, ExecApprovalState::Pending);
    assert_eq!(scene.told("exec_policy.withdrawn").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn people_are_asked_when_the_gateway_could_not_be_told(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = still(backend).await;
    make(&scene, rule(ExecEffect::Allow, ExecMatch::Exact, "make deploy")).await;
    let command = hear(&scene, question(&scene, "make deploy")).await;
    let job = scene.world.waiting(JOB).await.remove(0);
    let why = Reason::from("the gateway is away");
    handlers::gave_up(&scene.world.fleet, &job, &why).await.unwrap();
    let waits = scene.commands().await.remove(0);
    assert_eq!((waits.id, waits.state), (command.id, ExecApprovalState::Pending));
    assert_eq!((waits.policy_id, waits.wanted_decision), (None, None));
    assert!(waits.error.is_some_and(|error| error.contains("away")));
    let asked = scene.world.inbox(scene.board.id).await.remove(0);
    assert_eq!((Some(asked.id), asked.status), (waits.approval_id, ApprovalStatus::Pending));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_faster_at_the_gateway_decided() {
    let scene = still(Backend::Sqlite).await;
    make(&scene, rule(ExecEffect::Allow, ExecMatch::Exact, "make deploy")).await;
    let command = hear(&scene, question(&scene, "make deploy")).await;
    let told = ApprovalResolved {
        id: command.gateway_approval_id,
        decision: Some("deny".to_owned()),
        resolved_by: Some("Grace".to_owned()),
        ts: None,
    };
    exec_approvals::resolved(&scene.recorder(), told).await.unwrap();
    let over = scene.commands().await.remove(0);
    assert_eq!((over.state, over.policy_id), (ExecApprovalState::Denied, None));
    assert_eq!(over.decided_by.as_deref(), Some("Grace"));
}

#[rstest]
#[case::allow(ExecEffect::Allow, ExecApprovalState::Allowed, ExecDecision::Once)]
#[case::refuse(ExecEffect::Refuse, ExecApprovalState::Denied, ExecDecision::Deny)]
#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_is_told_what_a_rule_decided(
    #[case] effect: ExecEffect,
    #[case] state: ExecApprovalState,
    #[case] decision: ExecDecision,
) {
    let (scene, simulator, hears) = live(GatewayProfile::modern(), Duration::from_millis(20)).await;
    let made = make(&scene, rule(effect, ExecMatch::Prefix, "make ")).await;
    simulator.request_exec_approval(&format!("mc-{}", scene.agent), "make deploy");
    let settled = wait_until("the gateway's word", PATIENCE, async || {
        scene.commands().await.into_iter().next().filter(|command| !command.state.is_open())
    })
    .await;
    assert_eq!((settled.state, settled.decision), (state, Some(decision)));
    assert_eq!((settled.policy_id, settled.decided_by_user_id), (Some(made.id), None));
    assert_eq!(scene.world.inbox(scene.board.id).await, []);
    hears.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_on_with_a_step_that_names_the_rule() {
    let scene = still(Backend::Sqlite).await;
    let made = make(&scene, rule(ExecEffect::Allow, ExecMatch::Exact, "make deploy")).await;
    let started = json!({
        "stream": "lifecycle", "runId": "r", "sessionKey": format!("agent:mc-{}:main", scene.agent),
        "data": {"phase": "start"},
    });
    let event = rpc::Event { name: "agent".to_owned(), payload: started, seq: None };
    scene.hear(&mut scene.recorder(), &[event]).await;
    let command = hear(&scene, question(&scene, "make deploy")).await;
    let (run, steps) = scene.only_run().await;
    assert_eq!((run.state, command.run_id), (RunState::WaitingApproval, Some(run.id)));
    assert!(steps[0].arguments.as_deref().unwrap().contains(&made.id.to_string()));
    let told = ApprovalResolved {
        id: command.gateway_approval_id,
        decision: Some("allow-once".to_owned()),
        resolved_by: Some("gateway-client".to_owned()),
        ts: None,
    };
    exec_approvals::resolved(&scene.recorder(), told).await.unwrap();
    let (run, steps) = scene.only_run().await;
    assert_eq!((run.state, steps[0].state), (RunState::Running, StepState::Done));
    assert_eq!(scene.commands().await[0].policy_id, Some(made.id));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_trial_tells_what_a_rule_would_have_done(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = still(backend).await;
    for command in ["git status", "git log", "git log; rm x", "make"] {
        hear(&scene, question(&scene, command)).await;
    }
    let denied = scene.commands().await.into_iter().find(|command| command.command == "git log").unwrap();
    let told = ApprovalResolved {
        id: denied.gateway_approval_id,
        decision: Some("deny".to_owned()),
        resolved_by: Some("Grace".to_owned()),
        ts: None,
    };
    exec_approvals::resolved(&scene.recorder(), told).await.unwrap();
    make(&scene, rule(ExecEffect::Refuse, ExecMatch::Prefix, "rm ")).await;

    let tried = |new: NewExecPolicy| exec_policies::trial(&scene.world.fleet, scene.world.caller, new);
    let trial = tried(rule(ExecEffect::Allow, ExecMatch::Prefix, "git ")).await.unwrap();
    assert_eq!((trial.considered, trial.complete), (4, true));
    let counts = (trial.allowed.count, trial.refused.count, trial.asked.count, trial.by_others.count);
    assert_eq!(counts, (2, 0, 1, 1));
    assert_eq!((trial.otherwise.count, trial.otherwise.examples[0].command.as_str()), (1, "git log"));
    let elsewhere =
        NewExecPolicy { host: Some("node".to_owned()), ..rule(ExecEffect::Allow, ExecMatch::Prefix, "git ") };
    assert_eq!(tried(elsewhere).await.unwrap().allowed.count, 0);
    assert!(tried(rule(ExecEffect::Allow, ExecMatch::Glob, "*")).await.is_err());
    assert_eq!(scene.told("exec_policy.created").await, 1, "a trial makes nothing");
}
