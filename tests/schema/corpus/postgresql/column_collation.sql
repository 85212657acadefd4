-- SPDX-License-Identifier: MIT
-- Collations.
CREATE COLLATION german (provider = icu, locale = 'de-x-icu');
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text COLLATE german,
    email text COLLATE nocase,
    code text COLLATE "C"
);
