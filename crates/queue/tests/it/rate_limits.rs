use std::time::{Duration, Instant};

use mission_control_core::config::{RateLimitBackend, RateLimitSettings};
use mission_control_queue::RateLimiter;
use rstest::rstest;

use crate::scratch::{Place, ScratchRedis};

const MINUTE: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(200);

async fn shared(redis: &ScratchRedis) -> RateLimiter {
    let settings = redis.settings();
    let backend = RateLimitBackend::Redis(settings.redis_url.expect("a scratch Redis has a URL"));
    RateLimiter::open(&RateLimitSettings { backend }, &settings.name).await.expect("Redis answers")
}

async fn limiter(place: Place) -> (RateLimiter, Option<ScratchRedis>) {
    match place {
        Place::InProcess => (RateLimiter::in_process(), None),
        Place::Redis => {
            let redis = ScratchRedis::new();
            (shared(&redis).await, Some(redis))
        }
    }
}

#[rstest]
#[tokio::test]
async fn attempts_up_to_the_limit_are_allowed_and_then_refused_with_the_time_to_wait(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let (limiter, _redis) = limiter(place).await;
    for left in [2, 1, 0] {
        let decision = limiter.check("somebody", 3, MINUTE).await;
        assert!(decision.allowed);
        assert_eq!((decision.remaining, decision.retry_after), (left, Duration::ZERO));
    }
    let refused = limiter.check("somebody", 3, MINUTE).await;
    assert!(!refused.allowed);
    assert_eq!(refused.remaining, 0);
    assert!(
        refused.retry_after > MINUTE - Duration::from_secs(10) && refused.retry_after <= MINUTE,
        "{refused:?}"
    );

    assert!(limiter.check("somebody else", 3, MINUTE).await.allowed, "subjects are counted apart");
}

#[rstest]
#[tokio::test]
async fn after_the_time_to_wait_an_attempt_is_allowed(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let (limiter, _redis) = limiter(place).await;
    let refused = loop {
        let began = Instant::now();
        limiter.check("k", 1, SHORT).await;
        let second = limiter.check("k", 1, SHORT).await;
        // On a busy machine the window may be over before the second attempt.
        if began.elapsed() < SHORT || !second.allowed {
            break second;
        }
    };
    assert!(!refused.allowed);
    tokio::time::sleep(refused.retry_after + Duration::from_millis(5)).await;
    assert!(limiter.check("k", 1, SHORT).await.allowed);
}

#[rstest]
#[tokio::test]
async fn refused_attempts_do_not_keep_the_window_closed(
    #[values(Place::InProcess, Place::Redis)] place: Place,
) {
    let (limiter, _redis) = limiter(place).await;
    // The window begins with the attempt, which is after this.
    let opens = Instant::now() + SHORT;
    assert!(limiter.check("k", 1, SHORT).await.allowed);
    while !limiter.check("k", 1, SHORT).await.allowed {
        assert!(opens.elapsed() < Duration::from_secs(20), "hammering prolongs it");
    }
    assert!(Instant::now() + Duration::from_millis(20) >= opens, "it opened too early");
}

#[rstest]
#[tokio::test]
async fn a_limit_of_zero_allows_nothing(#[values(Place::InProcess, Place::Redis)] place: Place) {
    let (limiter, _redis) = limiter(place).await;
    for _ in 0..2 {
        assert!(!limiter.check("k", 0, MINUTE).await.allowed);
    }
}

#[tokio::test]
async fn two_processes_count_together() {
    let redis = ScratchRedis::new();
    let (here, there) = (shared(&redis).await, shared(&redis).await);
    assert!(here.check("k", 2, MINUTE).await.allowed);
    assert!(there.check("k", 2, MINUTE).await.allowed);
    assert!(!here.check("k", 2, MINUTE).await.allowed);
    assert!(!there.check("k", 2, MINUTE).await.allowed);
}

#[tokio::test]
async fn counting_goes_on_after_scripts_and_connections_were_lost() {
    let redis = ScratchRedis::new();
    let limiter = shared(&redis).await;
    assert!(limiter.check("k", 1, MINUTE).await.allowed);
    redis.admin(&["SCRIPT", "FLUSH"]);
    redis.kill_connections();
    assert!(!limiter.check("k", 1, MINUTE).await.allowed);
}

#[tokio::test]
async fn while_redis_is_away_every_attempt_is_allowed() {
    let redis = ScratchRedis::new();
    let limiter = shared(&redis).await;
    assert!(limiter.check("k", 1, MINUTE).await.allowed);
    redis.go_away();
    assert!(limiter.check("k", 1, MINUTE).await.allowed);
    assert!(limiter.health().await.is_err());
}
