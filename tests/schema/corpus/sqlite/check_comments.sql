CREATE TABLE t (
  a INT, -- the first, with a ) and a '
  /* nothing */ b INT CHECK (b > 0 -- and more
  ), -- last
  CHECK (a < b) /* the end */
);
