-- SQLite finds out when it is read.
CREATE VIEW v AS SELECT * FROM nowhere;
