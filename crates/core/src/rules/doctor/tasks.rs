//! Findings about tasks.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Finding, FindingCode, Subject};
use crate::id::{AgentId, OrganizationId};
use crate::limits::STALE_NAMED;
use crate::models::{ApprovalStatus, StaleCause, StaleRule};
use crate::time::Timestamp;

/// How long a stale task may stay with its agent, and a question about it open: longer than a night.
const FOR_LONG: Duration = Duration::from_secs(24 * 3600);

/// A task in progress of whose agent nothing is to be expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Whose the board is.
    pub organization: OrganizationId,
    /// The agent that has it.
    pub agent: AgentId,
    /// The agent's name.
    pub agent_name: String,
    /// The key of the task.
    pub task: String,
    /// Why nothing is to be expected of the agent.
    pub cause: StaleCause,
    /// When it was marked for that.
    pub marked_at: Timestamp,
    /// What its board does with stale tasks.
    pub rule: StaleRule,
    /// So long after they were marked.
    pub after_minutes: i32,
    /// How the question what becomes of it stands, and since when it is asked.
    pub asked: Option<(ApprovalStatus, Timestamp)>,
}

/// Why a task has been where it is for too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// Nobody answers what becomes of it.
    Unanswered,
    /// It is left with its agent.
    Left,
}

impl Stale {
    /// Why, and since when.
    fn standing(&self, now: Timestamp) -> Option<(Standing, Timestamp)> {
        let (standing, since, patience) = match &self.asked {
            Some((ApprovalStatus::Pending, asked_at)) => (Standing::Unanswered, *asked_at, FOR_LONG),
            // Somebody has decided that it stays.
            Some(_) => return None,
            // Its gateway is told of, and it may be at work.
            None if self.cause == StaleCause::GatewayAway => return None,
            None if self.rule == StaleRule::Keep => (Standing::Left, self.marked_at, FOR_LONG),
            None => {
                let minutes = u64::try_from(self.after_minutes).unwrap_or_default();
                (Standing::Left, self.marked_at, FOR_LONG.max(Duration::from_secs(minutes * 60)))
            }
        };
        (now.since(since) > patience).then_some((standing, since))
    }
}

/// What is wrong: one finding for each agent.
pub fn findings(stale: &[Stale], now: Timestamp) -> Vec<Finding> {
    let mut by_agent: BTreeMap<AgentId, Vec<(Standing, Timestamp, &Stale)>> = BTreeMap::new();
    for task in stale {
        if let Some((standing, since)) = task.standing(now) {
            by_agent.entry(task.agent).or_default().push((standing, since, task));
        }
    }
    let mut found = Vec::new();
    for mut tasks in by_agent.into_values() {
        // What somebody was asked comes first: the answer is the shortest way out.
        tasks.sort_by_key(|(standing, since, _)| (*standing, *since));
        if let Some((standing, since, first)) = tasks.first() {
            let keys: Vec<_> =
                tasks.iter().take(STALE_NAMED).map(|(_, _, task)| task.task.as_str()).collect();
            let more = if tasks.len() > STALE_NAMED { ", …" } else { "" };
            let hours = now.since(*since).as_secs() / 3600;
            let evidence = format!(
                "{} of its tasks in progress are stale, the first for {hours} h: {}{more}",
                tasks.len(),
                keys.join(", ")
            );
            found.push(finding(*standing, first, evidence));
        }
    }
    found
}

