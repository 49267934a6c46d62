//! Skills: the packs that they come from, the organization's catalogue of them (the marketplace), and installing them on
//! gateways.

pub mod marketplace;
pub mod packs;

use utoipa_actix_web::service_config::ServiceConfig;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(packs::configure).configure(marketplace::configure);
}
