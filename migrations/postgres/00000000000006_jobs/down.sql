DROP TABLE gateway_circuits;
DROP TABLE schedules;

DROP INDEX ix_jobs_queued_group_key_created_at;
DROP INDEX ix_jobs_queued_gateway_id_run_at;
DROP INDEX ix_jobs_finished_at;
DROP INDEX ix_jobs_organization_id_created_at;
ALTER TABLE jobs DROP COLUMN deaths;
ALTER TABLE jobs DROP COLUMN cancel_requested_at;
ALTER TABLE jobs DROP COLUMN gateway_id;
ALTER TABLE jobs DROP COLUMN board_id;
ALTER TABLE jobs DROP COLUMN agent_id;
ALTER TABLE jobs DROP COLUMN version;
