//! Passkeys: keys that people's devices hold, with which they sign in without a password, or beside it.
//!
//! Each use is a ceremony: the server asks a question that is for one answer, a device signs it, and the answer is checked. What
//! the answer is compared with is kept in the database, never with the browser, and is gone with the first answer, right or
//! wrong.

mod asked;
mod ceremonies;
mod keep;
mod register;
mod relying_party;
mod sign_in;

pub use asked::{ask, ask_no_more};
pub use ceremonies::{Answer, Question};
pub(crate) use keep::remove_all;
pub use keep::{remove, rename};
pub use register::{Evidence, begin_registration, finish_registration};
pub(super) use sign_in::take;
pub use sign_in::{begin_beside_password, begin_sign_in, finish_sign_in};
