//! What models used, where a gateway tells the sums of a session alone.

use mission_control_core::id::GatewayId;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{CallTokens, ModelTotals};
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, StoreResult, Tx, gateways, runs, usage};

use super::keep::store;
use super::ledger::{entry, summed};
use super::recorder::Recorder;
use crate::agents::presence;
use crate::budgets::{Spent, spent};
use crate::naming::Named;

impl Recorder {
    /// Writes down what the models used in a session since it was last asked; it counts for the last run of the session.
    ///
    /// # Errors
    /// The database's.
    pub async fn learn_totals(
        &self,
        session: &str,
        totals: Vec<(String, ModelTotals)>,
    ) -> Result<(), StoreError> {
        let (gateway, session) = (self.gateway, session.to_owned());
        self.fleet.db().write(move |tx| write(tx, gateway, &session, &totals)).await
    }
}

fn write(
    tx: &mut Tx<'_>,
    gateway: GatewayId,
    session: &str,
    totals: &[(String, ModelTotals)],
) -> StoreResult<()> {
    let Some(gateway) = gateways::find(tx, gateway)? else { return Ok(()) };
    let Some(named) = Named::of_session(session) else { return Ok(()) };
    let Some(agent) = presence::named(tx, gateway.id, named)? else { return Ok(()) };
    let now = Timestamp::now();
    let run = match runs::latest_in(tx, gateway.id, session, now)? {
        Some(id) => runs::lock(tx, id)?,
        None => None,
    };
    let mut new_entries = Vec::new();
    for (transcript, model) in totals {
        let known = usage::of_session(tx, gateway.id, transcript, &model.provider, &model.model)?;
        let told = model.tokens();
        let new = CallTokens {
            input: told.input.saturating_sub(known.0),
            output: told.output.saturating_sub(known.1),
            cache_read: told.cache_read.saturating_sub(known.2),
            cache_write: told.cache_write.saturating_sub(known.3),
        };
        // Sums that fell are those of a transcript that was cut: nothing is ever taken back.
        let grew = [new.input, new.output, new.cache_read, new.cache_write].iter().all(|count| *count >= 0);
        if !grew || new.total() == 0 {
            continue;
        }
        let cost = model.cost_micros().map(|cost| cost.saturating_sub(known.4.unwrap_or(0)));
        let CallTokens { input, output, cache_read, cache_write } = told;
        let key = format!(
            "d:{transcript}:{}:{}:{input}:{output}:{cache_read}:{cache_write}",
            model.provider, model.model
        );
        let words = (model.provider.as_str(), model.model.as_str());
        let entry = entry(&gateway, &agent, run.as_ref(), (key, transcript.clone()), words, now, (new, cost));
        if usage::insert(tx, &entry)? {
            new_entries.push(Spent::of_entry(&entry));
        }
    }
    spent(tx, gateway.organization_id, &new_entries)?;
    let Some(stored) = run else { return Ok(()) };
    let mut run = stored.clone();
    let model = totals.last().map(|(_, model)| model);
    run.model = run.model.or_else(|| model.map(|model| model.model.clone()));
    run.provider = run.provider.or_else(|| model.map(|model| model.provider.clone()));
    summed(tx, &mut run)?;
    store(tx, &run, &stored, Event::RunUpdated)
}
