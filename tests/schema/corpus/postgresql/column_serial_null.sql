-- SPDX-License-Identifier: MIT
-- A serial column that may be null.
CREATE TABLE users (id serial, name text);
ALTER TABLE users ALTER id DROP NOT NULL;
