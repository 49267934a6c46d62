ALTER TABLE accounts DROP COLUMN passkeys_since;
DROP TABLE passkey_ceremonies;
DROP TABLE passkeys;
