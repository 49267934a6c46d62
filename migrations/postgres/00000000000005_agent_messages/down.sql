ALTER TABLE agents DROP COLUMN last_message_at;
DROP TABLE agent_messages;
