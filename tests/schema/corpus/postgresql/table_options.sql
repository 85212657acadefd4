-- SPDX-License-Identifier: MIT
-- Storage options.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text
) WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
