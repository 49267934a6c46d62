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

    pub(crate) fn method(&self) -> Method {
        self.method.clone()
    }

    /// Whether the answer is a stream.
    pub(crate) fn is_stream(&self) -> bool {
        self.operation["responses"]["200"]["content"]["text/event-stream"].is_object()
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
