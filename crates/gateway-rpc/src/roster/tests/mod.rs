use std::time::Duration;

use rstest::rstest;

use super::*;
use crate::{ConfigSnapshot, Connected, Features, GatewayVersion, Persona};

mod properties;

fn agent(key: &str) -> Wanted {
    Wanted {
        key: key.to_owned(),
        workspace: format!("/w/workspace-{key}"),
        every: "5m".to_owned(),
        heartbeat: Some(json!({"every": "7m", "target": "last", "includeReasoning": false, "extra": true})),
        heartbeat_without: Vec::new(),
        model: None,
        thinking: None,
        bootstrap_max_chars: None,
        required: true,
    }
}

const A: &str = "mc-00000000-0000-4000-8000-00000000000a";
const B: &str = "lead-00000000-0000-4000-8000-00000000000b";

fn dialect(version: (u16, u16, u16), shape: ConfigShape) -> Dialect {
    let (year, month, patch) = version;
    let version = GatewayVersion::new(year.into(), month.into(), patch.into());
    Dialect::from(Features::new(Some(version), shape, Vec::new()))
}

fn old() -> Dialect {
    dialect((2026, 3, 2), ConfigShape::List)
}

fn new() -> Dialect {
    dialect((2026, 9, 6), ConfigShape::Entries)
}

fn is_ours(id: &str) -> bool {
    id.starts_with("mc-") || id.starts_with("lead-0")
}

/// The change to a configuration of which `is_ours` tells what is ours.
fn plan(config: &Value, wanted: &[Wanted], dialect: &Dialect, copies: &BTreeSet<String>) -> Option<Plan> {
    super::plan(config, wanted, dialect, is_ours, copies)
}

fn patch(config: &Value, wanted: &[Wanted], dialect: &Dialect) -> Option<Value> {
    plan(config, wanted, dialect, &BTreeSet::new()).map(|plan| plan.patch)
}

/// What a gateway makes of a merge patch.
fn merged(config: &Value, patch: &Value, by_id: bool) -> Value {
    match (config, patch) {
        (Value::Object(config), Value::Object(patch)) => {
            let mut next = config.clone();
            for (key, value) in patch {
                if value.is_null() {
                    next.remove(key);
                    continue;
                }
                let old = next.get(key).cloned().unwrap_or(Value::Null);
                next.insert(key.clone(), merged(&old, value, by_id));
            }
            Value::Object(next)
        }
        (Value::Array(config), Value::Array(patch)) if by_id => {
            let mut next = config.clone();
            for item in patch {
                match next.iter_mut().find(|known| known["id"] == item["id"]) {
                    Some(known) => *known = merged(known, item, by_id),
                    None => next.push(item.clone()),
                }
            }
            Value::Array(next)
        }
        (_, Value::Object(_)) => merged(&json!({}), patch, by_id),
        _ => patch.clone(),
    }
}

#[test]
fn an_old_gateway_gets_the_whole_list_with_the_fields_of_others_untouched() {
    let config =
        json!({"agents": {"list": [{"id": "main", "model": "m"}, {"id": A, "name": "A", "agentDir": "/d"}]}});
    let patch = patch(&config, &[agent(A), agent(B)], &old()).unwrap();
    let heartbeat = json!({"every": "5m", "target": "last", "includeReasoning": false});
    let tools = json!({"exec": {"host": "gateway"}});
    let workspace = |key: &str| format!("/w/workspace-{key}");
    assert_eq!(
        patch,
        json!({"agents": {"list": [
            {"id": "main", "model": "m", "heartbeat": {}},
            {"id": A, "name": "A", "agentDir": "/d", "workspace": workspace(A), "heartbeat": heartbeat, "tools": tools},
            {"id": B, "workspace": workspace(B), "heartbeat": heartbeat, "tools": tools},
        ]}})
    );
}

