//! `doctor`.

use mission_control_process::{Failure, runtime, settings, tls};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use mission_control_core::config::{Settings, of_reference};
use mission_control_core::rules::doctor::Severity;
use mission_control_fleet::doctor::{self, Examination};
use mission_control_shapes::{DoctorFinding, DoctorReport};

use super::output::{Colour, coloured, confirmed, print, show};

pub(super) const MANUAL: &str = "\
Look at everything that the installation depends on (settings, database, Redis, workers, gateway link, gateways, agents, \
addresses, disk, memory, keys, people) and name what is wrong, with what was seen, the cause, and what to do. Nothing of it \
has to run for that, the database included.

Nothing is changed without --fix, and with it only what can do no harm: pending migrations are applied, and gateways that lost \
agents are looked at.

Exit codes: 0 all is well, 1 something was found, 2 it could not be looked at.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print a JSON object
    #[arg(long)]
    json: bool,
    /// Do what helps and can do no harm, after asking
    #[arg(long)]
    fix: bool,
    /// With --fix: do not ask
    #[arg(long, requires = "fix")]
    yes: bool,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<ExitCode, Failure> {
    tls::install_provider();
    let variables = settings::variables(env_file)?;
    let of_reference = of_reference(&variables.values);
    let settings = match Settings::from_env(variables.values) {
        Ok(settings) => settings,
        Err(errors) => return told(&doctor::unreadable(errors.faults()), arguments.json),
    };
    settings::announce(&settings, variables.file.as_deref());
    runtime()?.block_on(async {
        let examination = doctor::examine(&settings).await.with_notes(of_reference);
        if !arguments.fix || !is_wanted(&examination, arguments.yes) {
            return told(&examination, arguments.json);
        }
        for line in doctor::apply(&settings, &examination.findings).await? {
            eprintln!("done: {line}");
        }
        told(&doctor::examine(&settings).await, arguments.json)
    })
}

/// Whether there is something to be done, and somebody wants it done.
fn is_wanted(examination: &Examination, yes: bool) -> bool {
    let fixable: Vec<_> = examination.findings.iter().filter(|finding| finding.fix.is_some()).collect();
    for finding in &fixable {
        eprintln!("can be done: {}: {}", finding.code.as_str(), finding.evidence);
    }
    !fixable.is_empty() && (yes || confirmed("Do it now?"))
}

fn told(examination: &Examination, json: bool) -> Result<ExitCode, Failure> {
    let report = examination.for_operator();
    show(json, &report, for_people)?;
    Ok(if report.healthy { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn for_people(report: &DoctorReport) {
    report.findings.iter().for_each(finding);
    if report.left_out > 0 {
        print(format_args!("… and {} more\n", report.left_out));
    }
    for note in &report.notes {
        print(format_args!("note: {note}\n"));
    }
    if report.healthy {
        print(coloured("nothing is wrong", Colour::Green));
    } else {
        print(format_args!("{} error(s), {} warning(s)", report.errors, report.warnings));
    }
}

fn finding(finding: &DoctorFinding) {
    let (word, colour) = match finding.severity {
        Severity::Error => ("error", Colour::Red),
        Severity::Warning => ("warning", Colour::Yellow),
    };
    let about = match &finding.subject.name {
        Some(name) => format!("  ({} {name})", finding.subject.kind),
        None => String::new(),
    };
    print(format_args!("{}  {}{about}", coloured(word, colour), finding.code.as_str()));
    print(format_args!("  seen   {}", finding.evidence));
    print(format_args!("  cause  {}", finding.cause));
    print(format_args!("  do     {}", finding.remedy));
    if finding.fixable {
        print("         (or let `mission-control-api doctor --fix` do it)");
    }
    print("");
}
