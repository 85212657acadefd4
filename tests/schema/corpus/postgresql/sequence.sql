-- SPDX-License-Identifier: MIT
-- Sequences.
CREATE SEQUENCE numbers;
CREATE SEQUENCE down AS smallint INCREMENT BY -1 MINVALUE -100 MAXVALUE 5 START WITH 3 CACHE 4 CYCLE;
COMMENT ON SEQUENCE down IS 'counts down';
CREATE TABLE users (
    id bigint DEFAULT nextval('numbers') PRIMARY KEY,
    name text
);
