//! The order that people give the tasks of a board: each has a rank, a text that sorts by its bytes, and a task is moved by
//! giving it a rank between those of its new neighbours. No other task changes by that, so two people who move tasks at once
//! end with one order.
//!
//! Ranks are fractions written in base 36 without the point. The rank of a task that nobody has moved follows from its
//! number, the newest first. A crate for this (`fractional_index` 2.0) cannot place anything between ranks with a zero byte.

/// Digits are `0` to `9` and `a` to `z`.
const BASE: u8 = 36;

/// The rank of the task of this number while nobody has moved it.
pub fn of_number(number: i32) -> String {
    format!("{:08x}i", i32::MAX.saturating_sub(number.max(0)))
}

/// A rank between two others; without an upper one, above the lower. None where no rank is between them: they are not in order,
/// or are no ranks.
pub fn between(low: &str, high: Option<&str>) -> Option<String> {
    let low = digits(low)?;
    let mut high = match high {
        Some(high) => Some(digits(high)?),
        None => None,
    };
    let mut rank = Vec::new();
    for place in 0.. {
        let from = low.get(place).copied().unwrap_or(0);
        let to = match &high {
            None => BASE,
            Some(high) => *high.get(place)?,
        };
        if from > to {
            return None;
        }
        let middle = from.midpoint(to);
        if middle > from {
            rank.push(middle);
            return rank.into_iter().map(|digit| char::from_digit(digit.into(), BASE.into())).collect();
        }
        rank.push(from);
        // One step apart: whatever follows is below the upper one.
        if from < to {
            high = None;
        }
    }
    None
}

fn digits(text: &str) -> Option<Vec<u8>> {
    let digit = |letter: char| (!letter.is_ascii_uppercase()).then(|| letter.to_digit(BASE.into())).flatten();
    text.chars().map(|letter| digit(letter).and_then(|digit| u8::try_from(digit).ok())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_newest_task_comes_first_while_nobody_has_moved_any() {
        assert!(of_number(2) < of_number(1));
        assert!(of_number(i32::MAX) < of_number(i32::MAX - 1));
        assert_eq!(of_number(1), "7ffffffei");
    }

    #[test]
    fn nothing_is_between_what_is_not_in_order() {
        let (first, second) = (of_number(2), of_number(1));
        for (low, high) in [(&first, &first), (&second, &first)] {
            assert_eq!(between(low, Some(high)), None);
        }
        assert_eq!(between("ü", None), None);
        assert_eq!(between("a", Some("B")), None);
    }

    #[test]
    fn a_task_at_the_top_stays_below_those_that_come_later() {
        let mut first = of_number(7);
        for _ in 0..1_000 {
            let top = between(&of_number(8), Some(&first)).unwrap();
            assert!(of_number(8) < top && top < first);
            first = top;
        }
    }

    proptest! {
        #[test]
        fn a_rank_is_between_its_neighbours_wherever_it_was_put(places in prop::collection::vec(0_usize..1_000, 1..300)) {
            let mut ranks: Vec<String> = (1..4).rev().map(of_number).collect();
            for place in places {
                let place = place % ranks.len();
                let (low, high) = (ranks[place].clone(), ranks.get(place + 1).cloned());
                let rank = between(&low, high.as_deref()).unwrap();
                prop_assert!(low < rank, "{low} {rank}");
                prop_assert!(high.as_ref().is_none_or(|high| rank < *high), "{rank} {high:?}");
                ranks.insert(place + 1, rank);
            }
            prop_assert!(ranks.is_sorted());
        }
    }
}
