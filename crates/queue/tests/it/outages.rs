use std::time::{Duration, Instant};

use mission_control_core::config::QueueSettings;
use mission_control_core::id::JobId;
use mission_control_queue::{Lane, Queue, QueueError, Wakeup};

use crate::scratch::{BOTH_LANES, HIDDEN, ScratchRedis, assert_prompt, in_process, is_empty, next, send};

#[tokio::test]
async fn lanes_survive_the_loss_of_their_scripts() {
    let redis = ScratchRedis::new();
    let queue = redis.queue().await;
    // At once: a second look two seconds later might profit from somebody else's reloading.
    assert_prompt(async || {
        let job = send(&queue, Lane::Interactive).await;
        redis.admin(&["SCRIPT", "FLUSH"]);
        let asked = Instant::now();
        let received = next(&queue, &BOTH_LANES, HIDDEN).await;
        let waited = asked.elapsed();
        assert_eq!(received.job, job);
        queue.done(&received).await;
        waited
    })
    .await;
}

#[tokio::test]
async fn lanes_and_wake_ups_survive_the_loss_of_every_connection() {
    let redis = ScratchRedis::new();
    let (queue, other) = (redis.queue().await, redis.queue().await);
    let before = send(&queue, Lane::Interactive).await;
    let mut wakes = other.subscribe();
    redis.kill_connections();

    let message = next(&queue, &BOTH_LANES, HIDDEN).await;
    assert_eq!(message.job, before);
    queue.done(&message).await;
    let after = send(&queue, Lane::Bulk).await;
    assert_eq!(next(&other, &BOTH_LANES, HIDDEN).await.job, after);

    // A subscriber is told that it may have missed something, and hears again.
    let told = tokio::time::timeout(Duration::from_secs(10), async {
        while wakes.recv().await.unwrap() != (Wakeup::Event { seq: 0 }) {}
    });
    told.await.expect("a sign that wake-ups may have been missed");
    queue.publish(Wakeup::Event { seq: 5 }).await;
    let heard = tokio::time::timeout(Duration::from_secs(10), async {
        while wakes.recv().await.unwrap() != (Wakeup::Event { seq: 5 }) {}
    });
    heard.await.expect("wake-ups flow again");
}

#[tokio::test]
async fn a_flushed_redis_loses_messages_and_nothing_else() {
    let redis = ScratchRedis::new();
    let queue = redis.queue().await;
    send(&queue, Lane::Interactive).await;
    redis.wipe();

    assert!(is_empty(&queue, Lane::Interactive).await, "the message is gone, as the test wanted");
    let job = send(&queue, Lane::Interactive).await;
    assert_eq!(next(&queue, &BOTH_LANES, HIDDEN).await.job, job);
}

#[tokio::test]
async fn a_message_that_lost_its_body_does_not_block_the_lane() {
    let redis = ScratchRedis::new();
    let queue = redis.queue().await;
    send(&queue, Lane::Interactive).await;
    redis.admin(&["DEL", &redis.key("-interactive:Q")]);

    let job = send(&queue, Lane::Interactive).await;
    assert_eq!(next(&queue, &BOTH_LANES, HIDDEN).await.job, job);
}

#[tokio::test]
async fn a_message_of_a_stranger_is_thrown_away() {
    let redis = ScratchRedis::new();
    let queue = redis.queue().await;
    redis.admin(&["ZADD", &redis.key("-interactive"), "1", "stranger"]);
    redis.admin(&["HSET", &redis.key("-interactive:Q"), "stranger", "no job id"]);

    let job = send(&queue, Lane::Interactive).await;
    let message = next(&queue, &BOTH_LANES, HIDDEN).await;
    assert_eq!(message.job, job);
    queue.done(&message).await;
    assert!(is_empty(&queue, Lane::Interactive).await);
}

#[tokio::test]
async fn while_redis_is_away_sends_fail_at_once_and_offered_jobs_still_run() {
    let redis = ScratchRedis::new();
    let queue = redis.queue().await;
    redis.go_away();

    let asked = Instant::now();
    for _ in 0..100 {
        let error = queue.send(Lane::Bulk, JobId::random(), Duration::ZERO).await.unwrap_err();
        let line = error.to_string();
        assert!(line.contains("RQ_REDIS_URL") && !line.contains('\n'), "one line with the cure: {line}");
        assert!(!line.contains(redis.password()), "a password in {line}");
    }
    // If each waited for a deadline, they would take minutes.
    assert!(asked.elapsed() < Duration::from_secs(60), "100 failures took {:?}", asked.elapsed());
    assert!(queue.health().await.is_err());

    let job = JobId::random();
    queue.offer(Lane::Interactive, job);
    assert_eq!(next(&queue, &BOTH_LANES, HIDDEN).await.job, job);
}

#[tokio::test]
async fn a_receiver_rides_out_an_outage() {
    let redis = ScratchRedis::new();
    let queue = redis.queue().await;
    redis.go_away();
    let receiver = {
        let queue = queue.clone();
        tokio::spawn(async move { next(&queue, &BOTH_LANES, HIDDEN).await.job })
    };
    assert!(queue.send(Lane::Bulk, JobId::random(), Duration::ZERO).await.is_err());
    redis.come_back();

    let other = redis.queue().await;
    let job = send(&other, Lane::Bulk).await;
    assert_eq!(receiver.await.unwrap(), job);
    assert_eq!(queue.health().await.unwrap().backend, "redis");
}

#[tokio::test]
async fn a_redis_that_is_not_there_at_the_start_is_named_with_the_cure() {
    let settings =
        QueueSettings { redis_url: Some("redis://someone:hunter2@127.0.0.1:1/0".into()), ..in_process() };
    let error = Queue::open(&settings).await.err().expect("nothing listens on port 1");
    let line = error.to_string();
    assert!(line.contains("127.0.0.1:1") && line.contains("RQ_REDIS_URL"), "{line}");
    assert!(!line.contains("hunter2") && !line.contains("someone"), "{line}");
}

#[tokio::test]
async fn a_url_that_is_none_is_a_fault_of_the_settings() {
    let settings = QueueSettings { redis_url: Some("http://localhost".into()), ..in_process() };
    let error = Queue::open(&settings).await.err().expect("refused");
    assert!(matches!(error, QueueError::Url { variable: "RQ_REDIS_URL" }), "{error}");
}

#[tokio::test]
async fn a_cluster_is_refused_at_the_start_by_that_name() {
    let Some(cluster) = mission_control_testkit::servers::RedisServer::start_cluster().await else {
        panic!("Redis is not installed")
    };
    let settings = QueueSettings { redis_url: Some(cluster.url().into()), ..ScratchRedis::new().settings() };
    let Err(refused) = Queue::open(&settings).await else { panic!("it opened") };
    assert!(matches!(refused, QueueError::Cluster { .. }), "{refused}");
    assert!(refused.to_string().contains("RQ_REDIS_URL"), "{refused}");
}
