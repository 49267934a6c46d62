//! Walks a JSON value, keeps the place, and collects everything that is wrong instead of stopping at the first.

use std::borrow::Cow;

use mission_control_core::limits::FAULTS;
use serde_json::{Map, Value};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::{Fault, Step};

/// How something is read from a request.
pub trait FromInput {
    /// What is read.
    type Output;

    /// Whether the field must be sent; only documentation, [`absent`](Self::absent) decides.
    const REQUIRED: bool = true;

    /// Reads the value, or notes in the reader what is wrong with it.
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self::Output>;

    /// What an absent field means; a fault unless the type says otherwise.
    fn absent(reader: &mut Reader) -> Option<Self::Output> {
        reader.fail("missing", "This field is required.")
    }

    /// The JSON schema for the API document.
    fn schema() -> RefOr<Schema>;

    /// Schemas that [`schema`](Self::schema) refers to by name.
    fn named_schemas(_named: &mut Vec<(String, RefOr<Schema>)>) {}
}

/// A struct that [`input!`](crate::input!) declared. Its fields can be part of another such struct.
pub trait Fields: FromInput<Output = Self> + Sized {
    /// What they are called.
    fn names() -> Vec<&'static str>;

    /// Reads them, or notes in the reader what is wrong with them.
    fn read(object: &Map<String, Value>, reader: &mut Reader) -> Option<Self>;

    /// Adds them to the JSON schema of the struct that they are part of.
    fn describe(object: ObjectBuilder) -> ObjectBuilder;
}

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
        self.push(Fault::at(self.place.clone(), kind, msg))
    }

    /// The same, with what a sentence about the fault needs: the maximum that was passed, the choices that there are.
    pub fn fail_with<T>(
        &mut self,
        kind: &'static str,
        msg: impl Into<Cow<'static, str>>,
        (name, value): (&'static str, impl Into<Value>),
    ) -> Option<T> {
        let ctx = Map::from_iter([(name.to_owned(), value.into())]);
        self.push(Fault { ctx: Some(ctx), ..Fault::at(self.place.clone(), kind, msg) })
    }

    fn push<T>(&mut self, fault: Fault) -> Option<T> {
        if self.faults.len() < FAULTS {
            self.faults.push(fault);
        }
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
    pub fn field<T: FromInput>(
        &mut self,
        object: &Map<String, Value>,
        name: &'static str,
    ) -> Option<T::Output> {
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
        default: impl FnOnce() -> T::Output,
    ) -> Option<T::Output> {
        if object.contains_key(name) { self.field::<T>(object, name) } else { Some(default()) }
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
