ALTER TABLE web_sessions DROP COLUMN last_used_address;
ALTER TABLE web_sessions DROP COLUMN last_used_at;
ALTER TABLE web_sessions DROP COLUMN device;
DROP TABLE password_resets;
DROP TABLE accounts;
