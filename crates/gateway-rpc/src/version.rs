//! Gateway version numbers.

use std::fmt;

/// The release of a gateway: three plain integers, compared in order.
///
/// Suffixes are ignored (`2026.7.1-2`, `2026.7.2-beta.7`), the third number may be above 31
/// (patch trains: `2026.6.35`), and `dev`, which 2026.2 and 2026.3 report, is no version.
///
/// ```
/// use mission_control_gateway_rpc::GatewayVersion;
///
/// let version = GatewayVersion::parse("v2026.7.1-2").expect("a version");
/// assert_eq!(version, GatewayVersion::new(2026, 7, 1));
/// assert!(version < GatewayVersion::parse("2026.7.35").expect("a version"));
/// assert_eq!(GatewayVersion::parse("dev"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GatewayVersion {
    /// First number.
    pub year: u32,
    /// Second number.
    pub month: u32,
    /// Third number.
    pub patch: u32,
}

impl GatewayVersion {
    /// The version of three numbers.
    pub const fn new(year: u32, month: u32, patch: u32) -> Self {
        Self { year, month, patch }
    }

    /// The version a text begins with, if it begins with one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let core = text.split(['-', '+', ' ']).next().unwrap_or_default();
        let mut numbers = core.split('.').map(|part| part.parse::<u32>().ok());
        let version = Self::new(numbers.next()??, numbers.next()??, numbers.next()??);
        // Calendar versions only: `1.2.3` is some other program's.
        (version.year >= 2000 && numbers.next().is_none()).then_some(version)
    }
}

impl fmt::Display for GatewayVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.year, self.month, self.patch)
    }
}
