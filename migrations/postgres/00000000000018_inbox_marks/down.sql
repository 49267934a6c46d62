DROP TABLE inbox_marks;
