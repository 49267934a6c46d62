//! One transaction of news: which run each is about, and what becomes of it.

use std::collections::{BTreeMap, HashMap};

use mission_control_core::id::{AgentMessageId, GatewayId, RunId};
use mission_control_core::models::{Agent, Gateway, MessageKind, Run, RunTrigger, UsageEntry};
use mission_control_core::rules::runs::{RunEnding, RunFact, is_settled, note};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{ModelCall, TurnEnding, TurnFact};
use mission_control_shapes::events::Event;
use mission_control_store::{StoreResult, Tx, gateways, messages, runs, usage};

use super::keep::store;
use super::{ledger, steps};
use crate::agents::presence;
use crate::budgets::{Spent, spent};
use crate::naming::{CRON, Named, WAKE};

/// How news came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// As it happened.
    Live,
    /// Later, from the history of a session.
    Later,
}

/// News of a turn, as it is written down.
pub(super) struct Heard {
    pub(super) run: Option<String>,
    pub(super) session: String,
    pub(super) session_id: Option<String>,
    pub(super) at: Timestamp,
    pub(super) heartbeat: Option<bool>,
    /// What a tool was called with, without secrets.
    pub(super) arguments: Option<String>,
    pub(super) fact: TurnFact,
}

/// A run of the transaction: as it is now, and as it is stored.
struct Entry {
    run: Run,
    stored: Run,
    is_new: bool,
    /// Whether the ledger has something new of it.
    used: bool,
}

/// What a transaction has read and changed.
pub(super) struct Book<'a, 'b> {
    tx: &'a mut Tx<'b>,
    gateway: Gateway,
    seen: Seen,
    agents: HashMap<String, Option<Agent>>,
    runs: BTreeMap<RunId, Entry>,
    ended: Vec<String>,
    /// What counts for budgets.
    spent: Vec<Spent>,
}

impl<'a, 'b> Book<'a, 'b> {
    /// Writes news down; returns the sessions in which a run came to its end.
    pub(super) fn write(
        tx: &'a mut Tx<'b>,
        gateway: GatewayId,
        news: Vec<Heard>,
        seen: Seen,
    ) -> StoreResult<Vec<String>> {
        let Some(gateway) = gateways::find(tx, gateway)? else { return Ok(Vec::new()) };
        let mut book = Self {
            tx,
            gateway,
            seen,
            agents: HashMap::new(),
            runs: BTreeMap::new(),
            ended: Vec::new(),
            spent: Vec::new(),
        };
        for news in news {
            book.note(news)?;
        }
        book.close()
    }

    fn note(&mut self, news: Heard) -> StoreResult<()> {
        let Some(agent) = self.agent(&news.session)? else { return Ok(()) };
        let run = self.run(&news, &agent)?;
        if let TurnFact::Called(call) = &news.fact {
            self.count(&news, call, &agent, run)?;
        }
        let Some(entry) = run.and_then(|id| self.runs.get_mut(&id)) else { return Ok(()) };
        let run = &mut entry.run;
        if news.session_id.is_some() {
            run.session_id.clone_from(&news.session_id);
        }
        run.trigger_kind = match (run.trigger_kind, news.heartbeat) {
            (RunTrigger::Unknown, Some(true)) => RunTrigger::Heartbeat,
            (RunTrigger::Unknown, Some(false)) => RunTrigger::Person,
            (known, _) => known,
        };
        run.events_complete &= self.seen == Seen::Live || is_settled(run);
        let was_settled = is_settled(run);
        if let TurnFact::Called(call) = &news.fact {
            run.model.get_or_insert_with(|| call.model.clone());
            run.provider.get_or_insert_with(|| call.provider.clone());
        }
        if let Some(fact) = meaning(&news.fact) {
            note(run, &fact, news.at);
        }
        match &news.fact {
            TurnFact::ToolBegan(call) => steps::began(self.tx, run, call, news.arguments, news.at)?,
            TurnFact::ToolEnded(end) => steps::ended(self.tx, run, end, news.at)?,
            _ => {}
        }
        if !was_settled && is_settled(run) {
            steps::close(self.tx, run, news.at)?;
            self.ended.push(news.session);
        }
        Ok(())
    }

    /// The agent whose session it is, if it is one of ours.
    fn agent(&mut self, session: &str) -> StoreResult<Option<Agent>> {
        if let Some(known) = self.agents.get(session) {
            return Ok(known.clone());
        }
        let found = match Named::of_session(session) {
            Some(named) => presence::named(self.tx, self.gateway.id, named)?,
            None => None,
        };
        self.agents.insert(session.to_owned(), found.clone());
        Ok(found)
    }

