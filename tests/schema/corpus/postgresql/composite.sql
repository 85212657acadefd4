-- SPDX-License-Identifier: MIT
-- A composite type.
CREATE TYPE address AS (street text, town varchar(40) COLLATE "C");
COMMENT ON TYPE address IS 'where';
COMMENT ON COLUMN address.town IS 'which';
CREATE FUNCTION town(address) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1.town $$;
