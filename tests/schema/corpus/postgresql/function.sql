-- SPDX-License-Identifier: MIT
-- Functions and procedures.
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n * 2 $$;
CREATE FUNCTION twice(t text, OUT a text, OUT b integer) LANGUAGE plpgsql AS $$ BEGIN a := t || t; b := 2; END $$;
CREATE FUNCTION series(VARIADIC n integer[] DEFAULT '{1}') RETURNS SETOF integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT unnest(n) $$;
CREATE PROCEDURE nothing(INOUT n integer) LANGUAGE plpgsql AS $body$ BEGIN n := 1; /* $$ */ END $body$;
COMMENT ON FUNCTION twice(integer) IS 'doubles';
COMMENT ON PROCEDURE nothing(integer) IS 'idle';
