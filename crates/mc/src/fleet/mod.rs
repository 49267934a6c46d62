//! The fleet as a file: what is on a server is written as YAML (`export`), and a server is made what a file says (`apply`).
//!
//! One table ([`kinds`]) has every kind of thing with its fields, in the words of the API; what is read, checked, compared,
//! written and described as JSON schema follows from it. Things are known by names and not by ids, so that a file is good for
//! any server: [`things`] has them as the file has them, [`live`] gets them from a server, [`plan`] compares the two without
//! doing anything, and [`apply`] carries that out.

pub(crate) mod apply;
pub(crate) mod export;
mod file;
mod kind;
mod kinds;
mod live;
mod plan;
mod schema;
mod secrets;
mod things;

pub(crate) use schema::schema;
