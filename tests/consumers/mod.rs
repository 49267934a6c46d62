//! Everything that reads bytes from outside, and what has to hold whatever those bytes are.
//!
//! Each function takes bytes, hands them to the product as the product itself does, and asserts: nothing panics, what is
//! made of them has a maximum, what can be written down and read again stays the same. The fuzz targets (`tests/fuzz`) call
//! them with what libFuzzer thinks of; the tests call them with every file of the corpus.

mod database_url;
mod env_file;
mod frames;
mod input;
mod mentions;
mod search;
mod skills;
mod templates;
mod webhooks;

#[cfg(test)]
mod corpus;

pub use database_url::database_url;
pub use env_file::env_file;
pub use frames::frames;
pub use mentions::mentions;
pub use search::search;
pub use skills::skills;
pub use templates::templates;
pub use webhooks::webhooks;

/// One of them.
pub type Consumer = fn(&[u8]);

/// All of them, by the names of their fuzz targets and folders of the corpus.
pub const ALL: [(&str, Consumer); 8] = [
    ("database_url", database_url),
    ("env_file", env_file),
    ("frames", frames),
    ("mentions", mentions),
    ("search", search),
    ("skills", skills),
    ("templates", templates),
    ("webhooks", webhooks),
];
