//! Streams of one kind of thing: first what changed since a point in time, then what happens.
//!
//! All are fed by the event log, like the stream of everything. Their rows and the position in the log where they go on
//! are read from one state of the database, so each change arrives once.

mod board;
mod memory;
mod opening;
mod organization;

use utoipa_actix_web::service_config::ServiceConfig;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(organization::agents)
        .service(organization::task_comments)
        .service(board::tasks)
        .service(board::approvals)
        .service(memory::of_board)
        .service(memory::of_group)
        .service(memory::of_boards_group);
}
