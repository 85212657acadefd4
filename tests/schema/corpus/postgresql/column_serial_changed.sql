-- SPDX-License-Identifier: MIT
-- A serial column with a sequence of its own kind.
CREATE TABLE users (id serial PRIMARY KEY, name text);
ALTER SEQUENCE users_id_seq INCREMENT BY 2 CACHE 10;
