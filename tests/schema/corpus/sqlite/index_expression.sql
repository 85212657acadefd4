CREATE TABLE t (a TEXT, b TEXT);
CREATE INDEX t_lower ON t (lower(a), substr(b, 1, 3) COLLATE nocase DESC);
CREATE INDEX t_sum ON t (a || b, (a), -b);
