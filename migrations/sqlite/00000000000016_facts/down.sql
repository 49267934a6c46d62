ALTER TABLE activity_events DROP COLUMN failed;
ALTER TABLE tasks DROP COLUMN handed_in_by_agent_id;
ALTER TABLE tasks DROP COLUMN created_by_agent_id;
