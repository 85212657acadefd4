CREATE TABLE t (a, deleted INT);
CREATE UNIQUE INDEX t_live ON t (a) WHERE deleted IS NULL AND a <> 'x';
