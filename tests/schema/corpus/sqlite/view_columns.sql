CREATE TABLE t (a, b);
CREATE VIEW v (x, "y z") AS
  -- what counts
  SELECT a, /* and */ b
    FROM t -- the end
;
