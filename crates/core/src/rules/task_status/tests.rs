use rstest::rstest;

use super::*;
use crate::id::UserId;
use TaskStatus::{Done, InProgress, Inbox, Review};

const OPEN: BoardRules = BoardRules {
    require_approval_for_done: false,
    require_review_before_done: false,
    comment_required_for_review: false,
    block_status_changes_with_pending_approval: false,
    only_lead_can_change_status: false,
};

fn at(minute: u32) -> Timestamp {
    Timestamp::parse(&format!("2026-11-23T10:{minute:02}:00")).unwrap()
}

fn placed(status: TaskStatus, assignee: Option<AgentId>) -> Facts {
    held(status, assignee.map(Assignee::Agent))
}

fn held(status: TaskStatus, assignee: Option<Assignee>) -> Facts {
    let in_progress_at = (status == InProgress).then(|| at(5));
    let current = Placement { status, assignee, in_progress_at, previous_in_progress_at: None };
    Facts {
        current,
        blocked: false,
        pending_approval: false,
        approved: false,
        rewritten: false,
        lead: None,
        last_worker: None,
        commented_at: None,
    }
}

fn to(status: TaskStatus) -> Wish {
    Wish { status: Some(status), ..Wish::default() }
}

fn decide_at_ten(rules: BoardRules, mover: Mover, facts: &Facts, wish: Wish) -> Result<Placement, Refusal> {
    decide(rules, mover, facts, wish, at(10))
}

#[rstest]
#[case(Inbox, InProgress, Some(10), true)]
#[case(InProgress, InProgress, Some(5), true)]
#[case(InProgress, Inbox, None, false)]
#[case(InProgress, Review, None, false)]
#[case(Inbox, Inbox, None, false)]
#[case(Review, Review, None, true)]
#[case(InProgress, Done, Some(5), true)]
fn a_person_moves_a_task_and_what_leaves_work_leaves_its_agent(
    #[case] from: TaskStatus,
    #[case] target: TaskStatus,
    #[case] since: Option<u32>,
    #[case] keeps_assignee: bool,
) {
    let agent = AgentId::random();
    let moved = decide_at_ten(OPEN, Mover::Person, &placed(from, Some(agent)), to(target)).unwrap();
    assert_eq!(moved.status, target);
    assert_eq!(moved.in_progress_at, since.map(at));
    assert_eq!(moved.assignee, keeps_assignee.then_some(Assignee::Agent(agent)));
}

#[test]
fn a_person_may_move_and_assign_at_once() {
    let agent = Assignee::Agent(AgentId::random());
    let wish = Wish { status: Some(Inbox), assignee: Some(Some(agent)), ..Wish::default() };
    let moved = decide_at_ten(OPEN, Mover::Person, &placed(Review, None), wish).unwrap();
    assert_eq!((moved.status, moved.assignee), (Inbox, Some(agent)));
}

#[rstest]
#[case::moved(to(InProgress), true)]
#[case::assigned(Wish { assignee: Some(Some(Assignee::Agent(AgentId::random()))), ..Wish::default() }, true)]
#[case::dependencies(Wish { dependencies: true, ..Wish::default() }, true)]
#[case::renamed(Wish::default(), false)]
fn a_blocked_task_goes_back_to_the_inbox_when_a_person_moves_it_and_stays_when_it_is_only_edited(
    #[case] wish: Wish,
    #[case] goes_back: bool,
) {
    let facts = Facts { blocked: true, ..placed(InProgress, Some(AgentId::random())) };
    let moved = decide_at_ten(OPEN, Mover::Person, &facts, wish).unwrap();
    if goes_back {
        assert_eq!((moved.status, moved.assignee, moved.in_progress_at), (Inbox, None, None));
    } else {
        assert_eq!(moved, facts.current);
    }
}

#[rstest]
#[case(None, Done)]
#[case(Some(Done), Done)]
#[case(Some(InProgress), Inbox)]
fn a_done_task_stays_done_though_a_dependency_was_reopened(
    #[case] wanted: Option<TaskStatus>,
    #[case] expected: TaskStatus,
) {
    let facts = Facts { blocked: true, ..placed(Done, None) };
    let wish = Wish { status: wanted, dependencies: true, ..Wish::default() };
    assert_eq!(decide_at_ten(OPEN, Mover::Person, &facts, wish).unwrap().status, expected);
}

