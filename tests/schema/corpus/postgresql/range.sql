-- SPDX-License-Identifier: MIT
-- A range type.
CREATE FUNCTION text_distance(text, text) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$ SELECT length($1)::float8 - length($2) $$;
CREATE TYPE textrange AS RANGE (subtype = text, collation = "C", subtype_diff = text_distance, multirange_type_name = texts);
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE TABLE users (
    id bigint PRIMARY KEY,
    letters textrange,
    many texts
);
