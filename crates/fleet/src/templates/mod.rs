//! The texts of an agent's workspace: our own templates, and the ones that people and leads supply.

mod context;
mod sandbox;

pub use context::{Context, Subject};

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, syntax::SyntaxConfig};

/// A workspace file that we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// Connection values and how to call the API.
    Tools,
    /// What one cycle is.
    Heartbeat,
    /// How to work.
    Agents,
    /// Name, role, style.
    Identity,
    /// Character.
    Soul,
    /// The person behind.
    User,
    /// Long-term memory; the agent's own once written.
    Memory,
    /// The first run.
    Bootstrap,
}

impl File {
    /// All files in the order in which they are written: the ones a gateway may refuse come before AGENTS.md, which
    /// then takes their content.
    pub const ALL: [Self; 8] = [
        Self::Tools,
        Self::Heartbeat,
        Self::Agents,
        Self::Identity,
        Self::Soul,
        Self::User,
        Self::Memory,
        Self::Bootstrap,
    ];

    /// The file's name in the workspace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tools => "TOOLS.md",
            Self::Heartbeat => "HEARTBEAT.md",
            Self::Agents => "AGENTS.md",
            Self::Identity => "IDENTITY.md",
            Self::Soul => "SOUL.md",
            Self::User => "USER.md",
            Self::Memory => "MEMORY.md",
            Self::Bootstrap => "BOOTSTRAP.md",
        }
    }

    const fn source(self) -> &'static str {
        match self {
            Self::Tools => include_str!("../../templates/tools.md.j2"),
            Self::Heartbeat => include_str!("../../templates/heartbeat.md.j2"),
            Self::Agents => include_str!("../../templates/agents.md.j2"),
            Self::Identity => include_str!("../../templates/identity.md.j2"),
            Self::Soul => include_str!("../../templates/soul.md.j2"),
            Self::User => include_str!("../../templates/user.md.j2"),
            Self::Memory => include_str!("../../templates/memory.md.j2"),
            Self::Bootstrap => include_str!("../../templates/bootstrap.md.j2"),
        }
    }
}

/// A template that could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct TemplateError {
    /// The file that was being rendered.
    pub file: &'static str,
    /// What is wrong, with the line where known.
    pub reason: String,
}

impl TemplateError {
    fn new(file: File, error: &Error) -> Self {
        let what = match error.kind() {
            ErrorKind::UndefinedError => "uses a variable that does not exist".to_owned(),
            ErrorKind::OutOfFuel => "takes too many steps".to_owned(),
            kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
        };
        let reason = error.line().map_or_else(|| what.clone(), |line| format!("{what} (line {line})"));
        Self { file: file.name(), reason }
    }
}

/// Renders one of our own templates.
///
/// # Errors
/// [`TemplateError`] when a template and its context do not fit each other, which the tests of this crate exclude.
pub fn render(file: File, context: &Context) -> Result<String, TemplateError> {
    let wrap = |error: Error| TemplateError::new(file, &error);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
        .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(wrap)?);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_filter("line", |text: &str| one_line(text));
    environment.add_filter("short", |text: &str, limit: usize| shorten(text, limit));
    let text = environment
        .template_from_named_str(file.name(), file.source())
        .and_then(|template| template.render(context))
        .map_err(wrap)?;
    Ok(text.trim().to_owned())
}

/// Renders a template that somebody supplied for `file`, without any access to the host and within limits.
///
/// # Errors
/// [`TemplateError`] when the template is broken, uses an unknown variable or exceeds a limit.
pub fn render_supplied(file: File, source: &str, context: &Context) -> Result<String, TemplateError> {
    sandbox::render(source, context)
        .map(|text| text.trim().to_owned())
        .map_err(|reason| TemplateError { file: file.name(), reason })
}

/// The text on one line: a name must not be able to start a line of its own in TOOLS.md.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    format!("{cut} […]")
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod tests_support;
