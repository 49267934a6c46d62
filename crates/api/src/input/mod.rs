//! Reading what a caller sent: types that know how to read themselves, and [`input!`](crate::input!) for structs.
//!
//! Reading is lenient where the reference is (`"5"` for a number, `"yes"` for a flag), collects every fault at once,
//! and notes unknown fields instead of refusing them, so that the response can name them.
//!
//! What is declared is how a field is read; the struct holds what was read: a field declared as `Text<NAME>` is a `String`.
//! Texts, lists and objects of any form can only be declared with a maximum, a row of [`limits`].
//!
//! ```
//! use mission_control_api::input::{Change, Patch, Text};
//! use mission_control_core::limits::NAME;
//!
//! mission_control_api::input! {
//!     /// What may change on a board.
//!     pub struct BoardUpdate {
//!         /// The new name; `null` is refused, because a board always has one.
//!         pub name: Change<Text<NAME>>,
//!         /// The new group; `null` takes the board out of its group.
//!         pub board_group_id: Patch<mission_control_core::id::BoardGroupId>,
//!     }
//! }
//! ```
//!
//! [`limits`]: mission_control_core::limits

mod bounded;
mod fault;
mod presence;
mod reader;
mod scalars;
mod text;
mod words;

pub use bounded::{AnyJson, AnyText, Bounded, JsonObject, ListOf, Text, any_json, text};
pub use fault::{Fault, Step};
pub use presence::{Change, Patch};
pub use reader::{Fields, Form, FromInput, Reader};
pub use text::{Address, Blankable, Interval, TaskPrefix};

/// Declares a struct that is read from a request: documentation, fields, and after `=` the default of a field. The fields
/// of another such struct become part of it by `struct Name with part: Other`.
///
/// The struct can be used in [`Body`](crate::http::Body) and [`Query`](crate::http::Query), nested in others, and in
/// `#[utoipa::path]` as `request_body` or in `params(…)`.
#[macro_export]
macro_rules! input {
    (
        $(#[doc = $doc:literal])+
        $vis:vis struct $name:ident $(with $part:ident : $part_type:ty)? {
            $( $(#[doc = $field_doc:literal])+ $field_vis:vis $field:ident : $type:ty $(= $default:expr)? ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        // No `Debug`: what comes in may be a secret.
        #[derive(Clone)]
        $vis struct $name {
            $( $(#[doc = $field_doc])+ $field_vis $field: <$type as $crate::input::FromInput>::Output, )*
            $( #[allow(missing_docs, reason = "its type says it")] pub $part: $part_type )?
        }

        impl $crate::input::FromInput for $name {
            type Output = Self;

            fn from_input(
                value: &::serde_json::Value,
                reader: &mut $crate::input::Reader,
            ) -> ::core::option::Option<Self> {
                let object = reader.object(value, &<Self as $crate::input::Fields>::names())?;
                <Self as $crate::input::Fields>::read(object, reader)
            }

            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                ::utoipa::openapi::Ref::from_schema_name(::core::stringify!($name)).into()
            }

            fn named_schemas(
                named: &mut ::std::vec::Vec<(::std::string::String, ::utoipa::openapi::RefOr<::utoipa::openapi::Schema>)>,
            ) {
                named.push((::core::stringify!($name).to_owned(), <Self as ::utoipa::PartialSchema>::schema()));
                $( <$type as $crate::input::FromInput>::named_schemas(named); )*
            }
        }

        impl $crate::input::Fields for $name {
            fn names() -> ::std::vec::Vec<&'static str> {
                ::std::iter::empty()
                    $( .chain(::std::iter::once(::core::stringify!($field))) )*
                    $( .chain(<$part_type as $crate::input::Fields>::names()) )?
                    .collect()
            }

            fn read(
                object: &::serde_json::Map<::std::string::String, ::serde_json::Value>,
                reader: &mut $crate::input::Reader,
            ) -> ::core::option::Option<Self> {
                $( let $field =
                    $crate::input!(@read reader, object, $field, $type $(, $default)?); )*
                $( let $part = <$part_type as $crate::input::Fields>::read(object, reader); )?
                ::core::option::Option::Some(Self { $( $field: $field?, )* $( $part: $part? )? })
            }

            fn describe(object: ::utoipa::openapi::ObjectBuilder) -> ::utoipa::openapi::ObjectBuilder {
                $( let object = $crate::input::document::property::<$type>(
                    object,
                    ::core::stringify!($field),
                    ::core::concat!($($field_doc),+).trim(),
                    $crate::input!(@optional $type $(, $default)?),
                ); )*
                $( let object = <$part_type as $crate::input::Fields>::describe(object); )?
                object
            }
        }

        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                let object = ::utoipa::openapi::ObjectBuilder::new()
                    .description(::core::option::Option::Some(::core::concat!($($doc),+).trim()));
                <Self as $crate::input::Fields>::describe(object).into()
            }
        }

        impl ::utoipa::ToSchema for $name {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::core::stringify!($name).into()
            }

            fn schemas(
                named: &mut ::std::vec::Vec<(::std::string::String, ::utoipa::openapi::RefOr<::utoipa::openapi::Schema>)>,
            ) {
                $( <$type as $crate::input::FromInput>::named_schemas(named); )*
            }
        }

        impl ::utoipa::IntoParams for $name {
            fn into_params(
                _place: impl Fn() -> ::core::option::Option<::utoipa::openapi::path::ParameterIn>,
            ) -> ::std::vec::Vec<::utoipa::openapi::path::Parameter> {
                ::std::iter::empty()
                    $( .chain(::std::iter::once($crate::input::document::parameter::<$type>(
                        ::core::stringify!($field),
                        ::core::concat!($($field_doc),+).trim(),
                        $crate::input!(@optional $type $(, $default)?),
                    ))) )*
                    $( .chain(<$part_type as ::utoipa::IntoParams>::into_params(|| {
                        ::core::option::Option::None
                    })) )?
                    .collect()
            }
        }
    };
    (@read $reader:ident, $object:ident, $field:ident, $type:ty) => {
        $reader.field::<$type>($object, ::core::stringify!($field))
    };
    (@read $reader:ident, $object:ident, $field:ident, $type:ty, $default:expr) => {
        $reader.field_or::<$type>($object, ::core::stringify!($field), || $default)
    };
    (@optional $type:ty) => {
        !<$type as $crate::input::FromInput>::REQUIRED
    };
    (@optional $type:ty, $default:expr) => {
        true
    };
}

pub mod document;

#[cfg(test)]
mod tests;
