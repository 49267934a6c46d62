//! `status`.

use std::collections::BTreeMap;

use mission_control_terminal::{Colour, coloured, print};
use serde_json::{Value, json};

use crate::failure::{Exit, Failure};
use crate::json::{at, list_at};
use crate::session::Session;
use crate::show::show;
use crate::text::{clean, field};

/// Exit code 0 where the server is ready, whatever it is that waits for somebody.
pub(crate) async fn run(Session { client, json }: &Session) -> Result<(), Failure> {
    let ready = client.get("/readyz", &[]).await?;
    let user = client.get("/api/v1/users/me", &[]).await?;
    let one_pending = [("status", "pending".to_owned()), ("limit", "1".to_owned())];
    let pending = client.get("/api/v1/approvals", &one_pending).await?;
    let pending = at(&pending, "total").clone();
    let (agents, findings) = (for_admins(client.all("/api/v1/agents", &[]).await)?, doctor(client).await?);
    let states = agents.map(|agents| {
        agents.iter().fold(BTreeMap::new(), |mut states, agent| {
            *states.entry(field(agent, "/state")).or_insert(0_u32) += 1;
            states
        })
    });
    let told = json!({
        "url": client.base(),
        "ready": ready,
        "user": user,
        "approvals_pending": pending,
        "agents": states,
        "doctor": findings,
    });
    show(*json, &told, |told| {
        let degraded = list_at(&ready, "degraded");
        let state = match degraded {
            [] => coloured("ready", Colour::Green),
            parts => {
                let parts: Vec<_> = parts.iter().filter_map(Value::as_str).map(clean).collect();
                coloured(format!("ready, but degraded: {}", parts.join(", ")), Colour::Yellow)
            }
        };
        print(format_args!("{}: {state}", client.base()));
        print(format_args!("you        {}", field(told, "/user/name")));
        print(format_args!("approvals  {} wait for a decision", field(told, "/approvals_pending")));
        if let Value::Object(states) = at(told, "agents")
            && !states.is_empty()
        {
            let states: Vec<_> = states.iter().map(|(state, count)| format!("{count} {state}")).collect();
            print(format_args!("agents     {}", states.join(", ")));
        }
        if let Value::Object(report) = at(told, "doctor") {
            let count = |name: &str| report.get(name).and_then(Value::as_u64).unwrap_or_default();
            let (errors, warnings) = (count("errors"), count("warnings"));
            let colour = if errors > 0 { Colour::Red } else { Colour::Green };
            let text = coloured(format!("{errors} errors, {warnings} warnings"), colour);
            print(format_args!("doctor     {text}; `mc api GET doctor` tells of each"));
        }
    })
}

async fn doctor(client: &crate::client::Client) -> Result<Option<Value>, Failure> {
    for_admins(client.get("/api/v1/doctor", &[]).await)
}

/// Nothing, for those who are no admins.
fn for_admins<T>(answer: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match answer {
        Err(failure) if failure.exit() == Exit::NotAllowed => Ok(None),
        other => other.map(Some),
    }
}
