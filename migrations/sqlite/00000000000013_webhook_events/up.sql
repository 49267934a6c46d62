-- What kind of event was posted, and by what a copy of it is recognized.
ALTER TABLE board_webhook_payloads ADD COLUMN event_type TEXT;
ALTER TABLE board_webhook_payloads ADD COLUMN fingerprint TEXT;
CREATE INDEX ix_board_webhook_payloads_webhook_id_fingerprint ON board_webhook_payloads (webhook_id, fingerprint);
