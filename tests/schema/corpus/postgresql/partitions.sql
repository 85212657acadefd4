-- SPDX-License-Identifier: MIT
-- Partitions by range.
CREATE TABLE events (
    id bigint NOT NULL,
    at date NOT NULL,
    what text DEFAULT 'x',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX events_what ON events (what);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_rest PARTITION OF events (
    what DEFAULT 'old',
    CONSTRAINT old CHECK (id > 0)
) DEFAULT;
CREATE INDEX events_rest_id ON events_rest (id);
