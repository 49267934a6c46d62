DROP TABLE stale_tasks;
DROP TABLE board_stale_rules;
