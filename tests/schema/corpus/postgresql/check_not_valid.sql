-- SPDX-License-Identifier: MIT
-- A check that old rows may break.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text
);
ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID;
