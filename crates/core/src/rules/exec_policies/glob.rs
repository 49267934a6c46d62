//! Patterns with `*` and `?`.

use std::collections::HashMap;

/// How many places of a pattern are looked at together.
const fn together() -> usize {
    u64::BITS as usize
}

/// A pattern: `*` stands for any text, also none, and `?` for one character.
///
/// Every place of the pattern that a text can have come to is a bit, and all bits go on together with each character. So no
/// text takes longer than another of its length, whatever the pattern is.
pub(super) struct Glob {
    /// Behind the last place.
    end: usize,
    /// Places that stay where they are with any character.
    stars: Vec<u64>,
    /// Places that go on with any character.
    any: Vec<u64>,
    /// Places that go on with this one.
    expected: HashMap<char, Vec<u64>>,
}

impl Glob {
    pub(super) fn new(pattern: &str) -> Self {
        let end = pattern.chars().filter(|letter| *letter != '*').count();
        let nothing = vec![0_u64; end / together() + 1];
        let (mut stars, mut any) = (nothing.clone(), nothing.clone());
        let mut expected: HashMap<char, Vec<u64>> = HashMap::new();
        let mut place = 0;
        for letter in pattern.chars() {
            match letter {
                '*' => set(&mut stars, place),
                '?' => set(&mut any, place),
                _ => set(expected.entry(letter).or_insert_with(|| nothing.clone()), place),
            }
            place += usize::from(letter != '*');
        }
        Self { end, stars, any, expected }
    }

    /// Whether all of a text fits.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut places = vec![0_u64; self.any.len()];
        set(&mut places, 0);
        for letter in text.chars() {
            let expected = self.expected.get(&letter);
            let mut carry = 0;
            for (word, place) in places.iter_mut().enumerate() {
                let of = |bits: &Vec<u64>| bits.get(word).copied().unwrap_or(0);
                let steps = *place & (of(&self.any) | expected.map_or(0, of));
                *place = (steps << 1) | carry | (*place & of(&self.stars));
                carry = steps >> (together() - 1);
            }
            if places.iter().all(|place| *place == 0) {
                return false;
            }
        }
        places.get(self.end / together()).is_some_and(|bits| bits & (1 << (self.end % together())) != 0)
    }
}

fn set(bits: &mut [u64], place: usize) {
    if let Some(bits) = bits.get_mut(place / together()) {
        *bits |= 1 << (place % together());
    }
}