#[test]
fn a_worker_claims_works_hands_over_and_drops() {
    let me = AgentId::random();
    let worker = Mover::Worker(me);
    let claimed = decide_at_ten(OPEN, worker, &placed(Inbox, None), to(InProgress)).unwrap();
    assert_eq!(
        (claimed.status, claimed.assignee, claimed.in_progress_at),
        (InProgress, Some(Assignee::Agent(me)), Some(at(10)))
    );
    let lead = AgentId::random();
    let facts = Facts { lead: Some(lead), ..placed(InProgress, Some(me)) };
    let handed = decide_at_ten(OPEN, worker, &facts, to(Review)).unwrap();
    assert_eq!((handed.assignee, handed.in_progress_at), (Some(Assignee::Agent(lead)), None));
    assert_eq!(handed.previous_in_progress_at, Some(at(5)));
    let dropped = decide_at_ten(OPEN, worker, &facts, to(Inbox)).unwrap();
    assert_eq!((dropped.status, dropped.assignee), (Inbox, None));
    let finished = decide_at_ten(OPEN, worker, &placed(Inbox, None), to(Done)).unwrap();
    assert_eq!((finished.status, finished.assignee), (Done, Some(Assignee::Agent(me))));
}

#[test]
fn a_worker_leaves_the_tasks_of_others_and_blocked_ones_where_they_are() {
    let worker = Mover::Worker(AgentId::random());
    let of_another = placed(InProgress, Some(AgentId::random()));
    assert_eq!(decide_at_ten(OPEN, worker, &of_another, to(Review)), Err(Refusal::NotTheAssignee));
    assert_eq!(decide_at_ten(OPEN, worker, &of_another, Wish::default()), Ok(of_another.current));
    let blocked = Facts { blocked: true, ..placed(Inbox, None) };
    assert_eq!(decide_at_ten(OPEN, worker, &blocked, to(InProgress)), Err(Refusal::Blocked));
    assert!(decide_at_ten(OPEN, worker, &blocked, to(Inbox)).is_ok());
}

#[test]
fn only_lead_can_change_status_stops_workers_and_nobody_else() {
    let rules = BoardRules { only_lead_can_change_status: true, ..OPEN };
    let worker = Mover::Worker(AgentId::random());
    let facts = placed(Review, None);
    assert_eq!(decide_at_ten(rules, worker, &facts, to(InProgress)), Err(Refusal::OnlyLead));
    assert!(decide_at_ten(rules, worker, &facts, Wish { comment: true, ..Wish::default() }).is_ok());
    assert!(decide_at_ten(rules, Mover::Lead, &facts, to(Done)).is_ok());
    assert!(decide_at_ten(rules, Mover::Person, &facts, to(Done)).is_ok());
}

#[rstest]
#[case(Inbox, InProgress, true, Ok(InProgress))]
#[case(Inbox, InProgress, false, Err(Refusal::LeadFrom(Inbox)))]
#[case(Inbox, Done, true, Err(Refusal::LeadFrom(Inbox)))]
#[case(InProgress, Review, false, Err(Refusal::LeadFrom(InProgress)))]
#[case(Done, Inbox, false, Err(Refusal::LeadFrom(Done)))]
#[case(Review, Done, false, Ok(Done))]
#[case(Review, Inbox, false, Ok(Inbox))]
#[case(Review, InProgress, true, Err(Refusal::LeadTo(InProgress)))]
#[case(Review, Review, false, Err(Refusal::LeadTo(Review)))]
fn a_lead_decides_reviews_and_starts_only_what_it_assigns(
    #[case] from: TaskStatus,
    #[case] target: TaskStatus,
    #[case] assigns: bool,
    #[case] expected: Result<TaskStatus, Refusal>,
) {
    let assignee = assigns.then(|| Some(Assignee::Agent(AgentId::random())));
    let wish = Wish { status: Some(target), assignee, ..Wish::default() };
    assert_eq!(
        decide_at_ten(OPEN, Mover::Lead, &placed(from, None), wish).map(|moved| moved.status),
        expected
    );
}

#[test]
fn what_the_lead_gives_back_goes_to_the_agent_that_handed_it_over() {
    let (lead, worker) = (AgentId::random(), AgentId::random());
    let last_worker = Some(Assignee::Agent(worker));
    let facts = Facts { lead: Some(lead), last_worker, ..placed(Review, Some(lead)) };
    let given_back = decide_at_ten(OPEN, Mover::Lead, &facts, to(Inbox)).unwrap();
    assert_eq!(given_back.assignee, last_worker);
    assert_eq!(notice(Mover::Lead, &facts.current, &given_back), Some(Notice::Rework(worker)));
}

#[test]
fn a_lead_is_refused_what_would_move_a_blocked_task() {
    let facts = Facts { blocked: true, ..placed(Inbox, None) };
    let assign = Wish { assignee: Some(None), ..Wish::default() };
    assert_eq!(decide_at_ten(OPEN, Mover::Lead, &facts, assign), Err(Refusal::Blocked));
    assert!(decide_at_ten(OPEN, Mover::Lead, &facts, Wish { dependencies: true, ..Wish::default() }).is_ok());
}

