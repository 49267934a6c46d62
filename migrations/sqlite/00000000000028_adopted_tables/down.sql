DROP TABLE adopted_tables;
