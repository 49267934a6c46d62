//! Looks at a gateway and says what it sees, or what to do about what it does not see.
//!
//! ```text
//! cargo run -p mission-control-gateway-rpc --example probe -- ws://127.0.0.1:18789 TOKEN [IDENTITY_FILE]
//! ```

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use mission_control_gateway_rpc::{
    Client, ConnectOptions, DeviceIdentity, GetHealth, ListAgents, ListSessions, TlsMode,
};

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().unwrap_or_else(|| "ws://127.0.0.1:18789".to_owned());
    let mut options = ConnectOptions::new(&url)?.token(arguments.next().unwrap_or_default());
    if let Some(path) = arguments.next() {
        options = options.identity(Arc::new(DeviceIdentity::load_or_create(Path::new(&path))?));
    }
    if std::env::var_os("INSECURE_TLS").is_some() {
        options = options.tls(TlsMode::InsecureAcceptAny);
    }
    if let Ok(address) = std::env::var("FORWARDED_FOR") {
        options = options.header("X-Forwarded-For", &address)?;
    }

    let client = match Client::connect(options).await {
        Ok(client) => client,
        Err(error) => {
            eprintln!("{}: {error}", error.code());
            eprintln!("{}", error.remedy().unwrap_or_default());
            return Ok(ExitCode::FAILURE);
        }
    };
    let features = client.features().await?;
    let Some(connected) = client.info() else { anyhow::bail!("the connection was lost at once") };
    println!("version   {:?} (reported as {:?})", features.version, connected.server_version);
    println!("protocol  {:?} as {:?}", connected.protocol, connected.persona);
    println!("scopes    {}", connected.scopes.join(", "));
    println!("methods   {} listed, {} events", connected.methods.len(), connected.events.len());
    println!("state     {:?}", connected.state_dir);
    println!("agents    kept as {:?}; files {}", features.shape, features.workspace_files().join(", "));
    println!("latency   {:?}, device token issued: {}", connected.latency, connected.device_token.is_some());
    println!("health    {}", client.ask(&GetHealth {}).await?.ok);
    for agent in client.ask(&ListAgents {}).await?.agents {
        println!("agent     {} {}", agent.id, agent.name.unwrap_or_default());
    }
    for session in client.ask(&ListSessions::default()).await?.sessions {
        println!("session   {}", session.key());
    }
    Ok(ExitCode::SUCCESS)
}
