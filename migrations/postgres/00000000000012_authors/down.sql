ALTER TABLE board_onboarding_sessions DROP COLUMN draft_version;

DROP TABLE approval_decisions;

ALTER TABLE board_group_memory DROP COLUMN user_id;
ALTER TABLE board_group_memory DROP COLUMN agent_id;
ALTER TABLE board_memory DROP COLUMN user_id;
ALTER TABLE board_memory DROP COLUMN agent_id;
