//! Turns, what they use, and commands that wait: heard as they happen, and caught up with after an absence.

use std::collections::HashSet;
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::limits::RUN_FACTS;
use mission_control_fleet::runs::{self, Recorder, Seen};
use mission_control_fleet::{Fleet, exec_approvals, naming};
use mission_control_gateway_rpc::{
    ApprovalResolved, Client, Event, ExecApproval, Features, ListApprovals, Signal, SubscribeMessages,
    TurnNews, Usage,
};
use mission_control_store::{StoreError, agents};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

/// How long news are gathered before they are written down together.
const GATHER: Duration = Duration::from_millis(250);
/// How often to look for new sessions, and for what nothing is heard of.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How often sums are asked for while a gateway still counts.
const COUNT_AGAIN: [Duration; 4] =
    [Duration::from_secs(0), Duration::from_secs(2), Duration::from_secs(5), Duration::from_secs(15)];

/// Follows the turns of a gateway's agents until its connection is closed for good.
pub(crate) async fn follow(fleet: Fleet, gateway: GatewayId, client: Client) {
    let (ended, counts) = unbounded_channel();
    let hear = hear(Recorder::new(fleet.clone(), gateway), client.clone(), ended.clone());
    let keep_up = keep_up(fleet.clone(), gateway, client.clone(), ended);
    let count = count(Recorder::new(fleet, gateway), client, counts);
    tokio::join!(hear, keep_up, count);
}

/// Writes down events as they come.
async fn hear(mut recorder: Recorder, client: Client, ended: UnboundedSender<String>) {
    let mut events = client.events();
    let mut news: Vec<TurnNews> = Vec::new();
    let mut ticks = interval(GATHER);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            event = events.next_event() => {
                let Some(event) = event else { return };
                if let Err(error) = approval(&mut recorder, &event).await {
                    tracing::warn!(gateway_id = %recorder.gateway(), %error, "command not written down");
                }
                news.extend(TurnNews::of_event(&event));
                if news.len() < RUN_FACTS {
                    continue;
                }
                ticks.reset();
            }
            _ = ticks.tick() => {}
        }
        write_down(&mut recorder, &mut news, &ended).await;
    }
}

async fn write_down(recorder: &mut Recorder, news: &mut Vec<TurnNews>, ended: &UnboundedSender<String>) {
    if news.is_empty() {
        return;
    }
    match recorder.learn(news.clone(), Seen::Live).await {
        // Nobody counts any more when the connection is closed.
        Ok(learned) => {
            news.clear();
            learned.ended.into_iter().for_each(|session| drop(ended.send(session)));
        }
        // They are tried again, as long as there are not too many.
        Err(error) => {
            tracing::warn!(gateway_id = %recorder.gateway(), %error, "turns not written down");
            news.truncate(RUN_FACTS / 2);
        }
    }
}

async fn approval(recorder: &mut Recorder, event: &Event) -> Result<(), StoreError> {
    if let Some(asked) = event.told::<ExecApproval>() {
        return exec_approvals::asked(recorder, asked).await;
    }
    match event.told::<ApprovalResolved>() {
        Some(resolved) => exec_approvals::resolved(recorder, resolved).await,
        None => Ok(()),
    }
}

/// Asks for what has to be asked for, reads what was missed, and looks after what nothing is heard of.
async fn keep_up(fleet: Fleet, gateway: GatewayId, client: Client, ended: UnboundedSender<String>) {
    let mut events = client.events();
    let mut recorder = Recorder::new(fleet, gateway);
    let mut subscribed: HashSet<String> = HashSet::new();
    let mut up = client.info().map(|_| Instant::now());
    let mut behind = up.is_some();
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            signal = events.next() => match signal {
                None => return,
                Some(Signal::Event(_)) => continue,
                Some(Signal::Up(_)) => {
                    subscribed.clear();
                    (up, behind) = (Some(Instant::now()), true);
                }
                Some(Signal::Down(_)) => {
                    up = None;
                    continue;
                }
                Some(Signal::Lagged(_)) => behind = up.is_some(),
            },
            _ = looks.tick() => {}
        }
        let since = up.map(|at| at.elapsed());
        match look(&mut recorder, &client, &mut subscribed, since, behind, &ended).await {
            Ok(()) => behind = false,
            Err(error) => tracing::warn!(gateway_id = %gateway, %error, "turns not looked after"),
        }
    }
}

async fn look(
    recorder: &mut Recorder,
    client: &Client,
    subscribed: &mut HashSet<String>,
    up: Option<Duration>,
    behind: bool,
    ended: &UnboundedSender<String>,
) -> Result<(), StoreError> {
    let gateway = recorder.gateway();
    let new = match up {
        Some(_) => subscribe(recorder, client, subscribed).await?,
        None => Vec::new(),
    };
    if behind && up.is_some() {
        if let Ok(waiting) = client.ask(&ListApprovals {}).await {
            exec_approvals::still_waiting(recorder, waiting).await?;
        }
        let learned = runs::after_absence(recorder, client, None).await?;
        learned.ended.into_iter().for_each(|session| drop(ended.send(session)));
    } else if !new.is_empty() {
        // What was said there before anybody asked for it.
        runs::after_absence(recorder, client, Some(&new)).await?;
    }
    exec_approvals::expire(recorder.fleet(), gateway).await?;
    let silent = runs::sweep(recorder.fleet(), gateway, up).await?;
    if up.is_some() && !silent.is_empty() {
        runs::after_absence(recorder, client, Some(&silent)).await?;
    }
    Ok(())
}

/// Asks for everything of the sessions of our agents, and returns those that it is told of from now on. A session that is not
/// there yet is asked for again.
async fn subscribe(
    recorder: &Recorder,
    client: &Client,
    subscribed: &mut HashSet<String>,
) -> Result<Vec<String>, StoreError> {
    let Some(info) = client.info() else { return Ok(Vec::new()) };
    if !Features::of(&info, None).subscribes_sessions() {
        return Ok(Vec::new());
    }
    let mut new = Vec::new();
    let gateway = recorder.gateway();
    let agents = recorder.fleet().db().read(move |conn| agents::of_gateway(conn, gateway)).await?;
    for agent in agents.iter().filter(|agent| agent.openclaw_session_id.is_some()) {
        let session = naming::session_key(agent);
        if !subscribed.contains(&session) && client.ask(&SubscribeMessages { key: &session }).await.is_ok() {
            subscribed.insert(session.clone());
            new.push(session);
        }
    }
    Ok(new)
}

/// Asks for the sums of sessions in which a turn ended, where a gateway tells these alone.
async fn count(recorder: Recorder, client: Client, mut ended: UnboundedReceiver<String>) {
    while let Some(session) = ended.recv().await {
        let tells = client.info().is_some_and(|info| Features::of(&info, None).tells_usage_of_calls());
        if tells {
            continue;
        }
        for pause in COUNT_AGAIN {
            sleep(pause).await;
            let Ok(Usage::Counted(totals)) = client.session_usage(&session).await else { continue };
            if let Err(error) = recorder.learn_totals(&session, totals).await {
                tracing::warn!(gateway_id = %recorder.gateway(), %error, "usage not written down");
            }
            break;
        }
    }
}
