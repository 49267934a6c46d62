use std::time::Duration;

/// The least wait, as a share of the bound: what failed a moment ago fails again at once.
const FLOOR: f64 = 0.25;

/// The wait before the next attempt after `attempts` failed ones: anything between a quarter and the whole of a bound that
/// doubles from `base` to `max`, so that jobs which failed together do not come back together.
pub(crate) fn retry_delay(attempts: i32, base: Duration, max: Duration) -> Duration {
    bound(attempts, base, max).mul_f64(rand::random_range(FLOOR..=1.0))
}

fn bound(attempts: i32, base: Duration, max: Duration) -> Duration {
    let doublings = attempts.saturating_sub(1).clamp(0, 30).unsigned_abs();
    base.saturating_mul(1 << doublings).min(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_secs(10);
    const MAX: Duration = Duration::from_secs(120);

    #[test]
    fn the_bound_doubles_up_to_the_maximum() {
        let bounds: Vec<u64> = (1..=6).map(|attempts| bound(attempts, BASE, MAX).as_secs()).collect();
        assert_eq!(bounds, [10, 20, 40, 80, 120, 120]);
        assert_eq!(bound(i32::MAX, BASE, MAX), MAX);
    }

    #[test]
    fn delays_are_spread_between_a_quarter_of_the_bound_and_the_bound() {
        let delays: Vec<Duration> = (0..200).map(|_| retry_delay(2, BASE, MAX)).collect();
        assert!(delays.iter().all(|delay| (BASE / 2..=2 * BASE).contains(delay)));
        assert!(delays.iter().any(|delay| *delay < BASE) && delays.iter().any(|delay| *delay > BASE));
    }
}
