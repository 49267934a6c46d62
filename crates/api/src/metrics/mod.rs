//! Figures for Prometheus: what this process counts ([`requests`]), and how things stand when it asks ([`scrape`]). No figure
//! names a tenant, or anything that belongs to one.

mod requests;
mod scrape;
mod standing;

pub(crate) use requests::Requests;
pub(crate) use scrape::scrape;
