use std::fmt;

/// Why a test cannot run here.
#[derive(Debug)]
#[must_use = "a skipped test says so: call `report`"]
pub struct Skip {
    reason: String,
}

impl Skip {
    pub(super) fn because(reason: impl Into<String>) -> Skip {
        Skip { reason: reason.into() }
    }

    /// Prints `skipped: <test>: <reason>`, which the test runner is configured to show for passing tests too.
    ///
    /// # Panics
    /// When `OPENCLAW_REQUIRED` is set: where gateways must be tested, skipping is a failure.
    pub fn report(self) {
        let thread = std::thread::current();
        let line = format!("skipped: {}: {self}", thread.name().unwrap_or("test"));
        assert!(std::env::var_os("OPENCLAW_REQUIRED").is_none(), "{line}");
        println!("{line}");
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}
