//! The workspace files of agents, and what gateways write into them by themselves.

use std::time::Instant;

use super::State;
use super::file::WorkspaceFile;
use crate::profile::{IDENTITY, IdentityWrites};

/// Files that a gateway puts into a workspace that lacks them; the rest is there or not by what agents do.
const NOT_SEEDED_AGAIN: [&str; 2] = ["BOOTSTRAP.md", "MEMORY.md"];

impl State {
    /// Whether the running gateway has taken the agent in; its configuration may have it before.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.agent(id).is_some() && self.visible_at.get(id).is_none_or(|at| *at <= Instant::now())
    }

    /// Puts templates into the workspace of an agent where files are missing.
    pub(crate) fn seed_workspace(&mut self, id: &str, brand_new: bool) {
        let names = self
            .profile
            .workspace_files()
            .iter()
            .filter(|name| !NOT_SEEDED_AGAIN.contains(name) || (brand_new && **name == "BOOTSTRAP.md"));
        let files = self.files.entry(id.to_owned()).or_default();
        for name in names {
            files.entry((*name).to_owned()).or_insert_with(|| WorkspaceFile::new(format!("# {name}\n")));
        }
    }

    /// Writes the agent's name into its IDENTITY.md, as this generation does when it creates or (not `created`) changes an
    /// agent.
    pub(crate) fn write_identity(&mut self, id: &str, name: &str, created: bool) {
        let Some(file) = self.files.entry(id.to_owned()).or_default().get_mut(IDENTITY) else { return };
        let text = match self.profile.identity_writes {
            IdentityWrites::Appended if created => format!("{}\n- Name: {name}\n", file.content),
            IdentityWrites::Appended => return,
            IdentityWrites::Merged => merged(&file.content, name),
        };
        *file = WorkspaceFile::new(text);
    }
}

/// `content` with one line for the name, and with one end of line at its end.
fn merged(content: &str, name: &str) -> String {
    let line = format!("- Name: {name}");
    let mut lines: Vec<String> = Vec::new();
    let mut named = false;
    for present in content.replace("\r\n", "\n").trim_end_matches('\n').split('\n') {
        let label = present.trim().strip_prefix('-').and_then(|rest| rest.split_once(':'));
        match label.is_some_and(|(label, _)| label.trim().eq_ignore_ascii_case("name")) {
            true if named => {}
            true => {
                named = true;
                lines.push(line.clone());
            }
            false => lines.push(present.to_owned()),
        }
    }
    if !named {
        let heading = lines.iter().position(|line| line.starts_with('#')).map_or(0, |at| at + 1);
        let after = lines.iter().skip(heading).take_while(|line| line.trim().is_empty()).count();
        lines.insert(heading + after, line);
    }
    format!("{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_merged_into_the_lines_that_are_there() {
        assert_eq!(merged("# I\r\n\r\n- Name: a\r\n- Role: b", "Ada"), "# I\n\n- Name: Ada\n- Role: b\n");
        assert_eq!(merged("# I\n- name: a\n- Name: b\n\n\n", "Ada"), "# I\n- Name: Ada\n");
        assert_eq!(merged("# I\n\nText", "Ada"), "# I\n\n- Name: Ada\nText\n");
    }
}
