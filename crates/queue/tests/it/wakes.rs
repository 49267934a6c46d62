use std::time::{Duration, Instant};

use mission_control_core::id::JobId;
use mission_control_core::time::Timestamp;
use mission_control_queue::{Lane, Queue, Wakeup};
use rstest::rstest;
use tokio::sync::broadcast::Receiver;

use crate::scratch::{BOTH_LANES, HIDDEN, Place, ScratchRedis, assert_prompt, next};

async fn heard(wakes: &mut Receiver<Wakeup>) -> Wakeup {
    tokio::time::timeout(Duration::from_secs(10), wakes.recv()).await.expect("a wake-up within 10 s").unwrap()
}

#[rstest]
#[tokio::test]
async fn what_a_commit_hands_in_reaches_lanes_and_subscribers(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let placed = place.queue().await;
    let mut wakes = placed.queue.subscribe();
    let (queued, finished) = (JobId::random(), JobId::random());
    let run_at = Timestamp::now();
    let hook = placed.queue.hook();
    hook.send(Wakeup::JobQueued { id: queued, lane: Lane::Bulk, run_at }).unwrap();
    hook.send(Wakeup::JobFinished { id: finished }).unwrap();

    assert_eq!(next(&placed.queue, &BOTH_LANES, HIDDEN).await.job, queued);
    assert!(matches!(heard(&mut wakes).await, Wakeup::JobQueued { id, .. } if id == queued));
    assert_eq!(heard(&mut wakes).await, Wakeup::JobFinished { id: finished });
}

#[tokio::test]
async fn a_job_handed_in_for_later_is_delayed() {
    let queue = Queue::in_process();
    let (start, wait) = (Instant::now(), Duration::from_millis(150));
    let run_at = Timestamp::now().plus(wait);
    queue.hook().send(Wakeup::JobQueued { id: JobId::random(), lane: Lane::Bulk, run_at }).unwrap();
    next(&queue, &BOTH_LANES, HIDDEN).await;
    assert!(start.elapsed() >= wait - Duration::from_millis(5), "came after {:?}", start.elapsed());
}

#[tokio::test]
async fn a_burst_of_events_is_announced_by_the_newest_number() {
    let queue = Queue::in_process();
    let mut wakes = queue.subscribe();
    let hook = queue.hook();
    for seq in [1, 2, 5, 4] {
        hook.send(Wakeup::Event { seq }).unwrap();
    }
    assert_eq!(heard(&mut wakes).await, Wakeup::Event { seq: 5 });
    hook.send(Wakeup::Event { seq: 6 }).unwrap();
    assert_eq!(heard(&mut wakes).await, Wakeup::Event { seq: 6 });
}

#[tokio::test]
async fn a_wake_up_reaches_other_processes_and_each_hears_it_once() {
    let redis = ScratchRedis::new();
    let (here, there) = (redis.queue().await, redis.queue().await);
    let (mut at_home, mut abroad) = (here.subscribe(), there.subscribe());
    for seq in [7, 8] {
        here.publish(Wakeup::Event { seq }).await;
    }
    there.publish(Wakeup::Event { seq: 9 }).await;

    // The answer of the other process proves that nothing of ours came back in between.
    for seq in [7, 8, 9] {
        assert_eq!(heard(&mut at_home).await, Wakeup::Event { seq });
    }
    let mut far = [heard(&mut abroad).await, heard(&mut abroad).await, heard(&mut abroad).await];
    far.sort_by_key(|wake| if let Wakeup::Event { seq } = wake { *seq } else { 0 });
    assert_eq!(far, [7, 8, 9].map(|seq| Wakeup::Event { seq }));
}

#[tokio::test]
async fn deployments_with_other_names_do_not_hear_each_other() {
    let (ours, theirs) = (ScratchRedis::new(), ScratchRedis::new());
    let (here, other) = (ours.queue().await, theirs.queue().await);
    let second = ours.queue().await;
    let mut wakes = second.subscribe();
    other.publish(Wakeup::Event { seq: 1 }).await;
    here.publish(Wakeup::Event { seq: 2 }).await;
    assert_eq!(heard(&mut wakes).await, Wakeup::Event { seq: 2 });
}

#[tokio::test]
async fn a_job_sent_by_another_process_is_received_without_waiting_for_the_next_look() {
    let redis = ScratchRedis::new();
    let (here, there) = (redis.queue().await, redis.queue().await);
    assert_prompt(async || {
        let queue = there.clone();
        let receiver = tokio::spawn(async move {
            let message = next(&queue, &BOTH_LANES, HIDDEN).await;
            let at = Instant::now();
            queue.done(&message).await;
            at
        });
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        here.send(Lane::Interactive, JobId::random(), Duration::ZERO).await.unwrap();
        let sent = Instant::now();
        receiver.await.unwrap().saturating_duration_since(sent)
    })
    .await;
}
