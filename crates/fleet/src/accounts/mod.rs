//! Accounts: people who sign in with an e-mail address and a password.
//!
//! Passwords are compared and hashed off the threads that serve, two at a time (`hashing`); guessing at an account that does
//! not exist takes as long as at one that does.

mod hashing;
mod join;
pub mod passkeys;
mod passwords;
mod proof;
mod recognize;
mod second_factor;
mod set_up;
mod sign_in;
mod write;

pub use join::{Invitation, Joiner, invitation, join};
pub use passwords::{
    Offer, ask_for_letter, change_password, may_be_reset, offer_reset, reset_password, send,
};
pub(crate) use passwords::{Passkeys, mailed_offer, offer};
pub use recognize::{Recognized, recognize};
pub(crate) use second_factor::end_in as end_second_factor;
pub use second_factor::{
    Beside, Enrolment, SecondFactor, begin_enrolment, confirm_enrolment, end, second_factor,
};
pub use set_up::{NewAccount, is_set_up, set_up};
pub(crate) use set_up::{address, full_name, introduce};
pub use sign_in::sign_in;
