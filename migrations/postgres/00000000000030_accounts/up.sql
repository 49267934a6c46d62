-- The address and the password by which a person signs in. The address is in lower case, the hash an argon2id text in PHC form.
CREATE TABLE accounts (
    user_id uuid NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp NOT NULL,
    password_changed_at timestamp NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (user_id),
    CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_accounts_email ON accounts (email);

-- Links by which people choose a new password: one per person, known by the SHA-256 of its token in hex.
CREATE TABLE password_resets (
    user_id uuid NOT NULL,
    digest text NOT NULL,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    CONSTRAINT password_resets_pkey PRIMARY KEY (user_id),
    CONSTRAINT password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_password_resets_digest ON password_resets (digest);

-- What people recognize their sessions by: the browser as it calls itself, and when and from where it was used last.
ALTER TABLE web_sessions ADD COLUMN device text;
ALTER TABLE web_sessions ADD COLUMN last_used_at timestamp;
ALTER TABLE web_sessions ADD COLUMN last_used_address text;
