-- The address and the password by which a person signs in. The address is in lower case, the hash an argon2id text in PHC form.
CREATE TABLE accounts (
    user_id TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    password_changed_at TIMESTAMP NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (user_id),
    CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_accounts_email ON accounts (email);

-- Links by which people choose a new password: one per person, known by the SHA-256 of its token in hex.
CREATE TABLE password_resets (
    user_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    CONSTRAINT password_resets_pkey PRIMARY KEY (user_id),
    CONSTRAINT password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_password_resets_digest ON password_resets (digest);

-- What people recognize their sessions by: the browser as it calls itself, and when and from where it was used last.
ALTER TABLE web_sessions ADD COLUMN device TEXT;
ALTER TABLE web_sessions ADD COLUMN last_used_at TIMESTAMP;
ALTER TABLE web_sessions ADD COLUMN last_used_address TEXT;
