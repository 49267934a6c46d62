//! Lists for agents, whose texts are cut: a language model pays for each word that it reads.

use mission_control_core::limits::EXCERPT;
use mission_control_core::rules::webhooks::shortened;
use serde::Serialize;
use utoipa::ToSchema;

use super::PageQuery;
use crate::input::Bounded;

crate::input! {
    /// Which part of a list is wanted, and how much of each text.
    pub struct ExcerptQuery with page: PageQuery {
        /// Longer texts are cut to this many characters, and marked `truncated`.
        pub max_chars: Bounded<1, EXCERPT> = Bounded(10_000),
    }
}

/// An entry with a text that may be long.
pub trait LongText {
    /// The text.
    fn text(&mut self) -> Option<&mut String>;
}

/// An entry whose text is cut where it was too long.
#[derive(Debug, Serialize, ToSchema)]
pub struct Excerpt<T> {
    #[serde(flatten)]
    entry: T,
    /// Always true: the text goes on. `max_chars` asks for more of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    truncated: Option<bool>,
}

impl ExcerptQuery {
    /// The entry with as much of its text as is wanted.
    pub fn of<T: LongText>(&self, mut entry: T) -> Excerpt<T> {
        let limit = usize::try_from(self.max_chars.0).unwrap_or(usize::MAX);
        let mut truncated = None;
        if let Some(text) = entry.text()
            && let Some(cut) = shortened(text, limit)
        {
            *text = cut;
            truncated = Some(true);
        }
        Excerpt { entry, truncated }
    }
}
