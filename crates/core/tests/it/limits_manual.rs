//! `docs/limits.md` is written from the tables of maxima: the product's, that of the gateway protocol, and the remote client's.
//!
//! `UPDATE_DOCS=1 cargo test -p mission-control-core` rewrites it.

use std::collections::BTreeSet;
use std::fmt::Write;

use mission_control_core::limits::SECTIONS;
use mission_control_gateway_rpc::limits::SECTIONS as GATEWAY_SECTIONS;
use mission_control_limits::{Limit, Section, Unit};
use mission_control_mc::limits::SECTIONS as CLIENT_SECTIONS;

use crate::manual::assert_file_is;

const HEAD: &str = "\
# Limits

Everything that Mission Control takes, keeps or answers has a maximum. What is larger is refused with an error that names the
limit, cut and marked as cut, or continued on the next page; nothing is cut in silence.

Rows that are larger than a limit, because they are older than it, are read, listed and changed in their other fields as
before: limits hold for what is sent. What an operator can set is in [Configuration](configuration.md): `REQUEST_MAX_BODY_BYTES`
for whole requests and `WEBHOOK_MAX_PAYLOAD_BYTES` for what other systems post.

The table is `crates/core/src/limits.rs`, for the protocol of gateways `crates/gateway-rpc/src/limits.rs`, and for the remote
client `crates/mc/src/limits.rs`.
";

fn sections() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().chain(GATEWAY_SECTIONS).chain(CLIENT_SECTIONS)
}

fn manual() -> String {
    sections().fold(HEAD.to_owned(), |mut text, Section { title, enforced, limits }| {
        write!(text, "\n## {title}\n\n{enforced}\n\n| | at most | |\n|---|---|---|\n").unwrap();
        for limit in *limits {
            writeln!(text, "| `{}` | {} | {} |", limit.name, most(limit), limit.of.trim()).unwrap();
        }
        text
    })
}

fn most(Limit { maximum, unit, .. }: &Limit) -> String {
    let number = grouped(*maximum);
    match unit {
        Unit::Characters => format!("{number} characters ({} bytes)", grouped(maximum * 4)),
        Unit::Bytes => format!("{number} bytes"),
        Unit::Entries => number,
        Unit::Levels => format!("{number} levels"),
        Unit::Seconds => format!("{number} seconds"),
        Unit::BytesPerSecond => format!("{number} bytes a second"),
        Unit::PerMinute => format!("{number} a minute"),
        Unit::Fold => format!("{number} times as much"),
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
    parts.join(",")
}

#[test]
fn the_manual_equals_the_table_of_limits() {
    assert_file_is("docs/limits.md", &manual());
}

#[test]
fn every_limit_has_a_name_of_its_own_and_says_what_it_is_for() {
    let mut names = BTreeSet::new();
    for limit in sections().flat_map(|section| section.limits) {
        assert!(names.insert(limit.name), "{limit:?}");
        assert!(limit.maximum > 0 && !limit.of.trim().is_empty(), "{limit:?}");
    }
}
