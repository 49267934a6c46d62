//! Webhooks by their address.

use mission_control_core::id::{BoardId, WebhookId};
use mission_control_core::models::Webhook;
use mission_control_store::{Conn, webhooks};

use crate::error::{ApiError, ApiResult};

/// The webhook of this id, if it is the board's.
pub(super) fn on_board(conn: &mut Conn, board: BoardId, id: WebhookId) -> ApiResult<Webhook> {
    webhooks::find_on(conn, board, id)?.ok_or_else(|| ApiError::not_found("webhook"))
}
