DROP INDEX ix_activity_events_organization_id;
ALTER TABLE activity_events DROP COLUMN organization_id;
ALTER TABLE tasks DROP COLUMN rewritten_at;
