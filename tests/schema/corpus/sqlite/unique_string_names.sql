CREATE TABLE t ("a b", c, UNIQUE ('a b', [c]));
