CREATE TABLE t (a DEFAULT ('x,y)'), b DEFAULT ('('), c TEXT DEFAULT '-- no comment');
