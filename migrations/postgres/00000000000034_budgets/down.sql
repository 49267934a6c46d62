DROP INDEX ix_usage_entries_agent_id_occurred_at;
DROP INDEX ix_usage_entries_board_id_occurred_at;
DROP TABLE agent_pauses;
DROP TABLE budget_windows;
DROP TABLE budgets;
