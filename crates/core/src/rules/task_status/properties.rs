//! What holds for every board, mover, task and wish.

use proptest::prelude::*;

use super::*;
use crate::id::UserId;
use TaskStatus::{Done, InProgress, Inbox, Review};

fn agents() -> [AgentId; 3] {
    [1, 2, 3].map(|number| AgentId::from_uuid(uuid::Uuid::from_u128(number)))
}

fn agent() -> impl Strategy<Value = AgentId> {
    prop::sample::select(agents().to_vec())
}

fn assignee() -> impl Strategy<Value = Assignee> {
    let person = UserId::from_uuid(uuid::Uuid::from_u128(9));
    prop_oneof![agent().prop_map(Assignee::Agent), Just(Assignee::Person(person))]
}

fn status() -> impl Strategy<Value = TaskStatus> {
    prop::sample::select(TaskStatus::ALL.to_vec())
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0_i64..100).prop_map(Timestamp::from_micros)
}

fn mover() -> impl Strategy<Value = Mover> {
    prop_oneof![Just(Mover::Person), agent_as_mover()]
}

fn agent_as_mover() -> impl Strategy<Value = Mover> {
    prop_oneof![Just(Mover::Lead), agent().prop_map(Mover::Worker)]
}

fn rules() -> impl Strategy<Value = BoardRules> {
    any::<[bool; 5]>().prop_map(|[approval, review, comment, pending, only_lead]| BoardRules {
        require_approval_for_done: approval,
        require_review_before_done: review,
        comment_required_for_review: comment,
        block_status_changes_with_pending_approval: pending,
        only_lead_can_change_status: only_lead,
    })
}

prop_compose! {
    fn facts()(
        status in status(),
        assignee in prop::option::of(assignee()),
        in_progress_at in prop::option::of(time()),
        previous_in_progress_at in prop::option::of(time()),
        [blocked, pending_approval, approved, rewritten] in any::<[bool; 4]>(),
        lead in prop::option::of(agent()),
        last_worker in prop::option::of(assignee()),
        commented_at in prop::option::of(time()),
    ) -> Facts {
        let current = Placement { status, assignee, in_progress_at, previous_in_progress_at };
        Facts { current, blocked, pending_approval, approved, rewritten, lead, last_worker, commented_at }
    }
}

prop_compose! {
    fn wish()(
        status in prop::option::of(status()),
        assignee in prop::option::of(prop::option::of(assignee())),
        [dependencies, comment] in any::<[bool; 2]>(),
    ) -> Wish {
        Wish { status, assignee, dependencies, comment }
    }
}

