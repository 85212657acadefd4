CREATE TABLE t (status TEXT);
CREATE VIEW v AS SELECT 'it''s; -- here' AS s FROM t WHERE status = "Active";