    /// The run that the news are about. One that the gateway names begins to exist with the first word of it; where it is
    /// not named, it is the last one of its session.
    fn run(&mut self, news: &Heard, agent: &Agent) -> StoreResult<Option<RunId>> {
        let Some(name) = &news.run else { return self.last_of(news) };
        let is_it = |entry: &&Entry| entry.run.gateway_run_id.as_ref() == Some(name);
        if let Some(entry) = self.runs.values().find(is_it) {
            return Ok(Some(entry.run.id));
        }
        let found = runs::lock_of_gateway(self.tx, self.gateway.id, name)?;
        let (run, is_new) = match found {
            Some(run) => (run, false),
            None => {
                let run = self.new_run(news, name, agent)?;
                match runs::insert(self.tx, &run)? {
                    true => {
                        self.spent.push(Spent::of_run(&run));
                        (run, true)
                    }
                    // Another process made it meanwhile.
                    false => match runs::lock_of_gateway(self.tx, self.gateway.id, name)? {
                        Some(run) => (run, false),
                        None => return Ok(None),
                    },
                }
            }
        };
        Ok(Some(self.open(run, is_new)))
    }

    fn open(&mut self, run: Run, is_new: bool) -> RunId {
        let id = run.id;
        self.runs.insert(id, Entry { stored: run.clone(), run, is_new, used: false });
        id
    }

    fn last_of(&mut self, news: &Heard) -> StoreResult<Option<RunId>> {
        let at = if self.seen == Seen::Live { Timestamp::now() } else { news.at };
        let Some(id) = runs::latest_in(self.tx, self.gateway.id, &news.session, at)? else { return Ok(None) };
        if !self.runs.contains_key(&id) {
            let Some(run) = runs::lock(self.tx, id)? else { return Ok(None) };
            self.open(run, false);
        }
        Ok(Some(id))
    }

    fn new_run(&mut self, news: &Heard, name: &str, agent: &Agent) -> StoreResult<Run> {
        let mut run =
            Run::new(self.gateway.organization_id, self.gateway.id, agent.id, news.session.clone(), news.at);
        run.gateway_run_id = Some(name.to_owned());
        run.board_id = agent.board_id;
        let message = name.split(':').next().and_then(|id| id.parse::<AgentMessageId>().ok());
        let message = match message {
            Some(id) => messages::find(self.tx, id)?.filter(|message| message.agent_id == agent.id),
            None => None,
        };
        run.trigger_kind = match &message {
            Some(message) if message.kind == MessageKind::Webhook => RunTrigger::Webhook,
            Some(_) => RunTrigger::Message,
            None if name.starts_with(WAKE) => RunTrigger::Wake,
            None if name.starts_with(CRON) => RunTrigger::Cron,
            None => RunTrigger::Unknown,
        };
        run.task_id = message.as_ref().and_then(|message| message.task_id);
        run.message_id = message.map(|message| message.id);
        Ok(run)
    }

    fn count(
        &mut self,
        news: &Heard,
        call: &ModelCall,
        agent: &Agent,
        run: Option<RunId>,
    ) -> StoreResult<()> {
        // A call that was stopped is told with nothing used.
        if call.tokens.total() == 0 {
            return Ok(());
        }
        let known = run.and_then(|id| self.runs.get(&id)).map(|entry| &entry.run);
        let session = news.session_id.as_ref().or(known.and_then(|run| run.session_id.as_ref()));
        let session = session.unwrap_or(&news.session).clone();
        let entry = UsageEntry {
            response_id: call.response_id.clone(),
            ..ledger::entry(
                &self.gateway,
                agent,
                known,
                (format!("m:{session}:{}", call.id), session),
                (&call.provider, &call.model),
                news.at,
                (call.tokens, call.cost_micros),
            )
        };
        if let Some(entry) = run.and_then(|id| self.runs.get_mut(&id)) {
            entry.used = true;
        }
        if usage::insert(self.tx, &entry)? {
            self.spent.push(Spent::of_entry(&entry));
        }
        Ok(())
    }

    /// Stores what changed, and tells streams.
    fn close(self) -> StoreResult<Vec<String>> {
        let Self { tx, gateway, runs: entries, ended, spent: new, .. } = self;
        for Entry { mut run, stored, is_new, used } in entries.into_values() {
            if used {
                ledger::summed(tx, &mut run)?;
            }
            let event = if is_new { Event::RunCreated } else { Event::RunUpdated };
            store(tx, &run, &stored, event)?;
        }
        spent(tx, gateway.organization_id, &new)?;
        Ok(ended)
    }
}

/// What a fact of the gateway means for the run as a whole.
fn meaning(fact: &TurnFact) -> Option<RunFact> {
    Some(match fact {
        TurnFact::Asked => RunFact::Asked,
        TurnFact::Began => RunFact::Began,
        TurnFact::GoesOn | TurnFact::ToolBegan(_) => RunFact::GoesOn,
        TurnFact::Answers { provider, model } => {
            RunFact::Answers { provider: provider.clone(), model: model.clone() }
        }
        TurnFact::ToolEnded(_) => RunFact::Proceeds,
        // The message of an answer may be told after the question that it led to.
        TurnFact::Called(_) => RunFact::GoesOn,
        TurnFact::Ended { how, stop_reason, error } => RunFact::Ended {
            how: match how {
                TurnEnding::Done => RunEnding::Done,
                TurnEnding::Failed => RunEnding::Error,
                TurnEnding::Aborted => RunEnding::Aborted,
            },
            stop_reason: stop_reason.clone(),
            error: error.clone(),
        },
    })
}
