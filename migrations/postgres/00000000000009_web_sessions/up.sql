-- A browser that signed in. Both digests are SHA-256 in hex: of the cookie, and of the access token that it was given
-- for, so that a new access token ends every session of the old one.
CREATE TABLE web_sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    cookie_digest text NOT NULL,
    credential_digest text NOT NULL,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    CONSTRAINT web_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT web_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_web_sessions_cookie_digest ON web_sessions (cookie_digest);
CREATE INDEX ix_web_sessions_user_id ON web_sessions (user_id);
CREATE INDEX ix_web_sessions_expires_at ON web_sessions (expires_at);
