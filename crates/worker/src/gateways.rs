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
    interactive: usize,
    bulk: usize,
    /// A job was turned away: look for it when a place is free again.
    held: bool,
}

impl Load {
    fn of(&mut self, lane: Lane) -> &mut usize {
        match lane {
            Lane::Interactive => &mut self.interactive,
            Lane::Bulk | Lane::Foreign(_) => &mut self.bulk,
        }
    }

    fn is_idle(&self) -> bool {
        self.interactive + self.bulk == 0 && !self.held
    }
}

/// The right of a job to talk to its gateway; given back when dropped.
pub(crate) struct Place {
    gateways: Arc<Gateways>,
    of: Option<(GatewayId, Lane)>,
}

impl Gateways {
    /// At most `limit` jobs of one gateway at the same time, and at most one less of one lane.
    pub(crate) fn new(limit: usize) -> Arc<Gateways> {
        Arc::new(Gateways { limit: limit.max(1), known: Mutex::default() })
    }

    /// A place for a job; none, and it is noted that one waits, when the gateway has as many as it may.
    pub(crate) fn enter(self: &Arc<Self>, gateway: Option<GatewayId>, lane: Lane) -> Option<Place> {
        if let Some(id) = gateway {
            let mut known = self.known();
            let load = known.entry(id).or_default();
            if self.room(load, lane) == 0 {
                load.held = true;
                return None;
            }
            *load.of(lane) += 1;
        }
        Some(Place { gateways: Arc::clone(self), of: gateway.map(|id| (id, lane)) })
    }

    /// The gateways that have no place for a job of this lane.
    pub(crate) fn full(&self, lane: Lane) -> Vec<GatewayId> {
        self.known().iter().filter(|(_, load)| self.room(load, lane) == 0).map(|(id, _)| *id).collect()
    }

    /// Notes that a job of the gateway waits.
    pub(crate) fn hold(&self, gateway: GatewayId) {
        self.known().entry(gateway).or_default().held = true;
    }

    /// How many jobs of each lane to look for, now that a place of the gateway is free: none unless one was turned away.
    pub(crate) fn wanted(&self, gateway: GatewayId) -> Vec<(Lane, usize)> {
        let mut known = self.known();
        let Some(load) = known.get_mut(&gateway) else { return Vec::new() };
        let mut wanted = Vec::new();
        if load.held {
            wanted.extend([Lane::Interactive, Lane::Bulk].map(|lane| (lane, self.room(load, lane))));
            wanted.retain(|(_, room)| *room > 0);
        }
        if !wanted.is_empty() {
            load.held = false;
        }
        if load.is_idle() {
            known.remove(&gateway);
        }
        wanted
    }

    /// How many more jobs of this lane may run. Each lane leaves a place to the other: nobody who waits for an answer waits
    /// for a thousand deliveries, and those go on while fifty agents are being set up.
    fn room(&self, load: &Load, lane: Lane) -> usize {
        let (own, other) = match lane {
            Lane::Interactive => (load.interactive, load.bulk),
            Lane::Bulk | Lane::Foreign(_) => (load.bulk, load.interactive),
        };
        let most = (self.limit - 1).max(1);
        self.limit.saturating_sub(own + other).min(most.saturating_sub(own))
    }

    fn known(&self) -> MutexGuard<'_, HashMap<GatewayId, Load>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((gateway, lane)) = self.of else { return };
        let mut known = self.gateways.known();
        if let Some(load) = known.get_mut(&gateway) {
            let running = load.of(lane);
            *running = running.saturating_sub(1);
            if load.is_idle() {
                known.remove(&gateway);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Lane::Bulk, Lane::Interactive)]
    #[case(Lane::Interactive, Lane::Bulk)]
    fn each_lane_leaves_a_place_to_the_other_and_gateways_have_places_of_their_own(
        #[case] many: Lane,
        #[case] few: Lane,
    ) {
        let gateways = Gateways::new(3);
        let (busy, other) = (Some(GatewayId::random()), Some(GatewayId::random()));
        let places: Vec<_> = (0..2).filter_map(|_| gateways.enter(busy, many)).collect();
        assert_eq!(places.len(), 2);
        assert!(gateways.enter(busy, many).is_none());
        assert_eq!((gateways.full(many), gateways.full(few)), (Vec::from_iter(busy), vec![]));
        let left = gateways.enter(busy, few);
        assert!(left.is_some());
        assert!(gateways.enter(busy, few).is_none());
        assert_eq!(gateways.full(few), Vec::from_iter(busy));
        assert!(gateways.enter(other, many).is_some());
        assert!(gateways.enter(None, many).is_some());
    }

    #[test]
    fn what_is_looked_for_is_what_there_is_room_for() {
        let gateways = Gateways::new(3);
        let id = GatewayId::random();
        let _urgent: Vec<_> = (0..2).filter_map(|_| gateways.enter(Some(id), Lane::Interactive)).collect();
        assert!(gateways.enter(Some(id), Lane::Interactive).is_none());
        assert_eq!(gateways.wanted(id), [(Lane::Bulk, 1)]);
    }

    #[test]
    fn a_job_that_was_turned_away_is_looked_for_once_when_a_place_is_free() {
        let gateways = Gateways::new(1);
        let id = GatewayId::random();
        let place = gateways.enter(Some(id), Lane::Bulk);
        assert_eq!(gateways.wanted(id), [], "nobody waits");
        assert!(gateways.enter(Some(id), Lane::Bulk).is_none());
        assert_eq!(gateways.wanted(id), [], "nothing is free");
        drop(place);
        assert_eq!(gateways.wanted(id), [(Lane::Interactive, 1), (Lane::Bulk, 1)]);
        assert_eq!(gateways.wanted(id), []);
        assert!(gateways.known().is_empty(), "a gateway without jobs is forgotten");
    }
}
