-- What an identity provider is asked by whether the person of a session may still come in. The token is sealed.
CREATE TABLE provider_grants (
    session_id uuid NOT NULL,
    refresh_token text NOT NULL,
    due_at timestamp NOT NULL,
    CONSTRAINT provider_grants_pkey PRIMARY KEY (session_id),
    CONSTRAINT provider_grants_session_id_fkey FOREIGN KEY (session_id) REFERENCES web_sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_provider_grants_due_at ON provider_grants (due_at);
