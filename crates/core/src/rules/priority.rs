//! How urgent a task is: a word that clients choose.

/// What a task is without a word.
pub const USUAL: &str = "medium";

/// The word as it is kept: in lower case, without blanks around it; a blank one is the usual.
pub fn normal(word: &str) -> String {
    match word.trim() {
        "" => USUAL.to_owned(),
        word => word.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_priority_is_one_word_however_it_is_written() {
        assert_eq!([" High", "HIGH\n", "high"].map(normal), ["high"; 3]);
        assert_eq!(["whenever", " ", ""].map(normal), ["whenever", USUAL, USUAL]);
    }
}
