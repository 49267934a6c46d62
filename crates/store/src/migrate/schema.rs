//! Tables that only the migrations know.

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

diesel::table! {
    adopted_tables (name) {
        name -> Text,
        row_count -> BigInt,
        fingerprint -> Text,
        revision -> Nullable<Text>,
        adopted_at -> Timestamp,
    }
}
