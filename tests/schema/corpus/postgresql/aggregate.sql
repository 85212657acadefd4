-- SPDX-License-Identifier: MIT
-- Aggregates.
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer, initcond = '0', combinefunc = int4pl, parallel = safe);
CREATE AGGREGATE counted(*) (sfunc = int8inc, stype = bigint, initcond = '0');
CREATE FUNCTION half(bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT $1 / 2 $$;
CREATE AGGREGATE halved(x bigint) (sfunc = int8pl, stype = bigint, finalfunc = half, initcond = '0');
CREATE AGGREGATE biggest(text) (sfunc = text_larger, stype = text, sortop = >);
COMMENT ON AGGREGATE total(integer) IS 'sum';
