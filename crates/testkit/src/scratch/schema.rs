use std::error::Error;

/// What the creation of a schema ends with.
pub type Created = Result<(), Box<dyn Error>>;

/// A schema that scratch databases start with.
pub struct Schema<'a> {
    /// Changes whenever the schema does, such as the list of migration names or a hash of their text. A template is
    /// kept and reused under this name.
    pub fingerprint: &'a str,
    /// Creates the schema in the empty database at this `DATABASE_URL` and closes its connections.
    pub create: &'a dyn Fn(&str) -> Created,
}
