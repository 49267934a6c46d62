use std::path::Path;

use serde_json::{Value, json};

use super::stub_model::MODEL;
use super::{Options, Version};

/// Name of the configuration file in the state directory.
pub(super) const FILE: &str = "openclaw.json";

/// A variable of the gateway's environment that its configuration may refer to.
pub(super) const VARIABLE: &str = "HOUSE_MODEL_KEY";

/// The same configuration as its owner would keep it.
pub(super) fn lived_in(mut config: Value, version: Version, state: &Path) -> String {
    let defaults = &mut config["agents"]["defaults"];
    // Nobody waits for a turn here; what counts is who would have one.
    defaults["heartbeat"] = json!({"every": "30m", "prompt": "Look around the house."});
    let gardener = json!({"name": "Gardener", "workspace": state.join("workspace-garden")});
    let house = json!({"name": "House", "workspace": state.join("workspace")});
    if version >= Version::V2026_8_1 {
        config["agents"]["ownership"] = json!("explicit");
        if version < Version::V2026_9_6 {
            // Of several agents it tells nothing until one of them is said to be the gateway's own.
            config["agents"]["defaults"]["systemAgent"] = json!({"agentId": "main"});
        }
        config["agents"]["entries"] = json!({"main": house, "gardener": gardener});
    } else {
        let named = |id: &str, mut agent: Value| {
            agent["id"] = json!(id);
            agent
        };
        config["agents"]["list"] = json!([named("main", house), named("gardener", gardener)]);
    }
    config["models"]["providers"]["stub"]["apiKey"] = json!(format!("${{{VARIABLE}}}"));
    let text = serde_json::to_string_pretty(&config).expect("JSON can be written");
    let body = text.trim_start_matches('{').trim_end().trim_end_matches('}').trim_end();
    format!("// The gateway of the house.\n{{\n  /* Do not touch. */{body}, // a comma at the end\n}}\n")
}

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
        "auth": match options.password {
            true => json!({"mode": "password", "password": token}),
            false => json!({"mode": "token", "token": token}),
        },
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
