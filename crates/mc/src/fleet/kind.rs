//! What a kind of thing is that a file may tell of, and what a field of it is.

use std::collections::BTreeSet;

use serde_json::Value;

/// A kind of thing.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Its list in the file.
    pub(crate) section: &'static str,
    /// What one is called.
    pub(crate) one: &'static str,
    /// What the list is for.
    pub(crate) about: &'static str,
    /// Where the API has them; `{board}` is the id of their board.
    pub(crate) path: &'static str,
    /// The fields that one is known by.
    pub(crate) key: &'static [&'static str],
    /// The fields.
    pub(crate) fields: &'static [Field],
    /// How such things come and go.
    pub(crate) life: Life,
    /// How one is changed.
    pub(crate) change: Change,
}

/// How things of a kind are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// What differs is sent.
    Parts,
    /// All of it is sent, since what is absent would get its default.
    Whole,
    /// Another one is made, and then the one before is withdrawn, which goes on to be listed, as one that is not live.
    Anew,
}

/// How things of a kind come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// Others are in it or on it: deleted after them.
    Container,
    /// Nothing is in it.
    Leaf,
    /// It comes with a gateway and goes with it.
    WithItsGateway,
}

/// A field of a thing.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name in the file.
    pub(crate) name: &'static str,
    /// Its name in the API.
    pub(crate) api: &'static str,
    /// Where the API has it below the thing; nothing when it is the thing's own.
    pub(crate) part: &'static str,
    /// What it holds.
    pub(crate) shape: Shape,
    /// Whether a new thing has to have it.
    pub(crate) required: bool,
    /// Whether it may be `null`.
    pub(crate) nullable: bool,
    /// Whether it is given once and for all.
    pub(crate) fixed: bool,
    /// What it means.
    pub(crate) about: &'static str,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Text.
    Text,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// A time, as the API writes it.
    Moment,
    /// An object of any form.
    Object,
    /// Anything.
    Any,
    /// Where a secret is to be found; never the secret itself.
    Secret,
    /// Another thing, by its name.
    One(Target),
    /// Other things, by their names, in no order.
    Many(Target),
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A gateway, by its name.
    Gateway,
    /// A group, by its slug.
    Group,
    /// A board, by its slug.
    Board,
    /// An agent of the same board, by its name.
    AgentOfBoard,
    /// An agent of any board, by the slug of the board and its name.
    Agent,
}

impl Target {
    /// The list in which it is.
    pub(crate) const fn section(self) -> &'static str {
        match self {
            Self::Gateway => "gateways",
            Self::Group => "board_groups",
            Self::Board => "boards",
            Self::AgentOfBoard | Self::Agent => "agents",
        }
    }
}

impl Kind {
    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether it lies below a board.
    pub(crate) fn is_below_a_board(&self) -> bool {
        self.path.contains("{board}")
    }

    /// What the API has of it below it.
    pub(crate) fn parts(&self) -> BTreeSet<&'static str> {
        self.fields.iter().map(|field| field.part).filter(|part| !part.is_empty()).collect()
    }
}

impl Field {
    /// Whether the value is of the form that the field has; else what is expected.
    pub(crate) fn check(&self, value: &Value) -> Result<(), String> {
        if value.is_null() && self.nullable {
            return Ok(());
        }
        let (fits, expected) = match self.shape {
            Shape::Text => (value.is_string(), "a text; numbers and words such as true are texts in quotes"),
            Shape::Moment => (value.is_string(), "a time such as 2026-12-24T12:00:00"),
            Shape::Word(words) => {
                let fits = value.as_str().is_some_and(|word| words.contains(&word));
                return if fits { Ok(()) } else { Err(format!("expected one of {}", words.join(", "))) };
            }
            Shape::Whole => (value.is_u64(), "a whole number"),
            Shape::Flag => (value.is_boolean(), "true or false"),
            Shape::Object => (value.is_object(), "a mapping"),
            Shape::Any => (true, "anything"),
            Shape::Secret => {
                let fits = value.as_str().is_some_and(super::secrets::is_reference);
                (fits, "where the secret is, ${NAME} or file:PATH, and never the secret itself")
            }
            Shape::One(_) => (value.is_string(), "a name"),
            Shape::Many(_) => {
                let names = value.as_array();
                (names.is_some_and(|names| names.iter().all(Value::is_string)), "a list of names")
            }
        };
        if fits { Ok(()) } else { Err(format!("expected {expected}")) }
    }
}

/// A field that may be left out.
pub(crate) const fn field(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, api: name, part: "", shape, required: false, nullable: false, fixed: false, about }
}

/// A field of every thing.
pub(crate) const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { required: true, ..field(name, shape, about) }
}

/// A field that may be empty.
pub(crate) const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { nullable: true, ..field(name, shape, about) }
}

/// The same under another name in the API.
pub(crate) const fn known_as(api: &'static str, field: Field) -> Field {
    Field { api, ..field }
}

/// The same below its thing in the API.
pub(crate) const fn below(part: &'static str, field: Field) -> Field {
    Field { part, ..field }
}

/// The same, once and for all.
pub(crate) const fn fixed(field: Field) -> Field {
    Field { fixed: true, ..field }
}