#[rstest]
#[case::from_inbox(Inbox, false, false, Err(Refusal::ReviewRequired))]
#[case::unapproved(Review, false, false, Err(Refusal::ApprovalRequired))]
#[case::approved(Review, true, false, Ok(Done))]
#[case::approved_before_it_was_rewritten(Review, true, true, Err(Refusal::ApprovalOutdated))]
#[case::rewritten_and_never_approved(Review, false, true, Err(Refusal::ApprovalRequired))]
#[case::done_stays_done(Done, false, true, Ok(Done))]
fn done_wants_review_and_approval_where_the_board_does(
    #[case] from: TaskStatus,
    #[case] approved: bool,
    #[case] rewritten: bool,
    #[case] expected: Result<TaskStatus, Refusal>,
) {
    let rules = BoardRules { require_approval_for_done: true, require_review_before_done: true, ..OPEN };
    let facts = Facts { approved, rewritten, ..placed(from, None) };
    assert_eq!(decide_at_ten(rules, Mover::Person, &facts, to(Done)).map(|moved| moved.status), expected);
}

#[rstest]
#[case::another_status(Some(InProgress), true)]
#[case::the_same_status(Some(Inbox), false)]
#[case::no_status(None, false)]
fn a_pending_approval_freezes_the_status(#[case] wanted: Option<TaskStatus>, #[case] refused: bool) {
    let rules = BoardRules { block_status_changes_with_pending_approval: true, ..OPEN };
    let facts = Facts { pending_approval: true, ..placed(Inbox, None) };
    let outcome = decide_at_ten(rules, Mover::Person, &facts, Wish { status: wanted, ..Wish::default() });
    assert_eq!(outcome == Err(Refusal::PendingApproval), refused);
}

#[rstest]
#[case::none(None, false, false)]
#[case::before_the_work_began(Some(4), false, false)]
#[case::since_the_work_began(Some(5), false, true)]
#[case::with_the_move(None, true, true)]
fn review_wants_a_comment_where_the_board_does(
    #[case] commented: Option<u32>,
    #[case] comes_along: bool,
    #[case] accepted: bool,
) {
    let me = AgentId::random();
    let rules = BoardRules { comment_required_for_review: true, ..OPEN };
    let facts = Facts { commented_at: commented.map(at), ..placed(InProgress, Some(me)) };
    let wish = Wish { comment: comes_along, ..to(Review) };
    assert_eq!(decide_at_ten(rules, Mover::Worker(me), &facts, wish).is_ok(), accepted);
}

#[test]
fn agents_are_told_of_what_others_give_them_and_the_lead_of_what_nobody_has() {
    let (me, other) = (AgentId::random(), AgentId::random());
    let place = |status, assignee| placed(status, assignee).current;
    let worker = Mover::Worker(me);
    assert_eq!(
        notice(Mover::Person, &place(Inbox, None), &place(Inbox, Some(me))),
        Some(Notice::Assigned(me))
    );
    assert_eq!(notice(worker, &place(Inbox, None), &place(InProgress, Some(me))), None);
    assert_eq!(
        notice(worker, &place(InProgress, Some(me)), &place(Review, Some(other))),
        Some(Notice::Assigned(other))
    );
    assert_eq!(notice(worker, &place(InProgress, Some(me)), &place(Inbox, None)), Some(Notice::BackInInbox));
    assert_eq!(notice(Mover::Person, &place(Inbox, None), &place(Inbox, None)), None);
    assert_eq!(notice(Mover::Person, &place(Inbox, Some(me)), &place(InProgress, Some(me))), None);
    assert_eq!(notice(Mover::Lead, &place(Inbox, Some(me)), &place(Inbox, None)), None);
    assert_eq!(
        notice(Mover::Lead, &place(Inbox, None), &place(InProgress, Some(me))),
        Some(Notice::Assigned(me))
    );
}

#[test]
fn a_reopened_dependency_brings_back_what_was_begun_and_leaves_what_is_done() {
    let begun = placed(InProgress, Some(AgentId::random())).current;
    let back = begun.after_reopened_dependency().unwrap();
    assert_eq!((back.status, back.assignee, back.in_progress_at), (Inbox, None, None));
    assert_eq!(placed(Inbox, None).current.after_reopened_dependency(), None);
    assert_eq!(placed(Done, Some(AgentId::random())).current.after_reopened_dependency(), None);
}

