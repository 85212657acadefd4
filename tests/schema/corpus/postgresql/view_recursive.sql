-- SPDX-License-Identifier: MIT
-- Views that say more than SELECT.
CREATE TABLE tree (id integer PRIMARY KEY, up integer, name text);
CREATE RECURSIVE VIEW paths (id, path) AS
    SELECT id, name FROM tree WHERE up IS NULL
    UNION ALL
    SELECT t.id, p.path || '/' || t.name FROM tree t JOIN paths p ON t.up = p.id;
CREATE VIEW roots WITH (security_barrier) AS
    SELECT id, name FROM tree WHERE up IS NULL WITH CASCADED CHECK OPTION;
CREATE VIEW first AS SELECT id FROM tree ORDER BY up
    FETCH FIRST 3 ROWS WITH TIES;
CREATE VIEW named (one, two) AS SELECT id, up FROM tree WITH LOCAL CHECK OPTION;
