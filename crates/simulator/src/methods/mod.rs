//! The methods: who may call them, with which parameters, and what they do.

mod agent_files;
mod agents;
mod approvals;
mod call;
mod chat;
mod config;
mod cron;
pub(crate) mod devices;
mod sessions;
pub(crate) mod system;
mod table;
mod usage;

use std::sync::Arc;

use serde_json::{Map, Value, json};

pub(crate) use call::{Answer, Call, Client, Reply, Restart};
pub(crate) use table::offered;

use crate::agents::Fate;
use crate::frame::{Request, RpcError};
use crate::gateway::Gateway;

/// Checks a request against the table and runs it.
pub(crate) async fn run(gateway: &Arc<Gateway>, client: &Client, request: &Request, fate: Fate) -> Answer {
    let name = request.method.as_str();
    let modern = gateway.config.profile.is_modern();
    let Some(method) = table::find(name, modern) else {
        return Err(RpcError::invalid(format!("unknown method: {name}")));
    };
    if let Some(scope) = method.scope.filter(|scope| !client.may(scope)) {
        return Err(missing_scope(scope, modern));
    }
    let empty = Map::new();
    let params = match &request.params {
        Value::Null => &empty,
        Value::Object(params) => params,
        _ => return Err(RpcError::invalid(format!("invalid {name} params: must be object"))),
    };
    method.check(params, modern)?;
    let call = Call { gateway, client, method: name, params, fate };
    match method.handler {
        table::Handler::Now(handler) => handler(&call),
        table::Handler::AgentWait => chat::wait(&call).await,
        table::Handler::AgentsDelete => agents::delete(&call).await,
    }
}

fn missing_scope(scope: &str, modern: bool) -> RpcError {
    let message = format!("missing scope: {scope}");
    if modern {
        let details = json!({"code": "MISSING_SCOPE", "missingScope": scope, "requiredScopes": [scope]});
        RpcError::new("FORBIDDEN", message).with_details(details)
    } else {
        RpcError::invalid(message)
    }
}