#[test]
fn who_hands_in_is_the_worker_that_moves_a_task_to_review() {
    let worker = AgentId::random();
    let (working, reviewed) = (placed(InProgress, Some(worker)).current, placed(Review, None).current);
    assert_eq!(handed_in_by(Mover::Worker(worker), &working, &reviewed), Some(Assignee::Agent(worker)));
    assert_eq!(handed_in_by(Mover::Worker(worker), &reviewed, &reviewed), None);
    assert_eq!(handed_in_by(Mover::Worker(worker), &reviewed, &working), None);
    for other in [Mover::Lead, Mover::Person] {
        assert_eq!(handed_in_by(other, &working, &reviewed), None);
    }
}

fn person() -> (Mover, Option<Assignee>) {
    (Mover::Person, Some(Assignee::Person(UserId::random())))
}

#[rstest]
#[case::a_worker(Mover::Worker(AgentId::random()), to(InProgress))]
#[case::a_worker_that_drops_it(Mover::Worker(AgentId::random()), to(Inbox))]
#[case::a_lead_that_moves_it(Mover::Lead, to(Done))]
#[case::a_lead_that_gives_it_to_an_agent(
    Mover::Lead,
    Wish { assignee: Some(Some(Assignee::Agent(AgentId::random()))), ..Wish::default() }
)]
#[case::a_lead_that_takes_it_away(Mover::Lead, Wish { assignee: Some(None), ..Wish::default() })]
fn agents_leave_alone_what_a_person_has(#[case] agent: Mover, #[case] wish: Wish) {
    for status in [Inbox, Review] {
        let facts = held(status, person().1);
        assert_eq!(decide_at_ten(OPEN, agent, &facts, wish), Err(Refusal::HeldByPerson));
        let planned = Wish { dependencies: true, comment: true, ..Wish::default() };
        assert_eq!(decide_at_ten(OPEN, agent, &facts, planned), Ok(facts.current));
    }
}

#[rstest]
#[case(InProgress, Inbox)]
#[case(InProgress, Review)]
#[case(Review, InProgress)]
#[case(Inbox, Done)]
fn what_a_person_has_stays_theirs_wherever_people_move_it(
    #[case] from: TaskStatus,
    #[case] target: TaskStatus,
) {
    let (mover, eve) = person();
    let moved = decide_at_ten(OPEN, mover, &held(from, eve), to(target)).unwrap();
    assert_eq!((moved.status, moved.assignee), (target, eve));
}

#[test]
fn a_lead_reviews_what_a_person_hands_in_and_gives_it_back_to_that_person() {
    let ((mover, eve), lead) = (person(), AgentId::random());
    let facts = Facts { lead: Some(lead), ..held(InProgress, eve) };
    let handed = decide_at_ten(OPEN, mover, &facts, to(Review)).unwrap();
    assert_eq!(handed.assignee, Some(Assignee::Agent(lead)));
    assert_eq!(handed_in_by(mover, &facts.current, &handed), eve);
    let facts = Facts { current: handed, last_worker: eve, ..facts };
    let back = decide_at_ten(OPEN, Mover::Lead, &facts, to(Inbox)).unwrap();
    assert_eq!((back.status, back.assignee), (Inbox, eve));
    assert_eq!(notice(Mover::Lead, &facts.current, &back), None, "no agent has anything to do with it");
}

#[test]
fn a_person_may_be_given_what_waits_for_other_tasks_and_an_agent_may_not() {
    let (mover, eve) = person();
    let facts = Facts { blocked: true, ..placed(Inbox, None) };
    let give = |who| Wish { assignee: Some(who), ..Wish::default() };
    assert_eq!(decide_at_ten(OPEN, mover, &facts, give(eve)).unwrap().assignee, eve);
    let agent = Some(Assignee::Agent(AgentId::random()));
    assert_eq!(decide_at_ten(OPEN, mover, &facts, give(agent)).unwrap().assignee, None);
    let theirs = Facts { blocked: true, ..held(InProgress, eve) };
    let back = decide_at_ten(OPEN, mover, &theirs, to(InProgress)).unwrap();
    assert_eq!((back.status, back.assignee), (Inbox, eve));
    assert_eq!(decide_at_ten(OPEN, mover, &theirs, give(None)).unwrap().assignee, None);
}

#[rstest]
#[case(InProgress, Inbox)]
#[case(Inbox, Inbox)]
#[case(Review, Review)]
#[case(Done, Done)]
fn what_a_person_leaves_behind_is_nobodys_and_what_was_begun_begins_anew(
    #[case] from: TaskStatus,
    #[case] then: TaskStatus,
) {
    let left = held(from, person().1).current.after_its_assignee_left();
    assert_eq!((left.status, left.assignee, left.in_progress_at), (then, None, None));
}
