//! `user`.

use mission_control_process::{Failure, runtime, settings};
use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_core::config::Settings;
use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::limits::PAGE;
use mission_control_core::models::OrgRole;
use mission_control_core::rules::access::parse_role;
use mission_control_fleet::accounts::Offer;
use mission_control_fleet::operator::{self, Person, PersonChanges};
use mission_control_store::Page;
use secrecy::ExposeSecret;

use super::output::{print, show, table};
use super::start::open_database;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List people, with what they are in which organization.
    List,
    /// Add a person, who may then be made a member of organizations.
    Create {
        /// How the identity provider calls the person; a new word unless given
        #[arg(long)]
        subject: Option<String>,
        /// Make the person an owner with an account, and print the link by which they choose a password
        #[arg(long, requires = "email", conflicts_with_all = ["subject", "organization", "super_admin"])]
        owner: bool,
        #[command(flatten)]
        changes: Changes,
    },
    /// Print a link by which a person chooses a new password, good for a day.
    Reset {
        /// Id, e-mail address or subject (`local-auth-user` for who signs in with the access token)
        user: String,
        /// Also remove passkeys and ask for no code of an authenticator app any more, for who has lost them and the recovery codes
        #[arg(long)]
        second_factor: bool,
    },
    /// Change a person: name, time zone, e-mail address, role.
    Set {
        /// Id, e-mail address or subject (`local-auth-user` for who signs in with the access token)
        user: String,
        #[command(flatten)]
        changes: Changes,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Changes {
    /// Full name
    #[arg(long)]
    name: Option<String>,
    /// IANA time zone, such as `Europe/Oslo`
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// E-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Whether the person administers the whole installation
    #[arg(long, value_name = "true|false")]
    super_admin: Option<bool>,
    /// Make the person a member of this organization
    #[arg(long, value_name = "ID", requires = "role")]
    organization: Option<OrganizationId>,
    /// As what: owner, admin or member
    #[arg(long, requires = "organization", value_parser = role)]
    role: Option<OrgRole>,
}

fn role(text: &str) -> Result<OrgRole, String> {
    parse_role(text).map_err(|_| "use owner, admin or member".to_owned())
}

impl From<Changes> for PersonChanges {
    fn from(changes: Changes) -> Self {
        Self {
            email: changes.email,
            name: changes.name,
            timezone: changes.timezone,
            is_super_admin: changes.super_admin,
            membership: changes.organization.zip(changes.role),
        }
    }
}

pub(super) fn run(arguments: Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let settings = settings::told_settings(env_file)?;
    runtime()?.block_on(async {
        let db = open_database(&settings).await?;
        let (people, total) = match arguments.action {
            Action::List => operator::people(&db, Page::first(PAGE)).await?,
            Action::Create { owner: true, changes, .. } => {
                let email = changes.email.unwrap_or_default();
                let name = changes.name.unwrap_or_else(|| email.clone());
                return show_offer(
                    &settings,
                    arguments.json,
                    operator::create_owner(&db, &email, &name).await?,
                );
            }
            Action::Reset { user, second_factor } => {
                return show_offer(
                    &settings,
                    arguments.json,
                    operator::offer_reset(&db, user, second_factor).await?,
                );
            }
            Action::Create { subject, changes, .. } => {
                let subject = subject.unwrap_or_else(|| format!("user-{}", UserId::random()));
                (vec![operator::create(&db, subject, changes.into()).await?], 1)
            }
            Action::Set { user, changes } => (vec![operator::set(&db, user, changes.into()).await?], 1),
        };
        show(arguments.json, &people, |people| print_people(people))?;
        if total > PAGE && !arguments.json {
            print(format_args!("… and {} more", total - PAGE));
        }
        Ok(())
    })
}

/// Shows the link, which is a secret: on standard output alone.
fn show_offer(settings: &Settings, json: bool, (person, offer): (Person, Offer)) -> Result<(), Failure> {
    let link = format!("{}/reset#{}", settings.http.base_url, offer.token.expose_secret());
    let who = person.email.unwrap_or(person.subject);
    let told =
        serde_json::json!({ "user": person.id, "email": who, "link": link, "expires_at": offer.expires_at });
    show(json, &told, |_| {
        print(format_args!("{who} chooses a password at (until {}):\n{link}", offer.expires_at))
    })
}

fn print_people(people: &[Person]) {
    let mut table = table(["user", "name", "e-mail", "time zone", "subject", "organizations"]);
    for person in people {
        let memberships: Vec<_> = person
            .organizations
            .iter()
            .map(|of| format!("{} ({}, {})", of.name, of.role.as_str(), of.id))
            .collect();
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        table.add_row([
            person.id.to_string(),
            text(&person.name),
            text(&person.email),
            text(&person.timezone),
            person.subject.clone(),
            memberships.join(", "),
        ]);
    }
    print(table);
}
