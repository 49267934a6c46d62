//! Skills: where packs may come from, what a pack's repository says of its skills, and what agents are asked to do.

mod address;
mod discovery;
mod document;
mod front_matter;
mod requests;

pub use address::{
    PackSource, RefusedAddress, RefusedSkill, branch, is_below, is_plain_folder, pack_address, skill_address,
    skill_name, tree_url,
};
pub use discovery::{FoundSkill, INDEX, IndexFault, Listed, Repository, skill_folder};
pub use requests::{install_request, uninstall_request};

/// The text on one line: control characters and runs of blanks become one blank each, none at either end.
fn one_line(text: &str) -> String {
    let printable = text.replace(char::is_control, " ");
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}
