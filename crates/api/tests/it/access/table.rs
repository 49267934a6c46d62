//! The table, as it was found and as it was reviewed.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::Path;

use mission_control_testkit::actors::Actor;

/// Where the table is, below the crate.
const REVIEWED: &str = "tests/it/access/table.txt";
/// Set to write the table anew.
const UPDATE: &str = "UPDATE_ACCESS_TABLE";

/// What an answer says of the caller's rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    LetIn,
    Unknown,
    Forbidden,
    Hidden,
}

impl Cell {
    /// # Panics
    /// The answer is the server's failure.
    pub(super) fn from_status(route: &str, status: u16) -> Self {
        match status {
            401 | 429 => Self::Unknown,
            403 => Self::Forbidden,
            404 => Self::Hidden,
            500 | 501 => panic!("{route} answered {status}"),
            _ => Self::LetIn,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::LetIn => "ok",
            Self::Unknown => "401",
            Self::Forbidden => "403",
            Self::Hidden => "404",
        })
    }
}

/// Routes by path and method, each with a word per actor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table(BTreeMap<(String, String), Vec<String>>);

fn key(route: &str) -> (String, String) {
    let (method, path) = route.split_once(' ').unwrap();
    (path.to_owned(), method.to_owned())
}

impl Table {
    /// One with these routes and nothing in it.
    pub(super) fn of(routes: impl Iterator<Item = String>) -> Self {
        Self(routes.map(|route| (key(&route), vec!["-".to_owned(); Actor::ALL.len()])).collect())
    }

    pub(super) fn set(&mut self, route: String, actor: Actor, cell: Cell) {
        let column = Actor::ALL.iter().position(|it| *it == actor).unwrap();
        self.0.get_mut(&key(&route)).unwrap()[column] = cell.to_string();
    }

    /// Compares with the file, or writes it when that is wanted.
    ///
    /// # Panics
    /// They differ: the message names each difference, and what to do.
    pub(super) fn compare_with_the_reviewed(&self) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(REVIEWED);
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(file, self.to_string()).unwrap();
            return;
        }
        let differences = self.differences(&Self::parse(&std::fs::read_to_string(file).unwrap()));
        assert!(
            differences.is_empty(),
            "who may call what differs from crates/api/{REVIEWED}:\n\n{}\n\n\
             Mend the route; or, if this is how it should be, run this test with {UPDATE}=1 and review the change.",
            differences.join("\n"),
        );
    }

    fn parse(text: &str) -> Self {
        let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let rows = rows.map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            let (method, path) = (words.next().unwrap(), words.next().unwrap());
            ((path, method), words.collect())
        });
        Self(rows.collect())
    }

    fn differences(&self, reviewed: &Self) -> Vec<String> {
        let name = |(path, method): &(String, String)| format!("{method} {path}");
        let gone = reviewed.0.keys().filter(|key| !self.0.contains_key(*key));
        let gone = gone.map(|key| format!("  {}: has a row, but is no route", name(key)));
        let changed = self.0.iter().flat_map(|(key, cells)| {
            let Some(expected) = reviewed.0.get(key) else {
                return vec![format!("  {}: has no row; it answers {}", name(key), cells.join(" "))];
            };
            let columns = Actor::ALL.iter().enumerate();
            let differing = columns.filter(|(n, _)| expected.get(*n) != cells.get(*n));
            let differing = differing.map(|(n, actor)| {
                let expected = expected.get(n).map_or("nothing", String::as_str);
                format!("  {}: {actor} is answered {}, the table says {expected}", name(key), cells[n])
            });
            differing.collect()
        });
        gone.chain(changed).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |(path, method): &(String, String)| format!("{method:6} {path}");
        let width = self.0.keys().map(|key| name(key).len()).max().unwrap_or(0);
        let mut line = format!("# {:1$}", "route", width - 2);
        for actor in Actor::ALL {
            write!(line, "  {actor}")?;
        }
        writeln!(f, "{line}")?;
        for (key, cells) in &self.0 {
            let mut line = format!("{:width$}", name(key));
            for (actor, cell) in Actor::ALL.iter().zip(cells) {
                write!(line, "  {cell:0$}", actor.to_string().len())?;
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
