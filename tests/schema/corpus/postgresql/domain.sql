-- SPDX-License-Identifier: MIT
-- A domain.
CREATE DOMAIN email AS text NOT NULL DEFAULT 'a@b' CHECK (VALUE LIKE '%@%') CONSTRAINT short CHECK (length(VALUE) < 99);
COMMENT ON DOMAIN email IS 'an address';
COMMENT ON CONSTRAINT short ON DOMAIN email IS 'not too long';
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email email
);
