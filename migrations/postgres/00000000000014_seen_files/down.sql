ALTER TABLE agent_files DROP COLUMN seen_modified_ms;