fn now() -> Timestamp {
    Timestamp::from_micros(1_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_task_becomes_done_past_the_rules_of_its_board(
        rules in rules(), mover in mover(), facts in facts(), wish in wish(),
    ) {
        let from = facts.current.status;
        let Ok(moved) = decide(rules, mover, &facts, wish, now()) else { return Ok(()) };
        if moved.status == Done && from != Done {
            prop_assert!(!rules.require_approval_for_done || (facts.approved && !facts.rewritten));
            prop_assert!(!rules.require_review_before_done || from == Review);
            prop_assert!(!rules.block_status_changes_with_pending_approval || !facts.pending_approval);
            prop_assert!(!facts.blocked);
        }
    }

    #[test]
    fn a_task_begins_where_the_same_mover_could_take_it_from_the_inbox(
        rules in rules(), mover in mover(), lead in prop::option::of(agent()), status in status(),
        assignee in prop::option::of(assignee()),
    ) {
        let begun = begin(rules, mover, lead, status, assignee, now());
        let in_inbox = Placement {
            status: Inbox, assignee: None, in_progress_at: None, previous_in_progress_at: None,
        };
        let facts = Facts {
            current: in_inbox, blocked: false, pending_approval: false, approved: mover == Mover::Person,
            rewritten: false, lead, last_worker: None, commented_at: None,
        };
        // Asked in two steps, as a caller would who creates first and moves then.
        let status = Some(status).filter(|status| *status != Inbox);
        let wish = Wish { status, assignee: assignee.map(Some), ..Wish::default() };
        let moved = decide(rules, mover, &facts, wish, now()).map(|moved| (moved.status, moved.assignee));
        prop_assert_eq!(&begun, &moved);
        if let Ok((status, _)) = begun {
            prop_assert!(status != Done || !rules.require_review_before_done);
            prop_assert!(status != Done || !rules.require_approval_for_done || mover == Mover::Person);
            prop_assert!(status != Review || !rules.comment_required_for_review);
        }
    }

    #[test]
    fn a_blocked_task_is_never_begun_nor_reviewed(
        rules in rules(), mover in mover(), facts in facts(), wish in wish(),
    ) {
        let facts = Facts { blocked: true, ..facts };
        let Ok(moved) = decide(rules, mover, &facts, wish, now()) else { return Ok(()) };
        prop_assert!(moved.status == facts.current.status || moved.status == Inbox);
    }

    #[test]
    fn the_status_is_the_one_asked_for_or_the_old_one_or_the_inbox_of_a_blocked_task(
        rules in rules(), mover in mover(), facts in facts(), wish in wish(),
    ) {
        let Ok(moved) = decide(rules, mover, &facts, wish, now()) else { return Ok(()) };
        let asked = wish.status.unwrap_or(facts.current.status);
        prop_assert!(moved.status == asked || (facts.blocked && moved.status == Inbox));
    }

    #[test]
    fn what_enters_review_is_the_leads_and_what_begins_has_a_start(
        rules in rules(), mover in mover(), facts in facts(), wish in wish(),
    ) {
        let Ok(moved) = decide(rules, mover, &facts, wish, now()) else { return Ok(()) };
        if moved.status == Review && facts.current.status != Review {
            prop_assert_eq!(moved.in_progress_at, None);
            prop_assert!(facts.lead.is_none() || moved.assignee == facts.lead.map(Assignee::Agent));
        }
        if moved.status == InProgress && facts.current.status != InProgress && mover != Mover::Lead {
            prop_assert_eq!(moved.in_progress_at, Some(now()));
        }
    }

    #[test]
    fn a_worker_never_touches_what_another_has_nor_gives_work_to_others(
        rules in rules(), me in agent(), facts in facts(), wish in wish(),
    ) {
        let Ok(moved) = decide(rules, Mover::Worker(me), &facts, wish, now()) else { return Ok(()) };
        let mine = Some(Assignee::Agent(me));
        if facts.current.assignee.is_some() && facts.current.assignee != mine {
            prop_assert_eq!(moved, facts.current);
        }
        let reviewed = moved.status == Review && moved.assignee == facts.lead.map(Assignee::Agent);
        let mine_or_reviewed = moved.assignee == mine || reviewed;
        prop_assert!(moved.assignee.is_none() || moved.assignee == facts.current.assignee || mine_or_reviewed);
    }

    #[test]
    fn no_agent_takes_a_task_from_a_person(
        rules in rules(), mover in agent_as_mover(), facts in facts(), wish in wish(),
    ) {
        let Ok(moved) = decide(rules, mover, &facts, wish, now()) else { return Ok(()) };
        if facts.current.held_by_person() {
            prop_assert_eq!(moved, facts.current);
        }
    }

    #[test]
    fn a_wish_for_nothing_changes_nothing(rules in rules(), mover in mover(), facts in facts(), comment in any::<bool>()) {
        let wish = Wish { comment, ..Wish::default() };
        prop_assert_eq!(decide(rules, mover, &facts, wish, now()), Ok(facts.current));
    }

    #[test]
    fn a_refused_move_is_refused_again_and_a_granted_one_of_a_person_can_be_repeated(
        rules in rules(), facts in facts(), status in status(),
    ) {
        let wish = Wish { status: Some(status), comment: true, ..Wish::default() };
        match decide(rules, Mover::Person, &facts, wish, now()) {
            Err(refusal) => prop_assert_eq!(decide(rules, Mover::Person, &facts, wish, now()), Err(refusal)),
            Ok(moved) => {
                let again = decide(rules, Mover::Person, &Facts { current: moved, ..facts }, wish, now());
                let again = again.map(|again| again.status);
                prop_assert!(facts.blocked || again == Ok(moved.status));
            }
        }
    }
}
