-- SPDX-License-Identifier: MIT
-- Indexes of every kind.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100),
    doc jsonb,
    during tsrange
);
CREATE INDEX partial ON users (name) WHERE email IS NOT NULL;
CREATE INDEX expression ON users (lower(name), (id + 1));
CREATE INDEX sorted ON users (name DESC NULLS LAST, id);
CREATE INDEX including ON users (id) INCLUDE (name, email);
CREATE INDEX pattern ON users (name text_pattern_ops);
CREATE INDEX collated ON users (name COLLATE "C");
CREATE INDEX docs ON users USING gin (doc jsonb_path_ops);
CREATE INDEX times ON users USING gist (during) WITH (fillfactor = 80);
CREATE INDEX hashed ON users USING hash (email);
CREATE INDEX ranges ON users USING brin (id) WITH (pages_per_range = 32);
CREATE UNIQUE INDEX nulls ON users (email) NULLS NOT DISTINCT;
COMMENT ON INDEX partial IS 'few';
