-- SPDX-License-Identifier: MIT
-- A foreign table.
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE passwords (
    name text OPTIONS (force_not_null 'true'),
    uid integer NOT NULL
) SERVER files OPTIONS (filename '/nowhere', format 'csv');
