CREATE TABLE t (a INT CHECK (a > 0), b TEXT CHECK (b IN ('x', 'Y')) CONSTRAINT long_b CHECK (length(b) < 9));
