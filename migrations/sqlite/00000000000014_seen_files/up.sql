-- The gateway's time of change of a workspace file when its content was last looked at: what has not moved since needs no
-- other look.
ALTER TABLE agent_files ADD COLUMN seen_modified_ms BIGINT;
