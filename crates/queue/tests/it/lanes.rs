use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use mission_control_core::id::JobId;
use mission_control_queue::{Depth, Lane};
use rstest::rstest;

use crate::scratch::{BOTH_LANES, HIDDEN, Place, ScratchRedis, assert_prompt, is_empty, next, send};

const SHORT: Duration = Duration::from_millis(150);

#[rstest]
#[tokio::test]
async fn a_sent_job_is_received_and_gone_once_it_is_done(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let placed = place.queue().await;
    let job = send(&placed.queue, Lane::Bulk).await;

    let message = next(&placed.queue, &BOTH_LANES, HIDDEN).await;
    assert_eq!((message.job, message.lane, message.deliveries), (job, Lane::Bulk, 1));
    assert_eq!(placed.queue.depth(Lane::Bulk).await.unwrap(), Depth { ready: 0, hidden: 1 });

    placed.queue.done(&message).await;
    assert!(is_empty(&placed.queue, Lane::Bulk).await);
}

#[rstest]
#[tokio::test]
async fn a_delayed_job_comes_when_it_is_due(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let placed = place.queue().await;
    // A receiver knows when the next job is due.
    assert_prompt(async || {
        let (sent, job) = (Instant::now(), JobId::random());
        placed.queue.send(Lane::Interactive, job, SHORT).await.unwrap();
        let message = next(&placed.queue, &BOTH_LANES, HIDDEN).await;
        let waited = sent.elapsed();
        assert_eq!(message.job, job);
        assert!(waited >= SHORT, "came {waited:?} after it was sent");
        placed.queue.done(&message).await;
        waited
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn a_job_that_is_not_done_comes_again_after_its_visibility_timeout(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let placed = place.queue().await;
    let job = send(&placed.queue, Lane::Interactive).await;

    // It is hidden from when it is taken, which is after this.
    let asked = Instant::now();
    let first = next(&placed.queue, &BOTH_LANES, SHORT).await;
    let second = next(&placed.queue, &BOTH_LANES, HIDDEN).await;

    assert_eq!((first.job, second.job), (job, job));
    assert_eq!((first.deliveries, second.deliveries), (1, 2));
    assert!(asked.elapsed() >= SHORT - Duration::from_millis(5), "it was hidden for {:?}", asked.elapsed());
}

#[rstest]
#[tokio::test]
async fn an_interactive_job_overtakes_bulk_jobs(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let placed = place.queue().await;
    send(&placed.queue, Lane::Bulk).await;
    let urgent = send(&placed.queue, Lane::Interactive).await;

    assert_eq!(next(&placed.queue, &BOTH_LANES, HIDDEN).await.job, urgent);
    assert_eq!(next(&placed.queue, &BOTH_LANES, HIDDEN).await.lane, Lane::Bulk);
}

#[rstest]
#[tokio::test]
async fn a_receiver_takes_only_from_its_lanes(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let placed = place.queue().await;
    send(&placed.queue, Lane::Bulk).await;
    let urgent = send(&placed.queue, Lane::Interactive).await;

    let message = next(&placed.queue, &[Lane::Interactive], HIDDEN).await;
    assert_eq!(message.job, urgent);
    let nothing = placed.queue.receive(&[Lane::Interactive], HIDDEN);
    assert!(tokio::time::timeout(SHORT, nothing).await.is_err(), "took a job of another lane");
}

#[rstest]
#[tokio::test]
async fn a_waiting_receiver_is_woken_by_a_send(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let placed = place.queue().await;
    assert_prompt(async || {
        let receiver = {
            let queue = placed.queue.clone();
            tokio::spawn(async move { (next(&queue, &BOTH_LANES, HIDDEN).await, Instant::now()) })
        };
        wait_until_blocked().await;
        let (job, sent) = (send(&placed.queue, Lane::Interactive).await, Instant::now());

        let (received, at) = receiver.await.unwrap();
        assert_eq!(received.job, job);
        placed.queue.done(&received).await;
        at.saturating_duration_since(sent)
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn a_receive_that_is_given_up_loses_no_job(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let placed = place.queue().await;
    let given_up = placed.queue.receive(&BOTH_LANES, HIDDEN);
    assert!(tokio::time::timeout(SHORT, given_up).await.is_err());

    let job = send(&placed.queue, Lane::Interactive).await;
    assert_eq!(next(&placed.queue, &BOTH_LANES, HIDDEN).await.job, job);
}

#[rstest]
#[tokio::test]
async fn an_offered_job_is_taken_here_and_only_once(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let placed = place.queue().await;
    let job = JobId::random();
    placed.queue.offer(Lane::Bulk, job);
    placed.queue.offer(Lane::Bulk, job);

    let message = next(&placed.queue, &BOTH_LANES, HIDDEN).await;
    assert_eq!(message.job, job);
    placed.queue.done(&message).await;
    let nothing = placed.queue.receive(&BOTH_LANES, HIDDEN);
    assert!(tokio::time::timeout(SHORT, nothing).await.is_err(), "the second offer was a second message");
}

#[rstest]
#[tokio::test]
async fn a_job_offered_while_somebody_has_its_message_comes_again_once_that_is_done(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let placed = place.queue().await;
    let job = JobId::random();
    placed.queue.offer(Lane::Bulk, job);
    let turned_away = next(&placed.queue, &BOTH_LANES, HIDDEN).await;
    placed.queue.offer(Lane::Bulk, job);
    placed.queue.offer(Lane::Bulk, job);
    let waiting = tokio::spawn({
        let queue = placed.queue.clone();
        async move { next(&queue, &BOTH_LANES, HIDDEN).await }
    });
    placed.queue.done(&turned_away).await;

    let again = waiting.await.unwrap();
    assert_eq!(again.job, job);
    placed.queue.done(&again).await;
    let nothing = placed.queue.receive(&BOTH_LANES, HIDDEN);
    assert!(tokio::time::timeout(SHORT, nothing).await.is_err(), "the third offer was a third message");
}

#[tokio::test]
async fn a_job_offered_before_its_message_is_due_comes_now() {
    let placed = Place::InProcess.queue().await;
    let job = JobId::random();
    placed.queue.send(Lane::Bulk, job, HIDDEN).await.unwrap();
    placed.queue.offer(Lane::Bulk, job);
    let message = next(&placed.queue, &BOTH_LANES, HIDDEN).await;
    assert_eq!((message.job, message.deliveries), (job, 1));
    placed.queue.done(&message).await;
    assert!(is_empty(&placed.queue, Lane::Bulk).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_the_work_without_doubling_it() {
    let redis = ScratchRedis::new();
    let (here, there) = (redis.queue().await, redis.queue().await);
    let (takes, mut taken_by_either) = tokio::sync::mpsc::unbounded_channel();
    let receivers = [here.clone(), there].map(|queue| {
        let takes = takes.clone();
        tokio::spawn(async move {
            loop {
                let message = queue.receive(&BOTH_LANES, HIDDEN).await;
                queue.done(&message).await;
                takes.send(message.job).unwrap();
            }
        })
    });
    let mut sent = BTreeSet::new();
    for _ in 0..50 {
        sent.insert(send(&here, Lane::Interactive).await);
    }

    let mut taken = Vec::new();
    while taken.len() < sent.len() {
        let next = tokio::time::timeout(HIDDEN / 2, taken_by_either.recv()).await;
        taken.push(next.expect("all that was sent is taken").unwrap());
    }
    // What was taken twice would come now, or have taken the place of another.
    drop(tokio::time::timeout(SHORT, taken_by_either.recv()).await.map(|twice| taken.extend(twice)));
    receivers.iter().for_each(|receiver| receiver.abort());
    assert_eq!(taken.len(), sent.len(), "each job is taken by one of them");
    assert_eq!(taken.into_iter().collect::<BTreeSet<_>>(), sent);
    assert!(is_empty(&here, Lane::Interactive).await);
}

/// Lets the spawned receiver reach its wait.
async fn wait_until_blocked() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}
