DROP TABLE usage_entries;
DROP TABLE exec_approvals;
DROP TABLE run_steps;
DROP TABLE runs;
