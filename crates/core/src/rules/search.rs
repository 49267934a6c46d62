//! What somebody searches for. Each word is a condition of the query that is sent, so there is a most of them.

use crate::limits::{SEARCH, SEARCH_WORDS};

/// A text to search for, of [`SEARCH`] characters and [`SEARCH_WORDS`] words at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    text: String,
    words: Vec<String>,
}

/// More than is searched for at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// Too many characters.
    #[error("Search for at most {SEARCH} characters.")]
    Characters,
    /// Too many words.
    #[error("Search for at most {SEARCH_WORDS} words.")]
    Words,
}

impl Sought {
    /// The words of `text`, in lower case.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub fn new(text: &str) -> Result<Self, TooMuch> {
        let text = text.trim();
        if text.chars().nth(SEARCH).is_some() {
            return Err(TooMuch::Characters);
        }
        let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        if words.len() > SEARCH_WORDS {
            return Err(TooMuch::Words);
        }
        Ok(Self { text: text.to_owned(), words })
    }

    /// The whole text, without blanks around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words in lower case.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ten_words_of_two_hundred_characters_are_sought() {
        let sought = Sought::new(" Deploy  the\tWEBSITE ").unwrap();
        assert_eq!((sought.text(), sought.words().len()), ("Deploy  the\tWEBSITE", 3));
        assert_eq!(sought.words()[2], "website");
        assert_eq!(Sought::new(&"a ".repeat(10)).unwrap().words().len(), 10);
        assert_eq!(Sought::new(&"a ".repeat(11)), Err(TooMuch::Words));
        assert!(Sought::new(&"字".repeat(200)).is_ok());
        assert_eq!(Sought::new(&"字".repeat(201)), Err(TooMuch::Characters));
        assert_eq!(Sought::new(&"a ".repeat(12_000)), Err(TooMuch::Characters));
    }

    proptest! {
        #[test]
        fn whatever_is_sought_is_few_words(text in "\\PC{0,300}") {
            if let Ok(sought) = Sought::new(&text) {
                prop_assert!(sought.words().len() <= SEARCH_WORDS && sought.text().chars().count() <= SEARCH);
                prop_assert!(sought.words().iter().all(|word| !word.is_empty()));
            }
        }
    }
}
