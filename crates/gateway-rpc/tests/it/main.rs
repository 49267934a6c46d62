//! The client against scripted gateways, recorded answers and, when asked, a real gateway.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod calls;
mod dialect;
mod handshake;
mod identity;
mod live;
mod maxima;
mod reconnect;
mod refusals;
mod support;
mod tls;
mod turns;
mod versions;
mod writes;
