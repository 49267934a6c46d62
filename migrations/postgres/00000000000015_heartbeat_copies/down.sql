ALTER TABLE gateways DROP COLUMN heartbeat_copies;
