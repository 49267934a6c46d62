//! The form of a table of maxima: a row is a constant that code is written with, and a line of the manual.
//!
//! It is a crate of its own for the sake of `gateway-rpc` and `mc`, which have maxima and nothing of the server: the
//! product's table is in `core`, theirs are their own, and `docs/limits.md` is written from all.
//!
//! ```
//! mission_control_limits::limits! {
//!     "Parcels",
//!     "At the counter." {
//!         /// What a parcel weighs.
//!         WEIGHT = 20_000, Entries;
//!         /// Parcels of one sender.
//!         PARCELS: u32 = 10, PerMinute;
//!     }
//! }
//!
//! assert_eq!((SECTIONS[0].limits[1].name, PARCELS), ("PARCELS", 10_u32));
//! ```

/// Bytes.
pub const KIB: usize = 1024;
/// Bytes.
pub const MIB: usize = 1024 * KIB;

/// What a maximum counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode characters, of up to four bytes each.
    Characters,
    /// Bytes.
    Bytes,
    /// Elements of a list, rows of an answer, things at the same time.
    Entries,
    /// Things inside one another.
    Levels,
    /// Seconds.
    Seconds,
    /// Bytes in each second, at least.
    BytesPerSecond,
    /// Times in each minute.
    PerMinute,
    /// As many times as something else.
    Fold,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Name of the constant.
    pub name: &'static str,
    /// The most that is taken.
    pub maximum: usize,
    /// What is counted.
    pub unit: Unit,
    /// Of what.
    pub of: &'static str,
}

/// Rows that are enforced in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// What they have in common.
    pub title: &'static str,
    /// Where they are enforced, and what happens to what is larger.
    pub enforced: &'static str,
    /// The rows.
    pub limits: &'static [Limit],
}

/// Writes a table: the constants, and `SECTIONS` with all of them. A constant is a `usize` unless its row names another
/// type of integer, the one that its use counts in.
#[macro_export]
macro_rules! limits {
    ($(
        $title:literal, $enforced:literal {
            $( $(#[doc = $of:literal])+ $name:ident $(: $type:ident)? = $maximum:expr, $unit:ident; )+
        }
    )+) => {
        $($( $(#[doc = $of])+ pub const $name: $crate::limits!(@type $($type)?) = $maximum; )+)+

        /// The whole table.
        pub const SECTIONS: &[$crate::Section] = &[$(
            $crate::Section {
                title: $title,
                enforced: $enforced,
                limits: &[$(
                    $crate::Limit {
                        name: stringify!($name),
                        maximum: $name as usize,
                        unit: $crate::Unit::$unit,
                        of: concat!($($of),+),
                    },
                )+],
            },
        )+];
    };
    (@type) => { usize };
    (@type $type:ident) => { $type };
}
