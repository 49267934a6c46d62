ALTER TABLE approvals DROP COLUMN decision_reason;
ALTER TABLE approvals DROP COLUMN resolved_by_user_id;
ALTER TABLE activity_events DROP COLUMN user_id;

DROP INDEX uq_tasks_board_id_number;
DROP INDEX uq_boards_organization_id_task_prefix;
ALTER TABLE tasks DROP COLUMN number;
ALTER TABLE boards DROP COLUMN last_task_number;
ALTER TABLE boards DROP COLUMN task_prefix;
