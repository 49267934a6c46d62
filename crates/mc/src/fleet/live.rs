//! The fleet as a server has it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::kind::{Change, Kind, Life, Shape, Target};
use super::kinds::KINDS;
use super::secrets::reference_for;
use super::things::{Key, Thing, Things};
use crate::client::Client;
use crate::failure::Failure;
use crate::json::{at, text_at};

/// What a server has.
#[derive(Debug, Default)]
pub(crate) struct Live {
    /// All fields of every thing; a field of a secret is there where the server has one.
    pub(crate) things: Things,
    /// Where each is.
    pub(crate) places: Places,
}

/// Where things of a server are.
#[derive(Debug, Default)]
pub(crate) struct Places {
    places: BTreeMap<Key, Place>,
    /// From ids to what others refer to them by.
    keys: BTreeMap<String, Key>,
}

/// Where a thing is.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Its id.
    pub(crate) id: String,
    /// Its path in the API.
    pub(crate) path: String,
    /// The version that was seen, where such things have one.
    pub(crate) version: Option<String>,
}

impl Place {
    /// Where the API has what is below it.
    pub(crate) fn part(&self, part: &str) -> String {
        format!("{}/{part}", self.path)
    }
}

impl Live {
    /// Asks a server for everything that a file may tell of.
    ///
    /// # Errors
    /// The server's.
    pub(crate) async fn read(client: &Client) -> Result<Self, Failure> {
        let mut live = Self::default();
        let agents = client.all("/api/v1/agents", &[]).await?;
        for kind in KINDS {
            live.things.sections.insert(kind.section);
            if kind.is_below_a_board() {
                let boards = live.of("boards");
                for board in boards {
                    let path = kind.path.replace("{board}", &board.id);
                    live.take(kind, &path, &client.all(&path, &[]).await?);
                }
            } else if kind.path == "/api/v1/agents" {
                let of_kind = |agent: &&Value| is_of(kind, agent);
                let chosen: Vec<Value> = agents.iter().filter(of_kind).cloned().collect();
                live.take(kind, kind.path, &chosen);
            } else {
                let live_ones = [("live", "true".to_owned())];
                let query = if kind.change == Change::Anew { &live_ones[..] } else { &[] };
                live.take(kind, kind.path, &client.all(kind.path, query).await?);
            }
            live.complete(kind, client).await?;
        }
        Ok(live)
    }

    /// Asks for what the API has of things below them.
    async fn complete(&mut self, kind: &'static Kind, client: &Client) -> Result<(), Failure> {
        for part in kind.parts() {
            for thing in self.things.all.iter_mut().filter(|thing| thing.kind.section == kind.section) {
                let Some(place) = self.places.of(&thing.key()) else { continue };
                let has = client.get(&place.part(part), &[]).await?;
                for field in kind.fields.iter().filter(|field| field.part == part) {
                    thing.fields.insert(field.name.to_owned(), at(&has, field.api).clone());
                }
            }
        }
        Ok(())
    }

    fn of(&self, section: &str) -> Vec<Place> {
        let of_section = self.places.places.iter().filter(|(key, _)| key.section == section);
        of_section.map(|(_, place)| place.clone()).collect()
    }

    /// In the order of their keys: a server's order changes with every change. What a file has no name for is left alone.
    fn take(&mut self, kind: &'static Kind, path: &str, values: &[Value]) {
        let named: Vec<_> = values.iter().filter(|value| self.places.can_name(kind, value)).collect();
        let mut things: Vec<_> =
            named.into_iter().map(|value| self.places.learn(kind, path, value)).collect();
        things.sort_by_cached_key(Thing::key);
        self.things.all.extend(things);
    }
}

/// Whether an agent is of this kind: one that goes is of none.
fn is_of(kind: &Kind, agent: &Value) -> bool {
    let is_main = at(agent, "is_gateway_main") == true;
    at(agent, "status") != "deleting"
        && if kind.life == Life::WithItsGateway {
            is_main
        } else {
            !is_main && !at(agent, "board_id").is_null()
        }
}

