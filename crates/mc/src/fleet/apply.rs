//! `apply`: a server is made what a file says.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use mission_control_terminal::{can_ask, confirmed, print};
use reqwest::Method;
use reqwest::header::IF_MATCH;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::file;
use super::kind::{Change, Field, Kind, Life, Shape};
use super::live::{Live, Place, Places};
use super::plan::{Action, Plan, Step, Wishes, differences, plan};
use super::secrets::resolve;
use super::things::{Key, Thing, Things};
use crate::client::{Answer, Client};
use crate::commands::given;
use crate::failure::{Exit, Failure};
use crate::json::{at, with};
use crate::session::Session;
use crate::show::print_json;

pub(crate) const MANUAL: &str = "\
Make the fleet what a file says: what is missing is created, what differs is changed. Things are known by their names: the name of a \
gateway, the slug of a board, a group or a tag, the name of an agent on its board. What the file does not mention is left alone: a \
list, a field, and, without --prune, a thing. `null` empties a field.

--plan shows what would be done and does nothing. --prune deletes what is not in the lists of the file, and asks before; a board goes \
with everything that is on it. A second apply of the same file has nothing to do. What fails ends it: what was done before stays, and \
the next apply goes on from there.

Secrets are read from where the file says (${NAME} or file:PATH). They are sent where the server has none yet, with a change of their \
thing, and with --secrets always.";

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file; - is standard input
    file: PathBuf,
    /// Show what would be done, and do nothing
    #[arg(long)]
    plan: bool,
    /// Delete what is not in the lists of the file
    #[arg(long)]
    prune: bool,
    /// Send secrets again where the server has them
    #[arg(long)]
    secrets: bool,
    /// Delete without asking
    #[arg(long)]
    yes: bool,
}

pub(crate) async fn run(Session { client, json }: &Session, arguments: &Arguments) -> Result<(), Failure> {
    let wanted = file::read(&given::file(&arguments.file)?)?;
    let wishes = Wishes { prune: arguments.prune, secrets: arguments.secrets };
    let live = Live::read(client).await?;
    live.things.check_keys()?;
    wanted.check_references(&live.things.all.iter().map(Thing::key).collect())?;
    let plan = plan(&wanted, &live.things, wishes)?;
    if !json {
        plan.print();
    }
    let secrets = secrets(&plan)?;
    if arguments.plan || plan.steps.is_empty() {
        return if *json { print_json(&plan.to_json()) } else { Ok(()) };
    }
    agree(&plan, arguments.yes)?;
    let mut work = Work { client, places: live.places, found: live.things, secrets, json: *json };
    for step in &plan.steps {
        work.carry_out(step).await.map_err(|failure| {
            failure.about(step.thing.key()).with_next_unless_known(
                "mend the cause and apply again: what was done before stays, and is not done twice",
            )
        })?;
    }
    let kept = kept_otherwise(client, &wanted).await?;
    if *json {
        return print_json(&with(plan.to_json(), "kept_otherwise", kept.into()));
    }
    for it in kept {
        eprintln!("mc: {it}");
    }
    Ok(())
}

/// Deletions are agreed to by somebody.
fn agree(plan: &Plan, yes: bool) -> Result<(), Failure> {
    let deleted = plan.count(Action::Delete);
    if deleted == 0 || yes {
        return Ok(());
    }
    if !can_ask() {
        return Err(Failure::usage(format!(
            "{deleted} things would be deleted, and nobody is there to be asked"
        ))
        .with_next("look at the plan (--plan), then --yes"));
    }
    if confirmed(&format!("Delete {deleted}, with everything on them?")) {
        return Ok(());
    }
    Err(Failure::new(Exit::Failed, "nothing was done"))
}

/// The secrets that the plan cannot do without, and those that can be had for what it changes.
fn secrets(plan: &Plan) -> Result<BTreeMap<String, SecretString>, Failure> {
    let mut secrets = BTreeMap::new();
    let mut missing = Vec::new();
    for step in plan.steps.iter().filter(|step| step.action != Action::Delete) {
        for field in step.thing.kind.fields.iter().filter(|field| field.shape == Shape::Secret) {
            let Some(reference) = step.thing.fields.get(field.name).and_then(Value::as_str) else { continue };
            let is_needed = step.differences.iter().any(|difference| difference.field.name == field.name);
            match resolve(reference) {
                Ok(secret) => drop(secrets.insert(reference.to_owned(), secret)),
                Err(failure) if is_needed => missing.push(failure.about(step.thing.key()).to_string()),
                Err(_) => {}
            }
        }
    }
    if missing.is_empty() { Ok(secrets) } else { Err(Failure::usage(missing.join("\n"))) }
}

