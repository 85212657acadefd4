-- SQLite wants no commas between table constraints.
CREATE TABLE t (a, b, CONSTRAINT x UNIQUE (a) CONSTRAINT y CHECK (b > 0) UNIQUE (b));
