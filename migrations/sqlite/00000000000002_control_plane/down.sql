ALTER TABLE organization_invites DROP COLUMN expires_at;

ALTER TABLE gateways DROP COLUMN device_token;
ALTER TABLE gateways DROP COLUMN last_connected_at;
ALTER TABLE gateways DROP COLUMN connection_checked_at;
ALTER TABLE gateways DROP COLUMN connection_error;
ALTER TABLE gateways DROP COLUMN connection_state;
ALTER TABLE gateways DROP COLUMN protocol;
ALTER TABLE gateways DROP COLUMN version;

DROP INDEX uq_agents_token_digest;
ALTER TABLE agents DROP COLUMN token_digest;

ALTER TABLE activity_events DROP COLUMN action;

DROP TABLE device_identities;
DROP TABLE leases;
DROP TABLE event_log;
DROP TABLE jobs;