fn finding(standing: Standing, first: &Stale, evidence: String) -> Finding {
    let why = match first.cause {
        StaleCause::Silent => "The agent is silent",
        StaleCause::GatewayAway => "The agent is silent and its gateway away",
        StaleCause::Paused => "The agent is paused",
        StaleCause::Budget => "A budget paused the agent",
        StaleCause::Breaker => "The progress breaker paused the agent",
        StaleCause::GivenUp => "The agent was given up on",
        StaleCause::Deleting => "The agent is being deleted",
        StaleCause::Foreign(_) => "Nothing is heard of the agent",
    };
    let (then, remedy) = match standing {
        Standing::Unanswered => (
            "nobody answers what becomes of its tasks",
            "Decide on the approvals (stale_task) in the inbox of the board: to approve puts a task back in the inbox.",
        ),
        Standing::Left => (
            "its tasks stay with it",
            "Bring the agent back, or give its tasks to another one; the rule `release` for stale tasks (PATCH \
             /api/v1/boards/{id}/stale-tasks) has that done by itself.",
        ),
    };
    let subject = Subject::Agent(first.organization, first.agent, first.agent_name.clone());
    Finding::new(FindingCode::TasksStale, subject, evidence, format!("{why}, and {then}"), remedy)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-23T10:00:00").unwrap()
    }

    /// Marked so many hours ago, and asked about so many hours ago.
    fn stale(marked: u32, rule: StaleRule, asked: Option<(ApprovalStatus, u32)>) -> Stale {
        Stale {
            organization: OrganizationId::random(),
            agent: AgentId::random(),
            agent_name: "Ada".to_owned(),
            task: "REL-1".to_owned(),
            cause: StaleCause::Silent,
            marked_at: now().minus(HOUR * marked),
            rule,
            after_minutes: 48 * 60,
            asked: asked.map(|(status, hours)| (status, now().minus(HOUR * hours))),
        }
    }

    #[rstest]
    #[case::for_a_day(stale(24, StaleRule::Keep, None), None)]
    #[case::for_longer(stale(25, StaleRule::Keep, None), Some("its tasks stay with it"))]
    #[case::the_board_waits(stale(48, StaleRule::Release, None), None)]
    #[case::it_should_have_gone(stale(49, StaleRule::Release, None), Some("its tasks stay with it"))]
    #[case::asked_today(stale(72, StaleRule::Escalate, Some((ApprovalStatus::Pending, 24))), None)]
    #[case::asked_before(stale(1, StaleRule::Escalate, Some((ApprovalStatus::Pending, 25))), Some("nobody answers"))]
    #[case::answered(stale(72, StaleRule::Escalate, Some((ApprovalStatus::Rejected, 70))), None)]
    #[case::gateway(Stale { cause: StaleCause::GatewayAway, ..stale(72, StaleRule::Keep, None) }, None)]
    fn a_task_that_is_left_or_that_nobody_answers_for_is_named_after_a_day(
        #[case] task: Stale,
        #[case] cause: Option<&str>,
    ) {
        let found = findings(std::slice::from_ref(&task), now());
        assert_eq!(found.len(), usize::from(cause.is_some()));
        if let (Some(found), Some(cause)) = (found.first(), cause) {
            assert_eq!(found.subject, Subject::Agent(task.organization, task.agent, "Ada".to_owned()));
            assert!(found.cause.starts_with("The agent is silent, and ") && found.cause.contains(cause));
        }
    }

    #[test]
    fn an_agent_has_one_finding_for_all_of_its_tasks_and_questions_come_first() {
        let asked = stale(30, StaleRule::Escalate, Some((ApprovalStatus::Pending, 26)));
        let mut all = vec![Stale { task: "REL-9".to_owned(), ..asked.clone() }];
        all.extend((1..=6).map(|n| Stale {
            task: format!("REL-{n}"),
            agent: asked.agent,
            ..stale(90, StaleRule::Keep, None)
        }));
        all.push(stale(25, StaleRule::Keep, None));
        let found = findings(&all, now());
        assert_eq!(found.len(), 2);
        let of_ada = found.iter().find(|it| it.evidence.starts_with("7 ")).unwrap();
        assert!(of_ada.evidence.ends_with("for 26 h: REL-9, REL-1, REL-2, REL-3, REL-4, …"), "{of_ada:?}");
        assert!(of_ada.remedy.contains("stale_task"), "{of_ada:?}");
    }
}