#[test]
fn a_new_gateway_gets_only_what_differs_and_heartbeats_that_run_without_a_channel() {
    let config = json!({
        "tools": {"exec": {"host": "node"}},
        "agents": {"entries": {"main": {"heartbeat": {"every": "1h"}}, A: {"workspace": format!("/w/workspace-{A}")}}},
    });
    let patch = patch(&config, &[agent(A)], &new()).unwrap();
    assert_eq!(patch, json!({"agents": {"entries": {A: {"heartbeat": {"every": "5m", "target": "none"}}}}}));
}

#[rstest]
#[case::nothing(json!({}), &[])]
#[case::both(
    json!({
        "tools": {"exec": {"host": "gateway", "security": "full"}},
        "channels": {"defaults": {"heartbeat": {"showOk": false, "showAlerts": true, "useIndicator": true}}},
    }),
    &["tools.exec.host", "channels.defaults.heartbeat"],
)]
#[case::new_name(
    json!({"channels": {"defaults": {
        "heartbeatVisibility": {"showOk": false, "showAlerts": true, "useIndicator": true},
    }}}),
    &["channels.defaults.heartbeatVisibility"],
)]
#[case::alone(json!({"tools": {"exec": {"host": "gateway"}}}), &["tools.exec.host"])]
#[case::of_the_owner(json!({"tools": {"exec": {"host": "gateway", "security": "full", "ask": "off"}}}), &[])]
#[case::elsewhere(json!({"tools": {"exec": {"host": "node"}}}), &[])]
#[case::shown(
    json!({"channels": {"defaults": {"heartbeat": {"showOk": true, "showAlerts": true, "useIndicator": true}}}}),
    &[],
)]
#[case::odd(json!({"tools": {"exec": "gateway"}, "channels": {"defaults": {"heartbeat": null}}}), &[])]
fn settings_of_earlier_releases_are_told_from_the_owners(#[case] config: Value, #[case] expected: &[&str]) {
    assert_eq!(of_earlier_releases(&config), expected);
}

#[rstest]
#[case(include_str!("../../../tests/fixtures/2026.3.2.json"), ConfigShape::List)]
#[case(include_str!("../../../tests/fixtures/2026.9.6.json"), ConfigShape::Entries)]
fn a_configuration_of_a_real_gateway_is_changed_in_its_own_shape(
    #[case] recorded: &str,
    #[case] shape: ConfigShape,
) {
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    let snapshot: ConfigSnapshot = serde_json::from_value(recorded["answers"]["config.get"].clone()).unwrap();
    let hello = Connected::from_hello(recorded["hello"].clone(), Persona::Device, &[], Duration::ZERO);
    let dialect = Dialect::from(Features::of(&hello, Some(&snapshot)));
    assert_eq!(dialect.shape(), shape);
    let ours = snapshot.agent_ids().into_iter().find(|id| is_ours(id)).unwrap();
    let patch = patch(&snapshot.config, &[agent(ours)], &dialect).unwrap();
    let after =
        ConfigSnapshot { config: merged(&snapshot.config, &patch, true), ..ConfigSnapshot::default() };
    assert_eq!((after.shape(), after.agent_ids()), (shape, snapshot.agent_ids()));
    assert_eq!(after.agent(ours).unwrap().settings["heartbeat"]["every"], "5m");
    let (before, after) = (snapshot.agent(ours).unwrap().settings, after.agent(ours).unwrap().settings);
    assert_eq!(after["agentDir"], before["agentDir"], "what is not ours to say stays");
}

#[test]
fn nothing_is_written_once_the_configuration_is_as_wanted() {
    for dialect in [old(), new()] {
        let config = json!({});
        let first = plan(&config, &[agent(A)], &dialect, &BTreeSet::new()).unwrap();
        let after = merged(&config, &first.patch, true);
        assert_eq!(plan(&after, &[agent(A)], &dialect, &first.copies), None);
    }
}

#[test]
fn an_agent_that_is_not_created_yet_is_left_to_its_own_job() {
    let later = || [Wanted { required: false, ..agent(B) }];
    assert_eq!(patch(&json!({"agents": {"list": []}}), &later(), &old()), None);
    assert_eq!(patch(&json!({"agents": {"entries": {}}}), &later(), &new()), None);
}

