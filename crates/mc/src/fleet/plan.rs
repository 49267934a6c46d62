//! What has to be done so that a server is as a file says: found out without doing anything.

use std::collections::BTreeMap;

use mission_control_terminal::{Colour, coloured, print};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::kind::{Field, Kind, Life, Shape};
use super::things::{Key, Thing, Things};
use crate::failure::Failure;
use crate::text::clean;

/// What is done to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// It is not there.
    Create,
    /// It differs.
    Change,
    /// It is not in the file.
    Delete,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Delete => "delete",
        }
    }

    /// What is said when it was done.
    pub(crate) const fn done(self) -> &'static str {
        match self {
            Self::Create => "created",
            Self::Change => "changed",
            Self::Delete => "deleted",
        }
    }
}

/// A field that is not as it shall be.
#[derive(Debug)]
pub(crate) struct Difference {
    /// The field.
    pub(crate) field: &'static Field,
    before: Value,
    after: Value,
}

/// What is done to one thing.
#[derive(Debug)]
pub(crate) struct Step {
    /// What is done.
    pub(crate) action: Action,
    /// To which thing; as the file has it, or the server where it goes.
    pub(crate) thing: Thing,
    /// What differs.
    pub(crate) differences: Vec<Difference>,
}

/// What has to be done, in this order.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The steps.
    pub(crate) steps: Vec<Step>,
    /// What the server has in the lists of the file, and the file has not; it stays.
    pub(crate) left: Vec<Key>,
}

/// How a plan is made.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes {
    /// What is not in the lists of the file is deleted.
    pub(crate) prune: bool,
    /// Secrets are sent again where the server has one.
    pub(crate) secrets: bool,
}

/// Compares what is wanted with what there is.
///
/// # Errors
/// A field that is given once and for all is another one.
pub(crate) fn plan(wanted: &Things, found: &Things, wishes: Wishes) -> Result<Plan, Failure> {
    let there: BTreeMap<Key, &Thing> = found.all.iter().map(|thing| (thing.key(), thing)).collect();
    let mut plan = Plan::default();
    let mut faults = Vec::new();
    for thing in &wanted.all {
        let key = thing.key();
        let before = there.get(&key).copied();
        let differences = differences(thing, before, wishes);
        let action = match before {
            None if thing.kind.life != Life::WithItsGateway => Action::Create,
            _ if differences.is_empty() => continue,
            _ => Action::Change,
        };
        for fixed in differences.iter().filter(|difference| difference.field.fixed) {
            if action == Action::Change {
                faults.push(format!("{key}: {} cannot be changed afterwards", fixed.field.name));
            }
        }
        plan.steps.push(Step { action, thing: thing.clone(), differences });
    }
    if !faults.is_empty() {
        return Err(
            Failure::usage(faults.join("\n")).with_next("take it out of the file, or delete the thing first")
        );
    }
    let named: Vec<Key> = wanted.all.iter().map(Thing::key).collect();
    let surplus = found.all.iter().filter(|thing| {
        wanted.sections.contains(thing.kind.section)
            && thing.kind.life != Life::WithItsGateway
            && !named.contains(&thing.key())
    });
    if !wishes.prune {
        plan.left = surplus.map(Thing::key).collect();
        return Ok(plan);
    }
    // What others are in goes after them, and after whatever had to leave it first.
    let (leaves, mut containers): (Vec<_>, Vec<_>) =
        surplus.map(deletion).partition(|step| step.thing.kind.life == Life::Leaf);
    containers.reverse();
    let changes = std::mem::replace(&mut plan.steps, leaves);
    plan.steps.extend(changes);
    plan.steps.extend(containers);
    Ok(plan)
}

fn deletion(thing: &Thing) -> Step {
    Step { action: Action::Delete, thing: thing.clone(), differences: Vec::new() }
}

/// The fields of `wanted` that are not so in `before`.
pub(crate) fn differences(wanted: &Thing, before: Option<&Thing>, wishes: Wishes) -> Vec<Difference> {
    let fields = wanted.kind.fields.iter().filter_map(|field| {
        let after = wanted.fields.get(field.name)?;
        let before = before.and_then(|thing| thing.fields.get(field.name)).unwrap_or(&Value::Null);
        let is_so = match field.shape {
            Shape::Secret => !before.is_null() && !wishes.secrets,
            _ => same(field, before, after),
        };
        (!is_so).then(|| Difference { field, before: before.clone(), after: after.clone() })
    });
    fields.collect()
}

/// Whether two values of a field mean the same.
fn same(field: &Field, one: &Value, other: &Value) -> bool {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match field.shape {
        Shape::Many(_) => names(one) == names(other),
        Shape::Moment => text(one).as_deref().map(moment) == text(other).as_deref().map(moment),
        // Servers take white space off the ends of most texts.
        Shape::Text => text(one).as_deref().map(str::trim) == text(other).as_deref().map(str::trim),
        _ => one == other,
    }
}

