-- SPDX-License-Identifier: MIT
-- A serial column whose table was renamed.
CREATE TABLE people (id serial PRIMARY KEY);
ALTER TABLE people RENAME TO users;
