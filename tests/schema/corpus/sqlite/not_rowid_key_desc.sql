-- DESC at the column makes it an ordinary column.
CREATE TABLE t (id INTEGER PRIMARY KEY DESC, a);
