//! Room for the bodies of callers who have not shown who they are: what all of them send at the same time has a maximum, and
//! so has what one address sends.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use mission_control_core::limits::{STRANGERS_BODIES, STRANGERS_BODIES_OF_ADDRESS};

/// What is being read of strangers.
#[derive(Debug, Default)]
pub struct Bodies(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    all: usize,
    of_address: HashMap<String, usize>,
}

/// A body that is being read.
#[derive(Debug)]
pub(crate) struct Place<'b> {
    bodies: &'b Bodies,
    address: String,
    bytes: usize,
}

impl Bodies {
    /// A place for one more body of an address.
    pub(crate) fn place(&self, address: String) -> Place<'_> {
        Place { bodies: self, address, bytes: 0 }
    }
}

impl Place<'_> {
    /// Makes room for more of the body; false where others take all of it. One body alone is held to its own maximum, and to no
    /// other.
    pub(crate) fn widen(&mut self, bytes: usize) -> bool {
        let mut held = self.bodies.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_address = held.of_address.get(&self.address).copied().unwrap_or_default();
        let is_full = |held: usize, most: usize| held > self.bytes && held.saturating_add(bytes) > most;
        if is_full(held.all, STRANGERS_BODIES) || is_full(of_address, STRANGERS_BODIES_OF_ADDRESS) {
            return false;
        }
        held.all = held.all.saturating_add(bytes);
        *held.of_address.entry(self.address.clone()).or_default() += bytes;
        self.bytes = self.bytes.saturating_add(bytes);
        true
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let mut held = self.bodies.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.all = held.all.saturating_sub(self.bytes);
        if let Some(of_address) = held.of_address.get_mut(&self.address) {
            *of_address = of_address.saturating_sub(self.bytes);
            if *of_address == 0 {
                held.of_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_room_for_so_much_at_a_time_and_gets_it_back() {
        let bodies = Bodies::default();
        let place = || bodies.place("192.0.2.1".to_owned());
        let (mut one, mut other) = (place(), place());
        assert!(
            one.widen(STRANGERS_BODIES_OF_ADDRESS - 1) && other.widen(1) && !other.widen(1) && !one.widen(1)
        );
        assert!(bodies.place("192.0.2.2".to_owned()).widen(1_000));
        drop(one);
        assert!(other.widen(STRANGERS_BODIES_OF_ADDRESS - 1));
        drop(other);
        assert_eq!(bodies.0.lock().unwrap().of_address.len(), 0);
    }

    #[test]
    fn all_addresses_together_have_room_for_so_much_and_one_body_alone_for_its_own_maximum() {
        let bodies = Bodies::default();
        let mut places: Vec<_> =
            (0..).map(|nth| bodies.place(format!("2001:db8:0:{nth}::/64"))).take(100).collect();
        let taken =
            places.iter_mut().filter_map(|place| place.widen(1 << 20).then_some(1 << 20)).sum::<usize>();
        assert_eq!(taken, STRANGERS_BODIES);
        drop(places);
        let mut alone = bodies.place("192.0.2.1".to_owned());
        assert!(alone.widen(2 * STRANGERS_BODIES) && alone.widen(1));
        assert!(!bodies.place("192.0.2.2".to_owned()).widen(1));
    }
}
