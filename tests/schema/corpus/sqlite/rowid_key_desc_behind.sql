-- DESC behind the columns leaves it the rowid.
CREATE TABLE t (id INTEGER, a, PRIMARY KEY (id DESC));
