//! Nothing is lost while everything is killed: processes, Redis, PostgreSQL and the gateway, in the middle of their work.
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `CHAOS_JOBS` | jobs to be done | 250 |
//! | `CHAOS_KILLS` | deaths of the one process on SQLite | 8 |
//!
//! `scripts/chaos` runs the long form.

mod blows;
mod front;
mod load;
mod site;
mod verdict;

use std::time::Duration;

use mission_control_simulator::{AgentBehaviour, Fault, FaultScript, Simulator, SimulatorConfig, Trigger};
use mission_control_testkit::servers::{PostgresServer, RedisServer};
use mission_control_testkit::skip::skipped;
use rand::random_range;

use self::blows::Blows;
use self::load::Load;
use self::site::Site;
use self::verdict::Verdict;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_everything_is_killed() {
    let (Some(postgres), Some(redis)) = (PostgresServer::start().await, RedisServer::start().await) else {
        return skipped("PostgreSQL or Redis is not installed");
    };
    let gateway = gateway().await;
    let site = Site::scaled_out(&postgres.url(), &redis.url()).await;
    let load = Load::prepare(&site, &gateway, wanted("CHAOS_JOBS", 250)).await;

    gateway.set_faults(trouble());
    let mut blows = Blows::new(site, postgres, redis);
    let posted = blows.until(&gateway, load.post()).await;
    blows.until(&gateway, load.mostly_done(&posted)).await;
    gateway.set_faults(FaultScript::default());
    println!("{blows}");

    let verdict = Verdict::wait_for(&load, &posted, &gateway).await;
    println!("{verdict}");
    verdict.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_the_one_process_is_killed_again_and_again() {
    let gateway = gateway().await;
    let mut site = Site::one_process().await;
    let load = Load::prepare(&site, &gateway, wanted("CHAOS_JOBS", 250) / 2).await;

    gateway.set_faults(trouble());
    let kills = wanted("CHAOS_KILLS", 8);
    let posting = load.post();
    let killing = async {
        for _ in 0..kills {
            tokio::time::sleep(Duration::from_millis(random_range(200..2500))).await;
            site.kill_and_restart(0).await;
        }
    };
    let (posted, ()) = tokio::join!(posting, killing);
    gateway.set_faults(FaultScript::default());
    println!("killed the process {kills} times");

    let verdict = Verdict::wait_for(&load, &posted, &gateway).await;
    println!("{verdict}");
    verdict.check();
}

async fn gateway() -> Simulator {
    let config = SimulatorConfig { agent_behaviour: AgentBehaviour::CheckIn, ..SimulatorConfig::default() };
    Simulator::start(config).await.unwrap()
}

/// What goes wrong with some of the requests to the gateway.
fn trouble() -> FaultScript {
    let sometimes =
        |method: &str, chance: f64| Trigger { probability: Some(chance), ..Trigger::always(method) };
    FaultScript::one(sometimes("chat.send", 0.01), Fault::RestartMidCall)
        .and(sometimes("*", 0.01), Fault::DropConnection)
        .and(sometimes("*", 0.01), Fault::Close1012)
        .and(sometimes("config.patch", 0.1), Fault::RateLimit { retry_after_ms: 500 })
        .and(sometimes("*", 0.05), Fault::Delay { ms: 200 })
}

fn wanted(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |text| text.parse().expect("a number"))
}
