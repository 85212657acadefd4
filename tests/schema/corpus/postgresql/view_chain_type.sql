-- SPDX-License-Identifier: MIT
-- Views on views over another type.
CREATE TABLE users (
    id integer PRIMARY KEY,
    name varchar(50) NOT NULL,
    email varchar(100)
);
CREATE VIEW people AS SELECT id, name FROM users;
CREATE VIEW adults WITH (security_barrier) AS SELECT * FROM people WHERE id > 18;
CREATE VIEW a_first AS SELECT a.name FROM adults a JOIN people p USING (id);
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM a_first;
CREATE UNIQUE INDEX counted_n ON counted (n);
