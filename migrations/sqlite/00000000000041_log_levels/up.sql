-- What programs write to their logs for a while, in place of what their configuration says.
CREATE TABLE log_levels (
    program TEXT NOT NULL,
    filter TEXT NOT NULL,
    set_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    CONSTRAINT log_levels_pkey PRIMARY KEY (program)
);
