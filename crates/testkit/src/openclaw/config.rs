use std::path::Path;

use serde_json::{Value, json};

use super::stub_model::MODEL;
use super::{Options, Version};

/// Name of the configuration file in the state directory.
pub(super) const FILE: &str = "openclaw.json";

/// The configuration a gateway starts with: no channels, no heartbeats of its own, the stub model only.
pub(super) fn initial(
    version: Version,
    options: Options,
    token: &str,
    state: &Path,
    model_url: &str,
) -> Value {
    let mut gateway = json!({
        "mode": "local",
        "bind": "loopback",
        "port": options.port,
        "auth": {"mode": "token", "token": token},
    });
    if options.trust_proxy {
        gateway["trustedProxies"] = json!(["127.0.0.1"]);
    }
    if options.tls {
        gateway["tls"] = json!({"enabled": true, "autoGenerate": true});
    }
    let mut config = json!({
        "gateway": gateway,
        "update": {"checkOnStart": false},
        "agents": {"defaults": {
            "model": {"primary": format!("stub/{MODEL}")},
            "workspace": state.join("workspace"),
            "heartbeat": {"every": "0m"},
        }},
        "models": {"mode": "replace", "providers": {"stub": {
            "api": "openai-completions",
            "baseUrl": model_url,
            "apiKey": "unused",
            "models": [{
                "id": MODEL,
                "name": "Stub",
                "reasoning": false,
                "input": ["text"],
                "cost": {"input": 1, "output": 2, "cacheRead": 0, "cacheWrite": 0},
                "contextWindow": 128_000,
                "maxTokens": 4096,
            }],
        }}},
    });
    if version.asks_before_commands() {
        config["tools"] = json!({"exec": {"host": "gateway", "security": "full", "ask": "off"}});
    }
    config
}
