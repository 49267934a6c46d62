DROP TABLE board_views;
