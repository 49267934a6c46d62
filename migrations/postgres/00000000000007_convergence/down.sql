DROP TABLE agent_activity_counts;
DROP TABLE agent_files;

ALTER TABLE gateways DROP COLUMN drift_policy;

ALTER TABLE boards DROP COLUMN heartbeat_ceiling;
ALTER TABLE boards DROP COLUMN heartbeat_floor;
ALTER TABLE boards DROP COLUMN heartbeat_policy;
ALTER TABLE boards DROP COLUMN paused_at;

ALTER TABLE agents DROP COLUMN offline_cause;
ALTER TABLE agents DROP COLUMN status_since;
ALTER TABLE agents DROP COLUMN paced_every;
ALTER TABLE agents DROP COLUMN paused_at;
