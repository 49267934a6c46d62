//! What is killed, in no particular order.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::pin;
use std::time::Duration;

use mission_control_simulator::Simulator;
use mission_control_testkit::servers::{PostgresServer, RedisServer};
use rand::random_range;

use super::site::Site;

pub(super) struct Blows {
    site: Site,
    postgres: PostgresServer,
    redis: RedisServer,
    dealt: BTreeMap<&'static str, usize>,
}

impl Blows {
    pub(super) fn new(site: Site, postgres: PostgresServer, redis: RedisServer) -> Blows {
        Blows { site, postgres, redis, dealt: BTreeMap::new() }
    }

    /// Strikes again and again until `work` is done.
    pub(super) async fn until<T>(&mut self, gateway: &Simulator, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            let pause = tokio::time::sleep(Duration::from_millis(random_range(500..4000)));
            tokio::select! {
                done = &mut work => {
                    self.site.revive();
                    return done;
                }
                () = pause => {}
            }
            // The work goes on while servers come back.
            let mut strike = pin!(self.strike(gateway));
            tokio::select! {
                done = &mut work => {
                    strike.await;
                    return done;
                }
                () = &mut strike => {}
            }
        }
    }

    async fn strike(&mut self, gateway: &Simulator) {
        self.site.revive();
        let what = match random_range(0..20) {
            0 => {
                self.postgres.crash_and_recover().await;
                "PostgreSQL killed"
            }
            1 => {
                self.redis.crash_and_recover().await;
                "Redis killed"
            }
            2 => {
                self.redis.flush().await;
                "Redis flushed"
            }
            3 | 4 => {
                gateway.restart();
                "gateway restarted"
            }
            _ => {
                let index = random_range(0..self.site.len());
                self.site.kill_and_restart(index).await;
                self.site.program(index)
            }
        };
        *self.dealt.entry(what).or_default() += 1;
    }
}

impl fmt::Display for Blows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dealt: Vec<_> = self.dealt.iter().map(|(what, count)| format!("{what} {count} ×")).collect();
        write!(f, "killed or restarted: {}", dealt.join(", "))
    }
}
