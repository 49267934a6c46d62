use super::*;

fn agent(key: &str) -> Wanted {
    Wanted {
        key: key.to_owned(),
        workspace: format!("/w/workspace-{key}"),
        heartbeat: Some(json!({"every": "5m", "target": "last", "includeReasoning": false, "extra": true})),
        bootstrap_max_chars: None,
        required: true,
    }
}

/// What a gateway makes of a merge patch.
fn merged(config: &Value, patch: &Value) -> Value {
    let (Value::Object(config), Value::Object(patch)) = (config, patch) else { return patch.clone() };
    let mut next = config.clone();
    for (key, value) in patch {
        let old = next.get(key).cloned().unwrap_or_else(|| json!({}));
        let new = if old.is_object() { merged(&old, value) } else { value.clone() };
        next.insert(key.clone(), new);
    }
    Value::Object(next)
}

#[test]
fn an_old_gateway_gets_the_whole_list_with_foreign_agents_untouched() {
    let config = json!({"agents": {"list": [{"id": "main", "model": "m"}, {"id": "mc-a", "name": "A", "agentDir": "/d"}]}});
    let patch = plan(&config, &[agent("mc-a"), agent("mc-b")], &Dialect::of(&config, false)).unwrap();
    let heartbeat = json!({"every": "5m", "target": "last", "includeReasoning": false});
    assert_eq!(
        patch["agents"]["list"],
        json!([
            {"id": "main", "model": "m"},
            {"id": "mc-a", "name": "A", "agentDir": "/d", "workspace": "/w/workspace-mc-a", "heartbeat": heartbeat},
            {"id": "mc-b", "workspace": "/w/workspace-mc-b", "heartbeat": heartbeat},
        ])
    );
    assert_eq!(patch["channels"]["defaults"]["heartbeat"]["showOk"], json!(false));
    assert_eq!(patch["tools"]["exec"]["host"], json!("gateway"));
}

#[test]
fn a_new_gateway_gets_only_what_differs_and_heartbeats_that_run_without_a_channel() {
    let config = json!({"agents": {"entries": {"mc-a": {"workspace": "/w/workspace-mc-a"}}}});
    let patch = plan(&config, &[agent("mc-a")], &Dialect::of(&config, false)).unwrap();
    assert_eq!(patch["agents"]["entries"], json!({"mc-a": {"heartbeat": {"every": "5m", "target": "none"}}}));
    assert!(patch["channels"]["defaults"].get("heartbeatVisibility").is_some());
}

#[test]
fn nothing_is_written_once_the_configuration_is_as_wanted() {
    for newer in [false, true] {
        let config = json!({});
        let dialect = Dialect::of(&config, newer);
        let patch = plan(&config, &[agent("mc-a")], &dialect).unwrap();
        assert_eq!(plan(&merged(&config, &patch), &[agent("mc-a")], &dialect), None, "newer: {newer}");
    }
}

#[test]
fn an_agent_that_is_not_created_yet_is_left_to_its_own_job() {
    for config in [json!({"agents": {"list": []}}), json!({"agents": {"entries": {}}})] {
        let later = Wanted { required: false, ..agent("mc-b") };
        let patch = plan(&config, &[later], &Dialect::of(&config, false)).unwrap();
        assert_eq!(patch.get("agents"), None);
    }
}

#[test]
fn what_the_operator_chose_stays() {
    let config = json!({
        "tools": {"exec": {"host": "sandbox"}},
        "channels": {"defaults": {"heartbeat": {"showOk": true}}},
    });
    let patch = plan(&config, &[], &Dialect::of(&config, false)).unwrap();
    assert_eq!(patch.get("tools"), None);
    assert_eq!(
        patch["channels"]["defaults"]["heartbeat"],
        json!({"showOk": true, "showAlerts": true, "useIndicator": true})
    );
}

#[test]
fn a_long_file_raises_the_limit_but_never_lowers_it() {
    let config = json!({"agents": {"entries": {"mc-a": {"bootstrapMaxChars": 50000}}}});
    let dialect = Dialect::of(&config, false);
    let limit = |chars: usize| {
        let wanted = Wanted { bootstrap_max_chars: Some(chars), ..agent("mc-a") };
        plan(&config, &[wanted], &dialect).unwrap()["agents"]["entries"]["mc-a"]
            .get("bootstrapMaxChars")
            .cloned()
    };
    assert_eq!(limit(30_000), None);
    assert_eq!(limit(60_000), Some(json!(60_000)));
}

#[test]
fn a_refusal_teaches_the_other_shape() {
    let dialect = Dialect::of(&json!({}), false);
    let message = "invalid config: agents: Unrecognized key: \"list\"; channels.defaults: Unrecognized key: \"heartbeat\"";
    let next = dialect.after_refusal(message).unwrap();
    assert_eq!((next.shape, next.channels), (Shape::Entries, false));
    assert_eq!(
        next.after_refusal("agents.entries: Unrecognized key: \"entries\"").unwrap().shape,
        Shape::List
    );
}

#[test]
fn a_refused_heartbeat_key_is_dropped_and_an_unknown_refusal_is_not_ours_to_solve() {
    let dialect = Dialect::of(&json!({}), false);
    let next = dialect
        .after_refusal("invalid config: agents.list[0].heartbeat: Unrecognized key: \"includeReasoning\"")
        .unwrap();
    assert_eq!(next.heartbeat(None).get("includeReasoning"), None);
    assert_eq!(dialect.after_refusal("disk full"), None);
    assert_eq!(dialect.after_refusal("invalid config: models: Required"), None);
}
