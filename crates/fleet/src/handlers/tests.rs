use std::collections::BTreeSet;

use mission_control_core::id::{AgentId, AgentMessageId, JobId};
use mission_control_core::models::{JobState, Lane};
use serde_json::json;

use super::*;
use crate::jobs::kind::Kind;

fn job(kind: &str, version: i32, payload: Value) -> Job {
    let now = Timestamp::now();
    Job {
        id: JobId::random(),
        kind: kind.to_owned(),
        payload,
        lane: Lane::Bulk,
        group_key: None,
        dedupe_key: None,
        state: JobState::Running,
        attempts: 1,
        max_attempts: 3,
        run_at: now,
        lease_until: None,
        leased_by: None,
        progress: 0,
        progress_message: None,
        result: None,
        last_error: None,
        remedy: None,
        request_id: None,
        organization_id: None,
        created_at: now,
        started_at: None,
        finished_at: None,
        version,
        agent_id: None,
        board_id: None,
        gateway_id: None,
        cancel_requested_at: None,
        deaths: 0,
    }
}

/// A kind is an `impl Kind for`; one that is not listed would wait for a newer worker for ever.
#[test]
fn every_kind_has_a_handler() {
    let kinds = [
        include_str!("../jobs/kinds/agents.rs"),
        include_str!("../jobs/kinds/gateways.rs"),
        include_str!("../jobs/kinds/messages.rs"),
        include_str!("../jobs/kinds/organizations.rs"),
        include_str!("../jobs/kinds/runs.rs"),
    ];
    let written: usize = kinds.iter().map(|source| source.matches("impl Kind for ").count()).sum();
    let forms: BTreeSet<_> = FORMS.iter().map(|form| (form.kind, form.number)).collect();
    assert_eq!((forms.len(), FORMS.len()), (written, written));
}

#[test]
fn every_form_of_a_kind_up_to_the_newest_is_read() {
    for form in FORMS {
        for number in 1..=form.number {
            assert!(form_of(&job(form.kind, number, json!({}))).is_some(), "{} {number}", form.kind);
        }
    }
}

#[test]
fn arguments_survive_the_jobs_table() {
    let check_in = CheckIn { agent: AgentId::random(), generation: 3 };
    let new = check_in.job(None).unwrap();
    assert_eq!((new.kind.as_str(), new.version, new.agent_id), ("agent.check_in", 1, Some(check_in.agent)));
    assert_eq!(CheckIn::read(&job(&new.kind, new.version, new.payload)).unwrap(), check_in);
}

#[test]
fn a_message_of_the_first_form_is_told_from_one_of_the_second() {
    let agent = AgentId::random();
    let old = json!({ "agent": agent, "text": "Hello", "sent": null, "failed": null });
    let stored = job(Message::NAME, 1, old);
    assert_eq!(form_of(&stored).unwrap().number, 1);
    let first = FirstMessage::read(&stored).unwrap();
    assert_eq!((first.agent, first.text.as_str()), (agent, "Hello"));
    let message = AgentMessageId::random();
    let now = Message { message, agent, sent: None, failed: None, urgent: true, from: None, attended: false };
    let now = now.job(None).unwrap();
    assert_eq!((now.version, now.lane), (2, Lane::Interactive));
}

#[test]
fn what_a_newer_version_enqueued_waits_for_its_workers_and_is_given_up_after_a_day() {
    for (kind, version) in [("agent.message", 3), ("agent.sing", 1)] {
        let mut job = job(kind, version, json!({}));
        assert!(form_of(&job).is_none(), "{kind}");
        assert!(matches!(unknown(&job), JobError::Later { .. }), "{kind}");
        job.created_at = Timestamp::now().minus(2 * UPGRADE_WITHIN);
        assert!(matches!(unknown(&job), JobError::Fatal(_)), "{kind}");
    }
}