fn names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A time in the shortest of its spellings.
fn moment(text: &str) -> String {
    let text = text.trim().replacen(' ', "T", 1);
    let utc = ["Z", "z", "+00:00", "+0000"].iter().find_map(|zone| text.strip_suffix(zone));
    let text = utc.unwrap_or(&text);
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        _ => text,
    };
    if whole.contains('T') { whole.to_owned() } else { format!("{whole}T00:00:00") }
}

impl Plan {
    /// How many steps of an action there are.
    pub(crate) fn count(&self, action: Action) -> usize {
        self.steps.iter().filter(|step| step.action == action).count()
    }

    /// For programs.
    pub(crate) fn to_json(&self) -> Value {
        let steps = self.steps.iter().map(|step| {
            let fields: Vec<Value> = step
                .differences
                .iter()
                .map(|it| json!({"field": it.field.name, "before": it.before, "after": it.after}))
                .collect();
            json!({
                "action": step.action.as_str(),
                "kind": step.thing.kind.section,
                "key": step.thing.key().name(),
                "fields": fields,
            })
        });
        let left = self.left.iter().map(|key| json!({"kind": key.section, "key": key.name()}));
        json!({"steps": steps.collect::<Vec<_>>(), "left": left.collect::<Vec<_>>()})
    }

    /// For people.
    pub(crate) fn print(&self) {
        for step in &self.steps {
            let (sign, colour) = match step.action {
                Action::Create => ('+', Colour::Green),
                Action::Change => ('~', Colour::Yellow),
                Action::Delete => ('-', Colour::Red),
            };
            print(coloured(format_args!("{sign} {}", step.thing.key()), colour));
            for difference in &step.differences {
                difference.print(step.thing.kind);
            }
        }
        let count = |action| self.count(action);
        let (created, changed, deleted) =
            (count(Action::Create), count(Action::Change), count(Action::Delete));
        if self.steps.is_empty() {
            print("Nothing to do.");
        } else {
            print(format_args!("{created} to create, {changed} to change, {deleted} to delete."));
        }
        if !self.left.is_empty() {
            let left: Vec<String> = self.left.iter().map(Key::to_string).collect();
            print(format_args!("Not in the file, and left alone (--prune deletes): {}.", left.join(", ")));
        }
    }
}

impl Difference {
    fn print(&self, kind: &Kind) {
        let name = self.field.name;
        if kind.key.contains(&name) {
            return;
        }
        if self.field.shape == Shape::Secret {
            print(format_args!("    {name}: from {}", shown(&self.after)));
            return;
        }
        let (before, after) = (text(&self.before), text(&self.after));
        if before.contains('\n') || after.contains('\n') {
            print(format_args!("    {name}:"));
            for change in TextDiff::from_lines(&before, &after).iter_all_changes() {
                let line = clean(change.value().trim_end_matches('\n'));
                match change.tag() {
                    ChangeTag::Delete => print(coloured(format_args!("      - {line}"), Colour::Red)),
                    ChangeTag::Insert => print(coloured(format_args!("      + {line}"), Colour::Green)),
                    ChangeTag::Equal => print(format_args!("        {line}")),
                }
            }
        } else if self.before.is_null() {
            print(format_args!("    {name}: {}", shown(&self.after)));
        } else {
            print(format_args!("    {name}: {} → {}", shown(&self.before), shown(&self.after)));
        }
    }
}

