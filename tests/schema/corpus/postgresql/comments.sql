-- SPDX-License-Identifier: MIT
-- Comments on whatever takes one.
CREATE SCHEMA notes;
COMMENT ON SCHEMA notes IS 'a schema';
CREATE TYPE kind AS ENUM ('a');
COMMENT ON TYPE kind IS 'an enum';
CREATE DOMAIN small AS integer CONSTRAINT is_small CHECK (VALUE < 10);
COMMENT ON DOMAIN small IS 'a domain';
COMMENT ON CONSTRAINT is_small ON DOMAIN small IS 'its check';
CREATE TYPE spot AS (x integer);
COMMENT ON TYPE spot IS 'a composite type';
COMMENT ON COLUMN spot.x IS 'an attribute';
CREATE SEQUENCE counter;
COMMENT ON SEQUENCE counter IS 'a sequence';
CREATE TABLE t (
    id integer CONSTRAINT t_key PRIMARY KEY,
    a text CONSTRAINT t_check CHECK (a <> ''),
    up integer CONSTRAINT t_up REFERENCES t
);
COMMENT ON TABLE t IS E'two\nlines; and ''quotes''';
COMMENT ON COLUMN t.a IS 'a column';
COMMENT ON CONSTRAINT t_key ON t IS 'a primary key';
COMMENT ON CONSTRAINT t_check ON t IS 'a check';
COMMENT ON CONSTRAINT t_up ON t IS 'a foreign key';
CREATE INDEX t_a ON t (a);
COMMENT ON INDEX t_a IS 'an index';
CREATE STATISTICS t_stat ON id, up FROM t;
COMMENT ON STATISTICS t_stat IS 'statistics';
CREATE POLICY t_policy ON t USING (id > 0);
COMMENT ON POLICY t_policy ON t IS 'a policy';
CREATE VIEW v AS SELECT id, a FROM t;
COMMENT ON VIEW v IS 'a view';
COMMENT ON COLUMN v.a IS 'a column of a view';
CREATE RULE v_rule AS ON DELETE TO v DO INSTEAD NOTHING;
COMMENT ON RULE v_rule ON v IS 'a rule';
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
COMMENT ON MATERIALIZED VIEW m IS 'a materialized view';
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RETURN NEW; END';
COMMENT ON FUNCTION f() IS 'a function';
CREATE PROCEDURE p(x integer) LANGUAGE sql AS 'SELECT 1';
COMMENT ON PROCEDURE p(integer) IS 'a procedure';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
COMMENT ON AGGREGATE total(integer) IS 'an aggregate';
CREATE TRIGGER t_trigger BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER t_trigger ON t IS 'a trigger';
CREATE COLLATION plain (LOCALE = 'C');
COMMENT ON COLLATION plain IS 'a collation';
