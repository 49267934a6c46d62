//! `Debug` of rows that hold secrets.

/// Implements `Debug` for a type that holds secrets: it shows these fields, and that there are more.
macro_rules! guarded_debug {
    ($type:ident shows $($field:ident),+) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))$(.field(stringify!($field), &self.$field))+.finish_non_exhaustive()
            }
        }
    };
}

pub(super) use guarded_debug;
