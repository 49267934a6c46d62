DROP TABLE log_levels;
