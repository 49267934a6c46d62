ALTER TABLE exec_approvals DROP COLUMN is_single_command;
ALTER TABLE exec_approvals DROP COLUMN policy_id;
DROP TABLE exec_policies;