impl Places {
    /// Where the thing of this key is.
    pub(crate) fn of(&self, key: &Key) -> Option<&Place> {
        self.places.get(key)
    }

    /// Remembers where a thing is that the API told of, below `path`; returns it as a file has it.
    pub(crate) fn learn(&mut self, kind: &'static Kind, path: &str, value: &Value) -> Thing {
        let thing = self.thing(kind, value);
        let key = thing.key();
        let id = text_at(value, "id").to_owned();
        self.keys.insert(id.clone(), key.clone());
        let place = Place {
            path: format!("{path}/{id}"),
            version: at(value, "version").as_str().map(str::to_owned),
            id,
        };
        self.places.insert(key, place);
        thing
    }

    /// A thing of the API as a file has it.
    fn thing(&self, kind: &'static Kind, value: &Value) -> Thing {
        let mut thing = Thing { kind, fields: Map::new() };
        for field in kind.fields.iter().filter(|field| field.part.is_empty()) {
            let has = at(value, field.api);
            let shown = match field.shape {
                // Written below, where the key is known.
                Shape::Secret => continue,
                Shape::One(target) => has.as_str().map_or(Value::Null, |id| self.name(target, id)),
                Shape::Many(target) => {
                    let mut names: Vec<String> = has
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|id| self.name(target, id.as_str()?).as_str().map(str::to_owned))
                        .collect();
                    names.sort_unstable();
                    names.into()
                }
                _ => has.clone(),
            };
            if !shown.is_null() || field.nullable {
                thing.fields.insert(field.name.to_owned(), shown);
            }
        }
        let names = thing.key().names.join("_");
        for field in kind.fields.iter().filter(|field| field.shape == Shape::Secret) {
            if at(value, &format!("has_{}", field.api)) == true {
                let reference = reference_for(kind.section, &names, field.name);
                thing.fields.insert(field.name.to_owned(), reference.into());
            }
        }
        thing
    }

    /// Whether everything that the thing is known by has a name.
    fn can_name(&self, kind: &Kind, value: &Value) -> bool {
        kind.key.iter().filter_map(|name| kind.field(name)).all(|field| match field.shape {
            Shape::One(target) => {
                at(value, field.api).as_str().is_none_or(|id| !self.name(target, id).is_null())
            }
            _ => true,
        })
    }

    fn name(&self, target: Target, id: &str) -> Value {
        let key = self.keys.get(id).filter(|key| key.section == target.section());
        let name = key.and_then(|key| match target {
            Target::Agent => Some(key.name()),
            _ => key.names.last().cloned(),
        });
        name.map_or(Value::Null, Value::from)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_agent_is_known_by_its_board_too_and_what_a_file_has_no_name_for_is_left_alone() {
        let mut live = Live::default();
        let mut take = |section, values: &[Value]| {
            live.take(Kind::of_section(section).unwrap(), "/api/v1/things", values);
        };
        take("boards", &[json!({"id": "b1", "slug": "release"})]);
        take("agents", &[json!({"id": "a1", "board_id": "b1", "name": "Ada/2"})]);
        let rule =
            |id, agent, pattern| json!({"id": id, "agent_id": agent, "board_id": null, "pattern": pattern});
        // Otherwise the rule of a main agent would pass for one of the whole organization.
        take("exec_policies", &[rule("p1", "a1", "ls"), rule("p2", "a-main-agent", "ls")]);
        let rules: Vec<_> = live.things.all.iter().filter(|it| it.kind.section == "exec_policies").collect();
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0].fields["agent"], "release/Ada/2");
        let ada = rules[0].referred(Target::Agent, "release/Ada/2");
        assert_eq!(live.places.of(&ada).unwrap().id, "a1");
        assert_eq!(rules[0].key().to_string(), "rule for commands release/Ada/2/ls");
    }
}
