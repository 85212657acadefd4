CREATE TABLE t (lo INT, hi INT, CHECK (lo <= hi), CONSTRAINT apart CHECK (hi - lo != 1));
