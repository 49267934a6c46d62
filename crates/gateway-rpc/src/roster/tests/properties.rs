//! Whatever a gateway's owner has configured: heartbeats of their agents are as they would be without us, after every
//! patch of ours, and their configuration is as it was when we are gone.

use std::collections::BTreeMap;

use proptest::option;
use proptest::prelude::*;

use super::*;

const OURS: [&str; 3] = [A, B, "mc-gateway-00000000-0000-4000-8000-00000000000c"];
const THEIRS: [&str; 4] = ["main", "work", "Helper", "lead-of-sales"];

/// A release by what matters here.
fn releases() -> impl Strategy<Value = Dialect> {
    prop_oneof![
        Just(dialect((2026, 2, 9), ConfigShape::List)),
        Just(dialect((2026, 3, 2), ConfigShape::List)),
        Just(dialect((2026, 7, 1), ConfigShape::List)),
        Just(dialect((2026, 9, 6), ConfigShape::Entries)),
    ]
}

fn blocks() -> impl Strategy<Value = Option<Value>> {
    option::weighted(
        0.4,
        prop_oneof![
            Just(json!({})),
            Just(json!({"every": "1h", "target": "slack"})),
            Just(json!({"every": "0m"})),
        ],
    )
}

#[derive(Debug, Clone)]
struct Owner {
    defaults: Option<Value>,
    system: Option<&'static str>,
    agents: Vec<(&'static str, Option<Value>, bool)>,
}

fn owners() -> impl Strategy<Value = Owner> {
    let defaults = option::of(prop_oneof![
        Just(json!({"every": "30m"})),
        Just(json!({"every": "15m", "prompt": "Look around", "agentId": "work"})),
        Just(json!({"every": "0m"})),
        Just(json!({})),
    ]);
    let agents = proptest::sample::subsequence(THEIRS.to_vec(), 0..=THEIRS.len()).prop_flat_map(|ids| {
        ids.into_iter().map(|id| (Just(id), blocks(), proptest::bool::weighted(0.2))).collect::<Vec<_>>()
    });
    let system = option::weighted(0.2, proptest::sample::select(&["main", "work"][..]));
    (defaults, system, agents).prop_map(|(defaults, system, agents)| Owner { defaults, system, agents })
}

/// The configuration of this owner on a release.
fn configuration(owner: &Owner, shape: ConfigShape) -> Value {
    let mut config = json!({"models": {"mode": "replace"}, "agents": {"defaults": {"model": "m"}}});
    if let Some(defaults) = &owner.defaults {
        let mut defaults = defaults.clone();
        if shape == ConfigShape::List {
            defaults.as_object_mut().unwrap().remove("agentId");
        }
        config["agents"]["defaults"]["heartbeat"] = defaults;
    }
    if let (ConfigShape::Entries, Some(id)) = (shape, owner.system) {
        config["agents"]["defaults"]["systemAgent"] = json!({"agentId": id});
    }
    for (id, block, marked) in &owner.agents {
        let mut entry = json!({"name": format!("The {id}")});
        if let Some(block) = block {
            entry["heartbeat"] = block.clone();
        }
        if *marked && shape == ConfigShape::List {
            entry["default"] = json!(true);
        }
        put(&mut config, shape, id, entry);
    }
    config
}

fn put(config: &mut Value, shape: ConfigShape, id: &str, mut entry: Value) {
    match shape {
        ConfigShape::Entries => config["agents"]["entries"][id] = entry,
        ConfigShape::List => {
            entry["id"] = json!(id);
            let list = &mut config["agents"]["list"];
            match list.as_array_mut() {
                Some(list) => list.push(entry),
                None => *list = json!([entry]),
            }
        }
    }
}

/// A gateway's `agents.create`: the agent that was only implied is written down first.
fn create(config: &mut Value, shape: ConfigShape, id: &str) {
    if agent_entries(config).is_empty() {
        put(config, shape, "main", json!({}));
    }
    put(config, shape, id, json!({"name": id}));
}

/// A gateway's `agents.delete`.
fn delete(config: &mut Value, shape: ConfigShape, id: &str) {
    match shape {
        ConfigShape::Entries => drop(config["agents"]["entries"].as_object_mut().unwrap().remove(id)),
        ConfigShape::List => {
            config["agents"]["list"].as_array_mut().unwrap().retain(|entry| entry["id"] != id)
        }
    }
}

/// The settings with which each agent of the owner has heartbeats, as gateways come by them.
fn beating(config: &Value, dialect: &Dialect) -> BTreeMap<String, Value> {
    let empty = json!({});
    let defaults = config.pointer("/agents/defaults/heartbeat");
    let entries: Vec<(String, Value)> = match dialect.shape() {
        ConfigShape::Entries => config["agents"]["entries"]
            .as_object()
            .map(|entries| entries.iter().map(|(id, entry)| (id.to_lowercase(), entry.clone())).collect()),
        ConfigShape::List => config["agents"]["list"].as_array().map(|list| {
            list.iter().map(|entry| (entry["id"].as_str().unwrap().to_lowercase(), entry.clone())).collect()
        }),
    }
    .unwrap_or_default();
    let ids = || match entries.is_empty() {
        true => vec!["main".to_owned()],
        false => entries.iter().map(|(id, _)| id.clone()).collect(),
    };
    let default = || {
        let marked = entries.iter().find(|(_, entry)| entry["default"] == true);
        marked.or(entries.first()).map_or("main".to_owned(), |(id, _)| id.clone())
    };
    let with_block: Vec<String> = entries
        .iter()
        .filter(|(_, entry)| entry["heartbeat"].is_object())
        .map(|(id, _)| id.clone())
        .collect();
    let all_by_default = dialect == &super::dialect((2026, 7, 1), ConfigShape::List);
    let running = if !with_block.is_empty() {
        with_block
    } else if dialect.shape() == ConfigShape::Entries {
        let system = config.pointer("/agents/defaults/systemAgent/agentId").and_then(Value::as_str);
        match defaults {
            Some(block) if block["agentId"].is_string() => {
                vec![block["agentId"].as_str().unwrap().to_owned()]
            }
            Some(_) => ids(),
            None => match (system, entries.len()) {
                (Some(system), _) => vec![system.to_owned()],
                (None, 0 | 1) => ids(),
                (None, _) => Vec::new(),
            },
        }
    } else if all_by_default && defaults.is_some() {
        ids()
    } else {
        vec![default()]
    };
    let settings = |id: &String| {
        let own = entries.iter().find(|(known, _)| known == id).map(|(_, entry)| &entry["heartbeat"]);
        let own = own.filter(|own| own.is_object()).unwrap_or(&empty);
        merged(defaults.unwrap_or(&empty), own, false)
    };
    let theirs = |id: &String| !OURS.contains(&id.as_str()) && ids().contains(id);
    running.iter().filter(|id| theirs(id)).map(|id| (id.clone(), settings(id))).collect()
}

fn as_patched(config: &Value, plan: &Plan, dialect: &Dialect) -> Value {
    merged(config, &plan.patch, dialect.merges_by_id())
}

proptest! {
    #[test]
    fn heartbeats_of_others_are_as_they_would_be_without_us(
        dialect in releases(),
        first in owners(),
        later in owners(),
        ours in 1..=OURS.len(),
    ) {
        let shape = dialect.shape();
        let mut config = configuration(&first, shape);
        let mut copies = BTreeSet::new();
        let wanted: Vec<Wanted> = OURS.iter().take(ours).map(|key| agent(key)).collect();
        let alone = beating(&config, &dialect);
        for agent in &wanted {
            create(&mut config, shape, &agent.key);
        }
        let written = plan(&config, &wanted, &dialect, &copies).unwrap();
        config = as_patched(&config, &written, &dialect);
        copies = written.copies;
        prop_assert_eq!(beating(&config, &dialect), alone);
        prop_assert_eq!(plan(&config, &wanted, &dialect, &copies), None, "one write is enough");

        // The owner goes on: other defaults, an agent by hand, a block of their own choice, or none any more.
        let hand = configuration(&later, shape);
        for place in ["heartbeat", "systemAgent"] {
            match hand["agents"]["defaults"].get(place) {
                Some(value) => config["agents"]["defaults"][place] = value.clone(),
                None => drop(config["agents"]["defaults"].as_object_mut().unwrap().remove(place)),
            }
        }
        for (id, block, _) in &later.agents {
            let known = agent_entries(&config).iter().any(|(known, _)| known == id);
            match (known, block) {
                (false, block) => {
                    let entry = block.as_ref().map_or(json!({}), |block| json!({"heartbeat": block}));
                    put(&mut config, shape, id, entry);
                }
                (true, Some(block)) if *block != json!({}) => {
                    let entry = json!({"id": id, "heartbeat": block});
                    let patch = match shape {
                        ConfigShape::Entries => json!({"agents": {"entries": {*id: {"heartbeat": block}}}}),
                        ConfigShape::List => json!({"agents": {"list": [entry]}}),
                    };
                    config = merged(&config, &patch, true);
                }
                (true, _) => {}
            }
        }
        let without_us = |config: &Value, copies: &BTreeSet<String>| {
            let mut bare = config.clone();
            for agent in &wanted {
                delete(&mut bare, shape, &agent.key);
            }
            for id in copies {
                let named = agent_entries(&bare).iter().find(|(known, _)| known.to_lowercase() == *id).map(|(id, _)| (*id).to_owned());
                let Some(named) = named else { continue };
                if !has_copy(&bare, id) {
                    continue;
                }
                let patch = match shape {
                    ConfigShape::Entries => json!({"agents": {"entries": {named: {"heartbeat": null}}}}),
                    ConfigShape::List => json!({"agents": {"list": [{"id": named, "heartbeat": null}]}}),
                };
                bare = merged(&bare, &patch, true);
            }
            bare
        };
        let expected = without_us(&config, &copies);
        if let Some(written) = plan(&config, &wanted, &dialect, &copies) {
            config = as_patched(&config, &written, &dialect);
            copies = written.copies;
        }
        prop_assert_eq!(beating(&config, &dialect), beating(&expected, &dialect));

        // Leaving, one agent after the other.
        for agent in &wanted {
            delete(&mut config, shape, &agent.key);
            prop_assert_eq!(beating(&config, &dialect), beating(&expected, &dialect), "while we leave");
        }
        if let Some(written) = plan(&config, &[], &dialect, &copies) {
            config = as_patched(&config, &written, &dialect);
            prop_assert!(written.copies.is_empty());
        }
        prop_assert_eq!(config, expected, "as if we had never been there");
    }
}
