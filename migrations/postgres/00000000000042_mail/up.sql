-- A link that somebody asked for by mail, who may hold no more than the mailbox: what else the account is opened with stays.
ALTER TABLE password_resets ADD COLUMN keeps_passkeys boolean NOT NULL DEFAULT false;
