-- SPDX-License-Identifier: MIT
-- Functions with other bodies and results.
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n + n $$;
CREATE FUNCTION twice(t text) RETURNS text LANGUAGE sql AS $$ SELECT t || t $$;
CREATE FUNCTION series(VARIADIC numbers integer[]) RETURNS TABLE (number integer) LANGUAGE sql AS $$ SELECT unnest(numbers) $$;
