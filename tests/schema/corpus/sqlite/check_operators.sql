CREATE TABLE t (a, b, CHECK (a - -b <> ~ b AND -a < +b OR (a || b) GLOB '*x*' AND a ->> '$.b' IS NULL AND b BETWEEN 1 AND 2 AND a & 3 | 4 << 1));
