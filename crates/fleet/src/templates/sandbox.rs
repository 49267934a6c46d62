//! Rendering of templates written by people or agents.
//!
//! The engine has no loader, no functions and a handful of filters, none of which can multiply a text; statements are
//! limited to conditions and loops; steps, source and output are bounded. What is left can only read the context.

use std::io::{self, Write};

use minijinja::{Environment, ErrorKind, UndefinedBehavior, filters};
use mission_control_core::limits::{TEMPLATE_OUTPUT, TEMPLATE_STACK, TEMPLATE_STEPS, TEMPLATES_AT_ONCE};
use tokio::sync::{Semaphore, oneshot};

use super::{Context, bounds};

/// How many templates are rendered at once.
static PLACES: Semaphore = Semaphore::const_new(TEMPLATES_AT_ONCE);

/// Renders `source`; the error says what is wrong with it.
pub(super) async fn render(source: &str, context: &Context) -> Result<String, String> {
    bounds::check(source, |name| context.is_private(name))?;
    let (source, values) = (source.to_owned(), context.open());
    on_large_stack(move || interpret(&source, &values)).await?
}

/// Runs `work` on a thread of its own with room for deep recursion.
pub(super) async fn on_large_stack<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let place = PLACES.acquire().await.map_err(|_| "cannot be rendered now".to_owned())?;
    let (sender, answer) = oneshot::channel();
    let thread = std::thread::Builder::new().name("template".to_owned()).stack_size(TEMPLATE_STACK);
    let run = move || {
        let _place = place;
        // When the receiver is gone, nobody wants the answer any more.
        drop(sender.send(work()));
    };
    thread.spawn(run).map_err(|error| format!("cannot be rendered: no thread for it ({error})"))?;
    answer.await.map_err(|_| "cannot be rendered: the engine gave up".to_owned())
}

/// Parses and renders `source` with `values`, within the stack of the calling thread.
pub(super) fn interpret(source: &str, values: &minijinja::Value) -> Result<String, String> {
    let environment = environment();
    let describe = |error: minijinja::Error| {
        let what = match error.kind() {
            ErrorKind::UndefinedError => "uses a variable that does not exist".to_owned(),
            ErrorKind::OutOfFuel => "takes too many steps".to_owned(),
            ErrorKind::WriteFailure => format!("makes more than {TEMPLATE_OUTPUT} bytes"),
            kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
        };
        error.line().map_or_else(|| what.clone(), |line| format!("{what} (line {line})"))
    };
    let mut output = Bounded(Vec::new());
    environment
        .template_from_str(source)
        .and_then(|template| template.render_captured_to(values, &mut output).map(drop))
        .map_err(describe)?;
    String::from_utf8(output.0).map_err(|_| "does not make text".to_owned())
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(TEMPLATE_STEPS));
    environment.set_recursion_limit(16);
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("title", filters::title);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("default", filters::default);
    environment.add_filter("length", filters::length);
    environment.add_filter("string", filters::string);
    environment.add_test("defined", minijinja::tests::is_defined);
    environment.add_test("undefined", minijinja::tests::is_undefined);
    environment
}

struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > TEMPLATE_OUTPUT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
