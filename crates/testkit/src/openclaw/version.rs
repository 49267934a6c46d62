use std::fmt;

/// A release of OpenClaw, named by its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    year: u16,
    month: u16,
    /// Grows past 31: releases that only patch continue the numbering.
    patch: u16,
}

impl Version {
    /// Protocol 3 and the old shapes of configuration and workspace files.
    pub const V2026_3_2: Version = Version::new(2026, 3, 2);
    /// Protocol 4 with the old shapes.
    pub const V2026_7_1: Version = Version::new(2026, 7, 1);
    /// Protocol 4, the first release with the new shapes.
    pub const V2026_8_1: Version = Version::new(2026, 8, 1);
    /// Protocol 4 with the new shapes.
    pub const V2026_9_6: Version = Version::new(2026, 9, 6);

    const fn new(year: u16, month: u16, patch: u16) -> Version {
        Version { year, month, patch }
    }

    /// The release of Node.js to run this one with.
    pub(super) fn node_release(self) -> &'static str {
        if self >= Version::new(2026, 7, 0) { "24.21.0" } else { "22.23.3" }
    }

    /// Whether a dependency comes from a git host instead of the registry and has to be replaced.
    pub(super) fn has_git_dependency(self) -> bool {
        self < Version::new(2026, 4, 0)
    }

    /// Whether the gateway runs without its optional native packages.
    pub(super) fn runs_without_natives(self) -> bool {
        self >= Version::new(2026, 9, 0)
    }

    /// Whether shell commands of agents wait for an approval unless the configuration says otherwise.
    pub(super) fn asks_before_commands(self) -> bool {
        self < Version::new(2026, 5, 0)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.year, self.month, self.patch)
    }
}