/// What the server made something else of than the file says: the next apply would try it again.
async fn kept_otherwise(client: &Client, wanted: &Things) -> Result<Vec<String>, Failure> {
    let found = Live::read(client).await?.things;
    let again = plan(wanted, &found, Wishes::default())?;
    let told = again.steps.iter().map(|step| {
        let fields: Vec<_> = step.differences.iter().map(|it| it.field.name).collect();
        format!(
            "{}: the server has {} otherwise; write it as `mc export` shows it",
            step.thing.key(),
            fields.join(", ")
        )
    });
    Ok(told.collect())
}

/// What the steps work with.
struct Work<'a> {
    client: &'a Client,
    places: Places,
    found: Things,
    secrets: BTreeMap<String, SecretString>,
    json: bool,
}

impl Work<'_> {
    async fn carry_out(&mut self, step: &Step) -> Result<(), Failure> {
        let job = match step.action {
            Action::Create => self.create(&step.thing).await?,
            Action::Change => self.change(step).await?,
            Action::Delete => self.delete(&step.thing.key()).await?,
        };
        if !self.json {
            let goes_on = job.map(|job| format!("; the work goes on as job {job}")).unwrap_or_default();
            print(format_args!("{} {}{goes_on}", step.action.done(), step.thing.key()));
        }
        Ok(())
    }

    /// Creates a thing, and changes what cannot be given at once.
    async fn create(&mut self, wanted: &Thing) -> Result<Option<String>, Failure> {
        let path = self.path(wanted)?;
        let given = |field: &&Field| field.part.is_empty() && wanted.fields.contains_key(field.name);
        let body = self.body(wanted, wanted.kind.fields.iter().filter(given))?;
        let Answer { body: created, job, .. } =
            self.client.write(Method::POST, &path, &Value::Object(body)).await?;
        let made = self.places.learn(wanted.kind, &path, &created);
        let left = differences(wanted, Some(&made), Wishes::default());
        if !left.is_empty() && wanted.kind.change != Change::Anew {
            let place = self.place(&wanted.key()).await?;
            let fields = left.iter().map(|difference| difference.field).collect::<Vec<_>>();
            // It was made just now, whoever else has seen it.
            self.patch(&Place { version: None, ..place }, wanted, &fields).await?;
        }
        Ok(job)
    }

    async fn change(&mut self, step: &Step) -> Result<Option<String>, Failure> {
        let wanted = &step.thing;
        let place = self.place(&wanted.key()).await?;
        if wanted.kind.change == Change::Anew {
            let fields = self.completed(wanted, wanted.fields.clone());
            let job = self.create(&Thing { kind: wanted.kind, fields }).await?;
            // Not before there is another one: at no time is there none.
            self.remove(&place).await?;
            return Ok(job);
        }
        let differs =
            |field: &&Field| step.differences.iter().any(|difference| difference.field.name == field.name);
        // A credential that is stored does not follow a change of where it goes.
        let is_at_hand = |field: &&Field| {
            let reference = wanted.fields.get(field.name).and_then(Value::as_str);
            field.shape == Shape::Secret && reference.is_some_and(|it| self.secrets.contains_key(it))
        };
        let is_key = |field: &&Field| wanted.kind.key.contains(&field.name);
        let fields = wanted.kind.fields.iter().filter(|field| differs(field) || is_at_hand(field));
        let fields: Vec<_> = fields.filter(|field| !is_key(field)).collect();
        self.patch(&place, wanted, &fields).await
    }

    /// Changes these fields of a thing, and of what is below it.
    async fn patch(
        &self,
        place: &Place,
        wanted: &Thing,
        fields: &[&Field],
    ) -> Result<Option<String>, Failure> {
        let of_part =
            |part: &str| self.body(wanted, fields.iter().copied().filter(|field| field.part == part));
        let mut job = None;
        let mut own = of_part("")?;
        if !own.is_empty() {
            if wanted.kind.change == Change::Whole {
                own = self.completed(wanted, own);
            }
            let request = self.client.request(Method::PATCH, &place.path)?.json(&own);
            let request = match &place.version {
                Some(version) => request.header(IF_MATCH, format!("\"{version}\"")),
                None => request,
            };
            job = self.client.send(request).await?.job;
        }
        for part in wanted.kind.parts() {
            let body = of_part(part)?;
            if !body.is_empty() {
                self.client.write(Method::PATCH, &place.part(part), &Value::Object(body)).await?;
            }
        }
        Ok(job)
    }

    /// The fields with those that the server has beside them; with those of the file where it has none.
    fn completed(&self, wanted: &Thing, mut fields: Map<String, Value>) -> Map<String, Value> {
        let before = self.found.all.iter().find(|thing| thing.key() == wanted.key());
        let mut whole = before.map_or_else(|| wanted.fields.clone(), |thing| thing.fields.clone());
        whole.append(&mut fields);
        whole
    }

    /// What goes with another thing is gone already.
    async fn delete(&self, key: &Key) -> Result<Option<String>, Failure> {
        match self.places.of(key) {
            Some(place) => self.remove(place).await,
            None => Ok(None),
        }
    }

    async fn remove(&self, place: &Place) -> Result<Option<String>, Failure> {
        match self.client.send(self.client.request(Method::DELETE, &place.path)?).await {
            Err(failure) if failure.exit() == Exit::NotFound => Ok(None),
            other => Ok(other?.job),
        }
    }

    /// The list in which a new thing is made.
    fn path(&self, thing: &Thing) -> Result<String, Failure> {
        if !thing.kind.is_below_a_board() {
            return Ok(thing.kind.path.to_owned());
        }
        let board = Key { section: "boards", names: vec![thing.text("board")] };
        Ok(thing.kind.path.replace("{board}", &self.id(&board)?))
    }

    /// Where a thing is; a main agent that came with its gateway is looked for.
    async fn place(&mut self, key: &Key) -> Result<Place, Failure> {
        let kind = Kind::of_section(key.section);
        if let Some(kind) = kind.filter(|kind| kind.life == Life::WithItsGateway)
            && self.places.of(key).is_none()
        {
            let gateway = self.id(&Key { section: "gateways", names: key.names.clone() })?;
            let agents = self.client.all(kind.path, &[("gateway_id", gateway)]).await?;
            for agent in agents.iter().filter(|agent| at(agent, "is_gateway_main") == true) {
                self.places.learn(kind, kind.path, agent);
            }
        }
        self.places.of(key).cloned().ok_or_else(|| not_there(key))
    }

    fn id(&self, key: &Key) -> Result<String, Failure> {
        self.places.of(key).map(|place| place.id.clone()).ok_or_else(|| not_there(key))
    }

    /// Fields of a thing as the API takes them.
    fn body<'f>(
        &self,
        thing: &Thing,
        fields: impl Iterator<Item = &'f Field>,
    ) -> Result<Map<String, Value>, Failure> {
        let mut body = Map::new();
        for field in fields {
            let value = thing.fields.get(field.name).unwrap_or(&Value::Null);
            let sent = match field.shape {
                Shape::Secret => {
                    let reference = value.as_str().unwrap_or_default();
                    self.secrets.get(reference).map_or(Value::Null, |it| it.expose_secret().into())
                }
                Shape::One(target) => match value.as_str() {
                    Some(name) => self.id(&thing.referred(target, name))?.into(),
                    None => Value::Null,
                },
                Shape::Many(target) => {
                    let names = value.as_array().into_iter().flatten().filter_map(Value::as_str);
                    names
                        .map(|name| self.id(&thing.referred(target, name)))
                        .collect::<Result<Vec<_>, _>>()?
                        .into()
                }
                _ => value.clone(),
            };
            body.insert(field.api.to_owned(), sent);
        }
        Ok(body)
    }
}

fn not_there(key: &Key) -> Failure {
    Failure::new(Exit::NotFound, format!("there is no {key}"))
}
