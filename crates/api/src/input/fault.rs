//! One thing that is wrong with a request, in the form FastAPI's clients read.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Where in the request, from the outside in: `"body"`, `"board_access"`, `0`, `"board_id"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Step {
    /// A part of the request, or a field.
    Name(Cow<'static, str>),
    /// An element of a list.
    Index(usize),
}

/// One wrong field (or the whole body).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// The way to it; begins with `body`, `query`, `path` or `header`.
    pub loc: Vec<Step>,
    /// What is wrong, for people.
    pub msg: Cow<'static, str>,
    /// What is wrong, for programs, e.g. `missing`, `string_type`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What a sentence about it needs, by name: the limit that was passed (`max_length`, `max_bytes`, `ge`, `le`), or the
    /// choices (`expected`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ctx: Option<Map<String, Value>>,
}

impl Fault {
    /// A fault of what is at `loc`.
    pub fn at(loc: Vec<Step>, kind: &'static str, msg: impl Into<Cow<'static, str>>) -> Self {
        Self { loc, msg: msg.into(), kind, ctx: None }
    }

    /// A fault of the body as a whole, e.g. two fields that contradict each other.
    pub fn of_body(kind: &'static str, msg: impl Into<Cow<'static, str>>) -> Self {
        Self::at(vec![Step::Name("body".into())], kind, msg)
    }

    /// A fault of a query parameter.
    pub fn of_parameter(name: &'static str, kind: &'static str, msg: impl Into<Cow<'static, str>>) -> Self {
        Self::at(vec![Step::Name("query".into()), Step::Name(name.into())], kind, msg)
    }

    /// A fault of a header.
    pub fn of_header(name: &'static str, kind: &'static str, msg: impl Into<Cow<'static, str>>) -> Self {
        Self::at(vec![Step::Name("header".into()), Step::Name(name.into())], kind, msg)
    }

    /// A fault of one field of the body.
    pub fn of_field(field: &'static str, kind: &'static str, msg: impl Into<Cow<'static, str>>) -> Self {
        Self::at(vec![Step::Name("body".into()), Step::Name(field.into())], kind, msg)
    }
}