/// Texts of several lines as they are, everything else as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => serde_json::to_string_pretty(value).unwrap_or_default(),
        other => other.to_string(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        other => clean(&text(other)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn things(file: Value) -> Things {
        let mut file = file;
        file["version"] = json!(1);
        Things::of_file(&file).unwrap()
    }

    fn told(wanted: Value, found: Value, wishes: Wishes) -> Vec<String> {
        let plan = plan(&things(wanted), &things(found), wishes).unwrap();
        plan.steps
            .iter()
            .map(|step| {
                let fields: Vec<_> = step.differences.iter().map(|it| it.field.name).collect();
                format!("{} {} {}", step.action.as_str(), step.thing.key(), fields.join(","))
                    .trim()
                    .to_owned()
            })
            .collect()
    }

    fn tag(slug: &str, color: &str) -> Value {
        json!({"slug": slug, "name": slug, "color": color})
    }

    fn board(slug: &str) -> Value {
        json!({"slug": slug, "name": slug, "description": "x", "gateway": "Home"})
    }

    const NONE: Wishes = Wishes { prune: false, secrets: false };
    const PRUNE: Wishes = Wishes { prune: true, secrets: false };

    #[test]
    fn what_is_as_it_shall_be_needs_nothing() {
        let same = json!({"tags": [tag("a", "112233")]});
        assert_eq!(told(same.clone(), same, PRUNE), [] as [String; 0]);
    }

    #[test]
    fn what_is_missing_is_created_and_what_differs_is_changed() {
        let wanted = json!({"tags": [tag("a", "ffffff"), tag("b", "000000")]});
        let found = json!({"tags": [tag("a", "000000"), tag("c", "000000")]});
        let expected = ["change tag a color", "create tag b slug,name,color"];
        assert_eq!(told(wanted.clone(), found.clone(), NONE), expected);
        assert_eq!(told(wanted, found, PRUNE), [expected[0], expected[1], "delete tag c"]);
    }

    #[test]
    fn a_field_that_is_not_in_the_file_is_left_alone_and_null_empties_one() {
        let found = json!({"tags": [{"slug": "a", "name": "a", "description": "Before"}]});
        assert_eq!(
            told(json!({"tags": [{"slug": "a", "name": "a"}]}), found.clone(), NONE),
            [] as [String; 0]
        );
        let emptied = json!({"tags": [{"slug": "a", "name": "a", "description": null}]});
        assert_eq!(told(emptied, found, NONE), ["change tag a description"]);
    }

    #[test]
    fn a_list_that_is_not_in_the_file_is_left_alone_and_an_empty_one_empties_it() {
        let found = json!({"tags": [tag("a", "000000")]});
        assert_eq!(told(json!({}), found.clone(), PRUNE), [] as [String; 0]);
        assert_eq!(told(json!({"tags": []}), found, PRUNE), ["delete tag a"]);
    }

    #[test]
    fn leaves_go_first_and_what_they_were_in_goes_last() {
        let found = json!({
            "gateways": [{"name": "Home", "url": "ws://h", "workspace_root": "~"}],
            "boards": [board("a")],
            "agents": [{"board": "a", "name": "Ada"}],
        });
        let wanted = json!({"gateways": [], "boards": [], "agents": [], "tags": [tag("t", "000000")]});
        assert_eq!(
            told(wanted, found, PRUNE),
            ["delete agent a/Ada", "create tag t slug,name,color", "delete board a", "delete gateway Home"]
        );
    }

    #[test]
    fn a_secret_is_sent_where_there_is_none_and_where_it_is_wished() {
        let gateway = |token: Option<&str>| {
            let mut gateway = json!({"name": "Home", "url": "ws://h", "workspace_root": "~"});
            if let Some(token) = token {
                gateway["token"] = json!(token);
            }
            json!({"gateways": [gateway]})
        };
        let wanted = || gateway(Some("${HOME_TOKEN}"));
        assert_eq!(told(wanted(), gateway(None), NONE), ["change gateway Home token"]);
        assert_eq!(told(wanted(), gateway(Some("${OTHER}")), NONE), [] as [String; 0]);
        let again = Wishes { secrets: true, ..NONE };
        assert_eq!(told(wanted(), gateway(Some("${OTHER}")), again), ["change gateway Home token"]);
    }

    #[test]
    fn a_main_agent_is_changed_and_never_created_or_deleted() {
        let main = json!({"main_agents": [{"gateway": "Home", "name": "Majordomo"}]});
        assert_eq!(told(main.clone(), json!({}), NONE), ["change main agent Home gateway,name"]);
        assert_eq!(told(json!({"main_agents": []}), main, PRUNE), [] as [String; 0]);
    }

    #[test]
    fn a_lead_stays_one() {
        let agent = |lead: bool| json!({"agents": [{"board": "a", "name": "Ada", "lead": lead}]});
        let failure = plan(&things(agent(true)), &things(agent(false)), NONE).unwrap_err().to_string();
        assert!(failure.contains("agent a/Ada: lead cannot be changed"), "{failure}");
        assert_eq!(told(agent(true), json!({}), NONE), ["create agent a/Ada board,name,lead"]);
    }

    #[rstest]
    #[case("target_date", json!("2026-12-24"), json!("2026-12-24T00:00:00.000000"))]
    #[case("target_date", json!("2026-12-24T12:00:00Z"), json!("2026-12-24T12:00:00.000000"))]
    #[case("objective", json!("Ship it.\n"), json!("Ship it."))]
    fn spellings_of_the_same_are_no_difference(
        #[case] field: &str,
        #[case] one: Value,
        #[case] other: Value,
    ) {
        let with = |value: Value| {
            let mut board = board("a");
            board[field] = value;
            json!({"boards": [board]})
        };
        assert_eq!(told(with(one), with(other), NONE), [] as [String; 0]);
    }

    #[test]
    fn boards_of_a_field_are_in_no_order() {
        let field = |boards: Value| json!({"custom_fields": [{"field_key": "k", "boards": boards}]});
        assert_eq!(told(field(json!(["b", "a"])), field(json!(["a", "b"])), NONE), [] as [String; 0]);
        let fewer = told(field(json!(["a"])), field(json!(["a", "b"])), NONE);
        assert_eq!(fewer, ["change custom field k boards"]);
    }
}
