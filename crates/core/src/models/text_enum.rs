//! Enums that are text in the database and in JSON.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Stands for foreign words that are too long or too many.
const UNKNOWN: &str = "unknown";

/// A word that a newer release, or another program, wrote into a column of ours. Read and shown as it is, so that its row
/// breaks no list; no rule knows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ForeignWord(&'static str);

impl ForeignWord {
    pub(crate) fn new(text: &str) -> Self {
        // Kept for the life of the process: rows are copied around, and there are only so many words.
        static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(text) {
            return Self(known);
        }
        if text.len() > FOREIGN_WORD || kept.len() >= FOREIGN_WORDS {
            return Self(UNKNOWN);
        }
        let word: &'static str = Box::leak(text.into());
        kept.insert(word);
        Self(word)
    }

    /// The word.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for ForeignWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Declares an enum that is text elsewhere.
///
/// `open`: a column that clients or the reference may fill with words of their own; those are kept as `Other`. `stored`: a
/// column with words of ours, of which a newer release may know more; those are kept as `Foreign` when they are read from
/// the database, and refused in requests. `closed`: stored nowhere by itself.
macro_rules! text_enum {
    ($(#[$meta:meta])* open $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)*
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The text in the database and in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(|text| Self::from(text.as_str()))
            }
        }

        $crate::models::text_enum::text_enum!(@text $name);
        $crate::models::text_enum::text_enum!(@sql $name, |text| Ok($name::from(text)));
    };
    ($(#[$meta:meta])* stored $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)*
            /// A word that this version does not know.
            Foreign($crate::models::ForeignWord),
        }

        impl $name {
            /// Every known variant, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The text in the database and in JSON.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Foreign(word) => word.as_str(),
                }
            }
        }

        $crate::models::text_enum::text_enum!(@known $name, $($variant = $text,)*);
        $crate::models::text_enum::text_enum!(@text $name);
        $crate::models::text_enum::text_enum!(@sql $name, |text| {
            Ok(text.parse().unwrap_or_else(|_| Self::Foreign($crate::models::ForeignWord::new(text))))
        });
    };
    ($(#[$meta:meta])* closed $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)*
        }

        impl $name {
            /// Every variant, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The text in JSON.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        $crate::models::text_enum::text_enum!(@known $name, $($variant = $text,)*);
        $crate::models::text_enum::text_enum!(@text $name);
    };
    (@known $name:ident, $($variant:ident = $text:literal,)*) => {
        impl std::str::FromStr for $name {
            type Err = $crate::models::UnknownText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    other => Err($crate::models::UnknownText { wanted: stringify!($name), text: other.to_owned() }),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
    (@text $name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
    (@sql $name:ident, |$text:ident| $parse:expr) => {
        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg>>::to_sql(self.as_str(), out)
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::sqlite::Sqlite> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::sqlite::Sqlite>,
            ) -> diesel::serialize::Result {
                out.set_value(self.as_str());
                Ok(diesel::serialize::IsNull::No)
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn from_sql(value: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                let $text: String =
                    diesel::deserialize::FromSql::<diesel::sql_types::Text, diesel::pg::Pg>::from_sql(value)?;
                let $text = $text.as_str();
                $parse
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Text, diesel::sqlite::Sqlite> for $name {
            fn from_sql(
                value: <diesel::sqlite::Sqlite as diesel::backend::Backend>::RawValue<'_>,
            ) -> diesel::deserialize::Result<Self> {
                let $text: String =
                    diesel::deserialize::FromSql::<diesel::sql_types::Text, diesel::sqlite::Sqlite>::from_sql(value)?;
                let $text = $text.as_str();
                $parse
            }
        }
    };
}

pub(crate) use text_enum;

use crate::limits::{FOREIGN_WORD, FOREIGN_WORDS};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_are_kept_as_they_are_up_to_a_limit() {
        assert_eq!(ForeignWord::new("archived").as_str(), "archived");
        assert_eq!(ForeignWord::new("archived"), ForeignWord::new("archived"));
        assert_eq!(ForeignWord::new(&"long".repeat(100)).as_str(), UNKNOWN);
        let words = (0..1000).map(|number| ForeignWord::new(&format!("word {number}"))).collect::<Vec<_>>();
        assert_eq!(words.last().map(|word| word.as_str()), Some(UNKNOWN));
        assert_eq!(ForeignWord::new("archived").as_str(), "archived");
    }
}
