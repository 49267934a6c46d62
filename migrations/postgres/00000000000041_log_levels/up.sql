-- What programs write to their logs for a while, in place of what their configuration says.
CREATE TABLE log_levels (
    program text NOT NULL,
    filter text NOT NULL,
    set_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    CONSTRAINT log_levels_pkey PRIMARY KEY (program)
);
