//! A request for each route, made from the document.

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::everything::Places;

/// Bodies for operations that look at rights only after they have found something to do: the smallest would be refused
/// before.
const BODIES: [(&str, &str); 3] = [
    ("tags_update", r#"{"description": "text"}"#),
    ("custom_fields_update", r#"{"description": "text"}"#),
    ("skill_packs_update", r#"{"source_url": "https://github.com/example/pack"}"#),
];

/// A request of which one id is that of something else.
pub(crate) struct Swapped {
    /// Where that id is: `path task_id`, `query board_id`, `body agent_id`.
    pub(crate) what: String,
    pub(crate) path: String,
    pub(crate) body: Value,
}

/// The kind of thing that a field or parameter of this name is the id of, and whether it takes several.
fn kind_of(name: &str) -> Option<(String, bool)> {
    let (one, several) = match name.strip_suffix("_ids") {
        Some(stem) => (format!("{stem}_id"), true),
        None => (name.to_owned(), false),
    };
    let kind = match one.as_str() {
        "assigned_agent_id" => "agent_id",
        "assigned_user_id" => "user_id",
        "board_group_id" => "group_id",
        "depends_on_task_id" | "after_task_id" => "task_id",
        kind if kind.ends_with("_id") => kind,
        _ => return None,
    };
    Some((kind.to_owned(), several))
}

/// An operation of the document.
pub(crate) struct Route<'a> {
    method: Method,
    template: &'a str,
    operation: &'a Value,
    document: &'a Value,
}

impl<'a> Route<'a> {
    /// All of them: what only reads first, then what changes things, then what deletes them, the innermost first.
    pub(crate) fn all(document: &'a Value) -> Vec<Self> {
        let paths = document["paths"].as_object().unwrap().iter();
        let mut routes: Vec<_> = paths
            .flat_map(|(template, item)| {
                item.as_object().unwrap().iter().map(move |(method, operation)| Self {
                    method: method.to_uppercase().parse().unwrap(),
                    template,
                    operation,
                    document,
                })
            })
            .collect();
        routes.sort_by_key(|route| {
            let step = match route.method {
                Method::GET => 0,
                Method::DELETE if route.template.ends_with("/me") => 3,
                Method::DELETE => 2,
                _ => 1,
            };
            let depth = route.template.split('/').count();
            (step, std::cmp::Reverse(depth), route.template, route.method.to_string())
        });
        routes
    }

    /// Method and path, as the table has them.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    pub(crate) fn operation_id(&self) -> &'a str {
        self.operation["operationId"].as_str().unwrap()
    }

    pub(crate) fn tags(&self) -> Vec<String> {
        let tags = self.operation["tags"].as_array().into_iter().flatten();
        tags.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    pub(crate) fn method(&self) -> Method {
        self.method.clone()
    }

    /// The template of its path.
    pub(crate) fn template(&self) -> &'a str {
        self.template
    }

    /// Whether the document says that it answers with this status.
    pub(crate) fn answers(&self, status: u16) -> bool {
        self.operation["responses"].get(status.to_string()).is_some()
    }

    /// Its query parameters: name and schema.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let parameters = self.operation["parameters"].as_array().into_iter().flatten();
        let query = parameters.filter(|parameter| parameter["in"] == "query");
        query.map(|parameter| (name_of(parameter), &parameter["schema"]))
    }

    /// The fields of its body, each with the way to it (JSON pointers, below the first element of lists) and its schema.
    pub(crate) fn fields(&self) -> Vec<(String, &'a Value)> {
        let mut fields = Vec::new();
        let content = self.operation["requestBody"]["content"].as_object();
        if let Some(content) = content.and_then(|content| content.values().next()) {
            self.collect(&content["schema"], "", &mut fields);
        }
        fields
    }

    fn collect(&self, schema: &'a Value, place: &str, fields: &mut Vec<(String, &'a Value)>) {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.collect(self.document.pointer(&reference[1..]).unwrap(), place, fields);
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            for part in schema[choice].as_array().into_iter().flatten() {
                self.collect(part, place, fields);
            }
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let place = format!("{place}/{name}");
            fields.push((place.clone(), field));
            self.collect(field, &place, fields);
        }
        if schema["items"].is_object() {
            let place = format!("{place}/0");
            fields.push((place.clone(), &schema["items"]));
            self.collect(&schema["items"], &place, fields);
        }
    }

    /// Whether the answer is a stream.
    pub(crate) fn is_stream(&self) -> bool {
        self.operation["responses"]["200"]["content"]["text/event-stream"].is_object()
    }

    /// Whether the document says that some credential is needed.
    pub(crate) fn takes_credential(&self) -> bool {
        self.operation["security"].is_array()
    }

    /// Whether the document says that the credential of this name is taken: `user` or `agent`; of routes that take none,
    /// everybody's is.
    pub(crate) fn admits(&self, credential: &str) -> bool {
        let schemes = self.operation["security"].as_array();
        schemes.is_none_or(|schemes| schemes.iter().any(|scheme| scheme.get(credential).is_some()))
    }

    /// The path, with places for its parameters, and the query that the document requires.
    pub(crate) fn path(&self, places: &Places) -> String {
        self.path_with(places, |parameter| parameter["required"] == json!(true))
    }

    /// The same, narrowed down by every query parameter that names a thing of the scene.
    pub(crate) fn narrowed_path(&self, places: &Places) -> String {
        self.path_with(places, |parameter| {
            parameter["required"] == json!(true) || places.get(name_of(parameter)).is_some()
        })
    }

    /// Requests for `own` things, each with one id (and one with all ids of the path) of `others`.
    pub(crate) fn with_ids_of(&self, own: &Places, others: &Places) -> Vec<Swapped> {
        let mut requests = Vec::new();
        let body = self.body(own);
        let names: Vec<&str> =
            self.template.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        let mut all = own.clone();
        for name in &names {
            let Some(other) = others.get(name) else { continue };
            all = all.with(name, other);
            let path = self.path(&own.with(name, other));
            requests.push(Swapped { what: format!("path {name}"), path, body: body.clone() });
        }
        if requests.len() > 1 {
            requests.push(Swapped {
                what: "path, all of it".to_owned(),
                path: self.path(&all),
                body: body.clone(),
            });
        }
        for name in self.query_parameters() {
            let Some(other) = kind_of(name).and_then(|(kind, _)| others.get(&kind)) else { continue };
            let path = self.path(&own.clone());
            let path = match path.split_once(&format!("{name}=")) {
                Some((before, after)) => {
                    let rest = after.split_once('&').map(|(_, rest)| format!("&{rest}")).unwrap_or_default();
                    format!("{before}{name}={other}{rest}")
                }
                None => format!("{path}{}{name}={other}", if path.contains('?') { '&' } else { '?' }),
            };
            requests.push(Swapped { what: format!("query {name}"), path, body: body.clone() });
        }
        for (name, value) in self.ids_in_body(others) {
            let mut swapped = body.clone();
            swapped[&name] = value;
            requests.push(Swapped { what: format!("body {name}"), path: self.path(own), body: swapped });
        }
        requests
    }

    /// Whether the route wants to know who calls.
    pub(crate) fn takes_a_credential(&self) -> bool {
        self.operation["security"].as_array().is_some_and(|schemes| !schemes.is_empty())
    }

    /// The query parameters that may be left out.
    pub(crate) fn optional_parameters(&self) -> Vec<&'a str> {
        let parameters = self.operation["parameters"].as_array().into_iter().flatten();
        let optional = parameters.filter(|it| it["in"] == "query" && it["required"] != json!(true));
        optional.map(name_of).collect()
    }

    /// The words that a query parameter may be.
    pub(crate) fn words_of(&self, name: &str) -> Vec<String> {
        let parameters = self.operation["parameters"].as_array().into_iter().flatten();
        let schemas =
            parameters.filter(|it| it["in"] == "query" && name_of(it) == name).map(|it| &it["schema"]);
        let words = schemas.flat_map(|schema| {
            let choices = schema["oneOf"].as_array().into_iter().flatten();
            std::iter::once(schema).chain(choices).filter_map(|schema| schema["enum"].as_array()).flatten()
        });
        words.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// What a parameter of this name is the id of.
    pub(crate) fn kind_of(name: &str) -> Option<String> {
        kind_of(name).map(|(kind, _)| kind)
    }

    fn query_parameters(&self) -> Vec<&'a str> {
        let parameters = self.operation["parameters"].as_array().into_iter().flatten();
        parameters.filter(|parameter| parameter["in"] == "query").map(name_of).collect()
    }

    /// The fields of the body that name things, with those of `places`.
    fn ids_in_body(&self, places: &Places) -> Vec<(String, Value)> {
        let content = self.operation["requestBody"]["content"].as_object();
        let Some(content) = content.and_then(|content| content.values().next()) else { return Vec::new() };
        let mut schema = &content["schema"];
        if let Some(reference) = schema["$ref"].as_str() {
            schema = self.document.pointer(&reference[1..]).unwrap();
        }
        let fields = schema["properties"].as_object().into_iter().flatten();
        let mut found = Vec::new();
        for (name, _) in fields {
            if name == "board_access" {
                let grant =
                    places.get("board_id").map(|board| json!([{ "board_id": board, "can_write": true }]));
                found.extend(grant.map(|grant| (name.clone(), grant)));
            } else if let Some((kind, several)) = kind_of(name)
                && let Some(place) = places.get(&kind)
            {
                found.push((name.clone(), if several { json!([place]) } else { json!(place) }));
            }
        }
        found
    }

    fn path_with(&self, places: &Places, wanted: impl Fn(&Value) -> bool) -> String {
        let mut path = self.template.to_owned();
        while let Some((start, rest)) = path.split_once('{') {
            let (name, end) = rest.split_once('}').unwrap();
            let place = places.get(name).unwrap_or_else(|| {
                panic!("{}: make something for {{{name}}} in tests/it/everything.rs", self.name())
            });
            path = format!("{start}{place}{end}");
        }
        let parameters = self.operation["parameters"].as_array().into_iter().flatten();
        let query = parameters.filter(|parameter| parameter["in"] == "query" && wanted(parameter));
        for (number, parameter) in query.enumerate() {
            let name = name_of(parameter);
            let value = self.smallest(&parameter["schema"], name, places);
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            path = format!("{path}{}{name}={value}", if number == 0 { '?' } else { '&' });
        }
        path
    }

    /// The smallest body that the document allows; an empty object for an operation without one.
    pub(crate) fn body(&self, places: &Places) -> Value {
        if let Some((_, body)) = BODIES.iter().find(|(id, _)| self.operation["operationId"] == *id) {
            return serde_json::from_str(body).unwrap();
        }
        let content = self.operation["requestBody"]["content"].as_object();
        match content.and_then(|content| content.values().next()) {
            Some(content) => self.smallest(&content["schema"], "body", places),
            None => json!({}),
        }
    }

    /// The smallest value of a schema. What is called like a parameter of a path is the id of something that is there.
    fn smallest(&self, schema: &Value, name: &str, places: &Places) -> Value {
        if let Some(place) = places.get(name) {
            return json!(place);
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return self.smallest(self.document.pointer(&reference[1..]).unwrap(), name, places);
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(first) =
                schema[choice].as_array().and_then(|of| of.iter().find(|it| it["type"] != "null"))
            {
                return self.smallest(first, name, places);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts.iter().map(|part| self.smallest(part, name, places));
            let fields = parts.filter_map(|part| part.as_object().cloned()).flatten();
            return Value::Object(fields.collect());
        }
        if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
            return first.clone();
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find_map(Value::as_str),
            kind => kind.as_str(),
        };
        match (kind, schema["format"].as_str()) {
            (Some("string"), Some("uuid")) => json!("00000000-0000-4000-8000-00000000dead"),
            (Some("string"), Some("date-time")) => json!("2030-01-01T00:00:00"),
            (Some("string"), _) => json!("text"),
            (Some("integer" | "number"), _) => schema["minimum"].as_i64().map_or(json!(1), Value::from),
            (Some("boolean"), _) => json!(false),
            (Some("array"), _) => json!([]),
            _ => self.required_fields(schema, places),
        }
    }

    fn required_fields(&self, schema: &Value, places: &Places) -> Value {
        let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let field = |name: &str| (name.to_owned(), self.smallest(&schema["properties"][name], name, places));
        Value::Object(names.map(field).collect::<Map<_, _>>())
    }
}

fn name_of(parameter: &Value) -> &str {
    parameter["name"].as_str().unwrap()
}
