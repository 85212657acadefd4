CREATE TABLE t (a, b);
CREATE VIEW z_first AS SELECT a FROM t;
CREATE VIEW a_second AS SELECT a FROM z_first;
