//! Walks a JSON value, keeps the place, and collects everything that is wrong instead of stopping at the first.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Fault, FromInput, Step};

/// A form that a value may have: its name, and how it is read.
pub type Form<'f, T> = (&'static str, &'f dyn Fn(&mut Reader) -> Option<T>);

/// State of one reading: where we are, what was wrong so far, what nobody asked for.
#[derive(Debug)]
pub struct Reader {
    place: Vec<Step>,
    faults: Vec<Fault>,
    ignored: Vec<String>,
}

impl Reader {
    /// A reader of the request's `part`: `body`, `query` or `path`.
    pub fn new(part: &'static str) -> Self {
        Self { place: vec![Step::Name(part.into())], faults: Vec::new(), ignored: Vec::new() }
    }

    /// Notes a fault at the current place. Returns `None`, so that a reading function can end with it.
    pub fn fail<T>(&mut self, kind: &'static str, msg: impl Into<Cow<'static, str>>) -> Option<T> {
        self.faults.push(Fault { loc: self.place.clone(), msg: msg.into(), kind });
        None
    }

    /// The value as an object; fields other than `known` are noted as ignored.
    pub fn object<'v>(&mut self, value: &'v Value, known: &[&str]) -> Option<&'v Map<String, Value>> {
        let Value::Object(object) = value else {
            return self.fail("model_attributes_type", "Expected an object.");
        };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let ignored = self.path_of(name);
            self.ignored.push(ignored);
        }
        Some(object)
    }

    /// Reads one field; what absence means is up to its type.
    pub fn field<T: FromInput>(&mut self, object: &Map<String, Value>, name: &'static str) -> Option<T> {
        self.at(Step::Name(name.into()), |reader| match object.get(name) {
            Some(value) => T::from_input(value, reader),
            None => T::absent(reader),
        })
    }

    /// Reads one field that has a default.
    pub fn field_or<T: FromInput>(
        &mut self,
        object: &Map<String, Value>,
        name: &'static str,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        if object.contains_key(name) { self.field(object, name) } else { Some(default()) }
    }

    /// Reads something one step further in.
    pub fn at<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.place.push(step);
        let result = read(self);
        self.place.pop();
        result
    }

    /// Reads a value of one of several forms: the first that fits. When none does, the faults of all of them are noted,
    /// each below the name of its form.
    pub fn one_of<T>(&mut self, forms: &[Form<'_, T>]) -> Option<T> {
        let mut faults = Vec::new();
        for (name, read) in forms {
            let mut inner = Self { place: self.place.clone(), faults: Vec::new(), ignored: Vec::new() };
            match read(&mut inner) {
                Some(value) if inner.faults.is_empty() => {
                    self.ignored.append(&mut inner.ignored);
                    return Some(value);
                }
                _ => faults.extend(inner.faults.into_iter().map(|mut fault| {
                    fault.loc.insert(self.place.len(), Step::Name((*name).into()));
                    fault
                })),
            }
        }
        self.faults.append(&mut faults);
        None
    }

    /// Ends the reading: the value, or every fault. Also the names of the fields that nobody asked for.
    pub fn finish<T>(self, value: Option<T>) -> (Result<T, Vec<Fault>>, Vec<String>) {
        let outcome = match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        };
        (outcome, self.ignored)
    }

    /// `outer.0.name`, without the part of the request.
    fn path_of(&self, name: &str) -> String {
        let mut path = String::new();
        for step in self.place.iter().skip(1) {
            match step {
                Step::Name(name) => path.push_str(name),
                Step::Index(index) => path.push_str(&index.to_string()),
            }
            path.push('.');
        }
        path.push_str(name);
        path
    }
}
