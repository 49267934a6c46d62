//! The routes, one module per tag of the API document. Each module has its handlers, the bodies they take and answer,
//! and a `configure` that lists them: literal paths before those with parameters, because the first match wins.

pub mod accounts;
pub mod activity;
pub mod agent;
pub mod agent_lifecycle;
pub mod agent_workspace;
pub mod agents;
pub mod api_tokens;
pub mod approvals;
pub mod audit;
pub mod auth;
pub mod board_groups;
pub mod board_memory;
pub mod board_views;
pub mod boards;
pub mod breaker;
pub mod budgets;
pub mod custom_fields;
pub mod doctor;
pub mod events;
pub mod exec_approvals;
pub mod exec_policies;
pub mod gateway_sessions;
pub mod gateways;
pub mod group_memory;
pub mod health;
pub mod inbox;
pub mod invites;
pub mod jobs;
pub mod members;
pub mod messages;
pub mod metrics;
pub mod models;
pub mod onboarding;
pub mod organization_approvals;
pub mod organizations;
pub mod queue;
pub mod runs;
pub mod search;
pub mod service_accounts;
pub mod skills;
pub mod snapshots;
pub mod souls_directory;
pub mod stale_tasks;
pub mod stop;
pub mod streams;
pub mod tags;
pub mod tasks;
pub mod usage;
pub mod users;
pub mod webhooks;

use crate::mcp;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// Every route.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(health::configure).configure(mcp::configure).service(scope("/api/v1").configure(v1));
}

fn v1(config: &mut ServiceConfig<'_>) {
    config
        .configure(auth::configure)
        .configure(accounts::configure)
        .configure(events::configure)
        .configure(streams::configure)
        .configure(activity::configure)
        .configure(organization_approvals::configure)
        .configure(search::configure)
        .configure(metrics::configure)
        .configure(jobs::configure)
        .configure(runs::configure)
        .configure(stop::configure)
        .configure(exec_approvals::configure)
        .configure(exec_policies::configure)
        .configure(usage::configure)
        .configure(budgets::configure)
        .configure(breaker::configure)
        .configure(stale_tasks::configure)
        .configure(queue::configure)
        .configure(doctor::configure)
        .configure(agent::configure)
        .configure(users::configure)
        .configure(inbox::configure)
        .configure(organizations::configure)
        .configure(members::configure)
        .configure(invites::configure)
        .configure(api_tokens::configure)
        .configure(service_accounts::configure)
        .configure(audit::configure)
        .configure(custom_fields::configure)
        .configure(tags::configure)
        .configure(gateway_sessions::configure)
        .configure(gateways::configure)
        .configure(skills::configure)
        .configure(souls_directory::configure)
        .configure(webhooks::configure)
        .configure(onboarding::configure)
        .configure(boards::configure)
        .configure(board_views::configure)
        .configure(snapshots::configure)
        .configure(board_groups::configure)
        .configure(board_memory::configure)
        .configure(group_memory::configure)
        .configure(approvals::configure)
        .configure(messages::configure)
        .configure(agent_lifecycle::configure)
        .configure(agent_workspace::configure)
        .configure(models::configure)
        .configure(agents::configure)
        .configure(tasks::configure);
}
