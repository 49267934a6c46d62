use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mission_control_core::id::GatewayId;
use mission_control_queue::Lane;

/// How many jobs of each gateway run in this worker: a gateway that is slow, or does not answer, takes its own places and
/// nobody else's.
pub(crate) struct Gateways {
    limit: usize,
    /// Those with a job at work or held.
    known: Mutex<HashMap<GatewayId, Load>>,
}

#[derive(Default)]
struct Load {
    running: usize,
    /// A job was turned away: look for it when a place is free again.
    held: bool,
}

/// The right of a job to talk to its gateway; given back when dropped.
pub(crate) struct Place {
    gateways: Arc<Gateways>,
    gateway: Option<GatewayId>,
}

impl Gateways {
    /// At most `limit` jobs of one gateway at the same time, one less of them bulk ones.
    pub(crate) fn new(limit: usize) -> Arc<Gateways> {
        Arc::new(Gateways { limit: limit.max(1), known: Mutex::default() })
    }

    /// A place for a job; none, and it is noted that one waits, when the gateway has as many as it may.
    pub(crate) fn enter(self: &Arc<Self>, gateway: Option<GatewayId>, lane: Lane) -> Option<Place> {
        if let Some(id) = gateway {
            let mut known = self.known();
            let load = known.entry(id).or_default();
            if load.running >= self.limit_of(lane) {
                load.held = true;
                return None;
            }
            load.running += 1;
        }
        Some(Place { gateways: Arc::clone(self), gateway })
    }

    /// The gateways that have no place for a job of this lane.
    pub(crate) fn full(&self, lane: Lane) -> Vec<GatewayId> {
        let limit = self.limit_of(lane);
        self.known().iter().filter(|(_, load)| load.running >= limit).map(|(id, _)| *id).collect()
    }

    /// Notes that a job of the gateway waits.
    pub(crate) fn hold(&self, gateway: GatewayId) {
        self.known().entry(gateway).or_default().held = true;
    }

    /// How many jobs to look for, now that a place of the gateway is free: none unless one was turned away.
    pub(crate) fn wanted(&self, gateway: GatewayId) -> usize {
        let mut known = self.known();
        let Some(load) = known.get_mut(&gateway) else { return 0 };
        let wanted = if load.held { self.limit.saturating_sub(load.running) } else { 0 };
        if wanted > 0 {
            load.held = false;
        }
        if load.running == 0 && !load.held {
            known.remove(&gateway);
        }
        wanted
    }

    fn limit_of(&self, lane: Lane) -> usize {
        match lane {
            Lane::Interactive => self.limit,
            Lane::Bulk => (self.limit - 1).max(1),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<GatewayId, Load>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(gateway) = self.gateway else { return };
        let mut known = self.gateways.known();
        if let Some(load) = known.get_mut(&gateway) {
            load.running = load.running.saturating_sub(1);
            if load.running == 0 && !load.held {
                known.remove(&gateway);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_jobs_leave_a_place_to_interactive_ones_and_other_gateways_have_places_of_their_own() {
        let gateways = Gateways::new(3);
        let (busy, other) = (Some(GatewayId::random()), Some(GatewayId::random()));
        let places: Vec<_> = (0..2).filter_map(|_| gateways.enter(busy, Lane::Bulk)).collect();
        assert_eq!(places.len(), 2);
        assert!(gateways.enter(busy, Lane::Bulk).is_none());
        let urgent = gateways.enter(busy, Lane::Interactive);
        assert!(urgent.is_some());
        assert!(gateways.enter(busy, Lane::Interactive).is_none());
        assert!(gateways.enter(other, Lane::Bulk).is_some());
        assert!(gateways.enter(None, Lane::Bulk).is_some());
        assert_eq!(gateways.full(Lane::Interactive), busy.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_job_that_was_turned_away_is_looked_for_once_when_a_place_is_free() {
        let gateways = Gateways::new(1);
        let id = GatewayId::random();
        let place = gateways.enter(Some(id), Lane::Bulk);
        assert_eq!(gateways.wanted(id), 0, "nobody waits");
        assert!(gateways.enter(Some(id), Lane::Bulk).is_none());
        assert_eq!(gateways.wanted(id), 0, "nothing is free");
        drop(place);
        assert_eq!(gateways.wanted(id), 1);
        assert_eq!(gateways.wanted(id), 0);
        assert!(gateways.known().is_empty(), "a gateway without jobs is forgotten");
    }
}