#[test]
fn where_commands_run_is_decided_for_our_agents_only_and_not_against_the_operator() {
    let config = json!({"agents": {"entries": {"main": {}}}});
    let free = patch(&config, &[agent(A)], &new()).unwrap();
    assert_eq!(free.get("tools"), None);
    assert_eq!(free["agents"]["entries"][A]["tools"], json!({"exec": {"host": "gateway"}}));
    assert_eq!(free["agents"]["entries"]["main"], json!({"heartbeat": {}}));

    let decided = json!({"tools": {"exec": {"host": "sandbox"}}, "agents": {"entries": {"main": {}}}});
    assert_eq!(patch(&decided, &[agent(A)], &new()).unwrap()["agents"]["entries"][A].get("tools"), None);
}

#[test]
fn a_long_file_raises_the_limit_but_never_lowers_it() {
    let config = json!({"agents": {"entries": {A: {"bootstrapMaxChars": 50000}}}});
    let limit = |chars: usize| {
        let wanted = Wanted { bootstrap_max_chars: Some(chars), ..agent(A) };
        patch(&config, &[wanted], &new()).unwrap()["agents"]["entries"][A].get("bootstrapMaxChars").cloned()
    };
    assert_eq!(limit(30_000), None);
    assert_eq!(limit(60_000), Some(json!(60_000)));
}

#[test]
fn an_installation_that_was_silenced_before_is_repaired() {
    let ours = json!({
        "workspace": format!("/w/workspace-{A}"), "heartbeat": {"every": "5m", "target": "none"},
        "tools": {"exec": {"host": "gateway"}},
    });
    let config =
        json!({"agents": {"defaults": {"heartbeat": {"every": "30m"}}, "entries": {"main": {}, A: ours}}});
    let repair = plan(&config, &[agent(A)], &new(), &BTreeSet::new()).unwrap();
    assert_eq!(repair.patch, json!({"agents": {"entries": {"main": {"heartbeat": {}}}}}));
    assert_eq!(repair.copies, BTreeSet::from(["main".to_owned()]));
}

#[test]
fn a_block_that_its_owner_wrote_is_never_taken_for_ours() {
    let config =
        json!({"agents": {"entries": {"main": {"heartbeat": {}}, "work": {"heartbeat": {"every": "1h"}}}}});
    let copies = BTreeSet::from(["work".to_owned()]);
    assert_eq!(plan(&config, &[], &new(), &copies), None);
}

#[test]
fn while_agents_of_another_mission_control_stay_the_blocks_of_others_do() {
    let config =
        json!({"agents": {"entries": {"main": {"heartbeat": {}}, B: {"heartbeat": {"every": "5m"}}}}});
    assert_eq!(plan(&config, &[], &new(), &BTreeSet::from(["main".to_owned()])), None);
}

#[test]
fn a_refusal_teaches_the_other_shape() {
    let message = "invalid config: agents: Unrecognized key: \"list\"; agents.list.1.tools.exec: Unrecognized key: \"host\"";
    let next = old().after_refusal(message).unwrap();
    assert_eq!((next.shape(), next.takes_tools()), (ConfigShape::Entries, false));
    assert_eq!(
        next.after_refusal("agents.entries: Unrecognized key: \"entries\"").unwrap().shape(),
        ConfigShape::List
    );
}

#[test]
fn a_refused_heartbeat_key_is_dropped_and_an_unknown_refusal_is_not_ours_to_solve() {
    let dialect = old();
    let next = dialect
        .after_refusal("invalid config: agents.list[0].heartbeat: Unrecognized key: \"includeReasoning\"")
        .unwrap();
    assert_eq!(next.heartbeat("10m", None).get("includeReasoning"), None);
    assert_eq!(dialect.after_refusal("disk full"), None);
    assert_eq!(dialect.after_refusal("invalid config: models: Required"), None);
}

/// What a configuration has of an agent.
fn entry<'a>(config: &'a Value, shape: ConfigShape, key: &str) -> &'a Value {
    match shape {
        ConfigShape::List => {
            config["agents"]["list"].as_array().unwrap().iter().find(|it| it["id"] == key).unwrap()
        }
        ConfigShape::Entries => &config["agents"]["entries"][key],
    }
}

