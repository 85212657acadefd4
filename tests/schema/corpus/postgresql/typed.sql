-- SPDX-License-Identifier: MIT
-- A table of a type.
CREATE TYPE address AS (street text, town text);
CREATE TABLE addresses OF address (
    street NOT NULL DEFAULT 'here',
    PRIMARY KEY (town)
);
