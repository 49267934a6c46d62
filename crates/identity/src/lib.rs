//! What identity providers say of people, checked.
//!
//! A [`Provider`] is asked by OpenID Connect. A browser goes there with a fresh [`Attempt`] (state, nonce, PKCE), comes back with a
//! code, and the code is exchanged for what the provider says of the [`Person`]; afterwards it is asked now and then whether they may
//! still come in ([`Provider::renew`]). Programs show access tokens that the provider
//! signed for this API ([`Provider::bearer`]).
//!
//! [`Clerk`] is no provider of that kind: its pages sign people in, and what comes here are short-lived tokens of their sessions.
//!
//! - Nothing is taken from a token before its signature was checked with a key that the provider publishes at its address. Which
//!   algorithms are taken is decided here (`keys`), never by a token.
//! - Keys are fetched anew when a token names one that is not known, once a minute at most, so that the provider can replace
//!   them at any time and nobody makes this server ask without end.
//! - Every request has a deadline and a largest answer, and follows no redirect.
//!
//! Who may come in, and as whom, is no affair of this crate: it knows no database.

mod clerk;
mod crypto;
mod error;
mod kept;
mod keys;
mod provider;
#[cfg(test)]
mod stand;
mod token;
mod web;

pub use clerk::{Clerk, ClerkPerson, ClerkSession};
pub use error::{IdentityError, TokenFault};
pub use provider::{Attempt, Bearer, Person, Provider, Renewed, Vouched};
