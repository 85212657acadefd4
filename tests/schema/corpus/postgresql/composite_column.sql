-- SPDX-License-Identifier: MIT
-- A composite type in a column.
CREATE TYPE address AS (street text, town varchar(40));
CREATE TABLE users (
    id bigint PRIMARY KEY,
    home address,
    others address[]
);
