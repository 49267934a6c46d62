//! The texts of an agent's workspace: our own templates, and the ones that people and leads supply.

mod bounds;
mod context;
mod sandbox;

pub use context::{Context, Subject};

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, syntax::SyntaxConfig};
use mission_control_core::models::Agent;
use mission_control_gateway_rpc::workspace;

use crate::text::one_line;

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
            Self::Tools => workspace::TOOLS,
            Self::Heartbeat => workspace::HEARTBEAT,
            Self::Agents => workspace::AGENTS,
            Self::Identity => workspace::IDENTITY,
            Self::Soul => workspace::SOUL,
            Self::User => workspace::USER,
            Self::Memory => workspace::MEMORY,
            Self::Bootstrap => workspace::BOOTSTRAP,
        }
    }

    /// Whether agents remove it themselves: at the end of their first run, or when they put their memory elsewhere.
    pub const fn is_removable(self) -> bool {
        matches!(self, Self::Bootstrap | Self::Memory)
    }

    /// The file of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
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
    Ok(ended(&text))
}

/// What the templates make that somebody supplied for one agent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supplied {
    identity: Option<String>,
    soul: Option<String>,
}

impl Supplied {
    /// Renders the templates that `agent` has, without any access to the host, without what only our own templates may
    /// use, and within limits that hold before anything is parsed.
    ///
    /// # Errors
    /// [`TemplateError`] when one is broken, uses a variable that it may not, or exceeds a limit.
    pub async fn render(agent: &Agent, context: &Context) -> Result<Self, TemplateError> {
        let identity = supplied(File::Identity, agent.identity_template.as_deref(), context).await?;
        let soul = supplied(File::Soul, agent.soul_template.as_deref(), context).await?;
        Ok(Self { identity, soul })
    }

    /// The text of `file`, when somebody supplied a template for it.
    pub fn text(&self, file: File) -> Option<&str> {
        match file {
            File::Identity => self.identity.as_deref(),
            File::Soul => self.soul.as_deref(),
            _ => None,
        }
    }
}

async fn supplied(
    file: File,
    source: Option<&str>,
    context: &Context,
) -> Result<Option<String>, TemplateError> {
    let Some(source) = source else { return Ok(None) };
    let text = sandbox::render(source, context).await;
    let text = text.map_err(|reason| TemplateError { file: file.name(), reason })?;
    Ok(Some(ended(&text)))
}

/// The text without blanks around it, and with the end of line that gateways give a file which they write themselves.
fn ended(text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        text => format!("{text}\n"),
    }
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