#[rstest]
#[case(old(), ConfigShape::List, None)]
#[case(dialect((2026, 7, 1), ConfigShape::List), ConfigShape::List, Some("high"))]
#[case(new(), ConfigShape::Entries, Some("high"))]
fn a_model_is_written_once_left_alone_and_taken_out_again(
    #[case] dialect: Dialect,
    #[case] shape: ConfigShape,
    #[case] thinks: Option<&str>,
) {
    let by_id = shape == ConfigShape::List;
    let empty = json!({});
    let bare = merged(&empty, &patch(&empty, &[agent(A)], &dialect).unwrap(), by_id);
    let model = AgentModel { primary: "a/one".to_owned(), fallbacks: vec!["b/two".to_owned()] };
    let cheap = json!({ "every": "7m", "target": "last", "includeReasoning": false, "model": "a/cheap", "lightContext": true });
    let wanted = Wanted {
        model: Some(Some(model.clone())),
        thinking: Some(Some("high".to_owned())),
        heartbeat: Some(cheap),
        ..agent(A)
    };
    let config = merged(&bare, &patch(&bare, std::slice::from_ref(&wanted), &dialect).unwrap(), by_id);
    let now = entry(&config, shape, A);
    assert_eq!(AgentModel::read(&now["model"]), Some(model));
    assert_eq!(now[THINKING].as_str(), thinks);
    assert_eq!(
        (&now["heartbeat"]["model"], &now["heartbeat"]["lightContext"]),
        (&json!("a/cheap"), &json!(true))
    );
    assert_eq!(patch(&config, &[wanted], &dialect), None, "it is as it shall be");
    assert_eq!(patch(&config, &[agent(A)], &dialect), None, "what nobody chose stays");
    let none = Wanted {
        model: Some(None),
        thinking: Some(None),
        heartbeat_without: vec!["model", "lightContext", "activeHours"],
        ..agent(A)
    };
    let config = merged(&config, &patch(&config, std::slice::from_ref(&none), &dialect).unwrap(), by_id);
    let now = entry(&config, shape, A);
    for gone in [&now["model"], &now[THINKING], &now["heartbeat"]["model"], &now["heartbeat"]["lightContext"]]
    {
        assert!(gone.is_null(), "{now}");
    }
    assert_eq!(patch(&config, &[none], &dialect), None);
}

#[test]
fn a_heartbeat_setting_that_is_wanted_and_taken_back_at_once_is_not_written_for_ever() {
    let odd = json!({ "every": "7m", "activeHours": { "start": "08:00" } });
    let wanted = Wanted { heartbeat: Some(odd), heartbeat_without: vec!["activeHours"], ..agent(A) };
    let config =
        merged(&json!({}), &patch(&json!({}), std::slice::from_ref(&wanted), &new()).unwrap(), false);
    assert_eq!(patch(&config, &[wanted], &new()), None);
}

#[test]
fn lists_that_may_lose_entries_are_learned_from_a_refusal() {
    let message = "config.patch would remove entries from array path(s): agents.entries.a.model.fallbacks, b.c. Pass replacePaths \
                   with the exact path(s) when this is intentional, or use config.apply for full-config replacement.";
    let next = new().after_refusal(message).unwrap();
    assert_eq!(next.replaced(), ["agents.entries.a.model.fallbacks", "b.c"]);
    assert_eq!(next.after_refusal(message), None, "it was told already");
}

#[test]
fn a_model_that_is_written_as_a_text_is_the_same_model() {
    let config =
        json!({"agents": {"entries": {A: {"workspace": "/w/workspace-".to_owned() + A, "model": "a/one"}}}});
    let model = Some(Some(AgentModel { primary: "a/one".to_owned(), fallbacks: Vec::new() }));
    let change = patch(&config, &[Wanted { model, ..agent(A) }], &new()).unwrap();
    assert!(change["agents"]["entries"][A].get("model").is_none(), "{change}");
}
