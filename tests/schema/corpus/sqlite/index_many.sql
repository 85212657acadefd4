CREATE TABLE t (a TEXT, b INT, c);
CREATE INDEX t_abc ON t (a COLLATE nocase, b DESC, c ASC);
