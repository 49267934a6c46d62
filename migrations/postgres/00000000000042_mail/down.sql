ALTER TABLE password_resets DROP COLUMN keeps_passkeys;
