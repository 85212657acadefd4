-- SPDX-License-Identifier: MIT
-- Other rules.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE RULE no_delete AS ON DELETE TO users WHERE OLD.id < 5 DO INSTEAD NOTHING;
