-- SPDX-License-Identifier: MIT
-- Partitions of partitions, a default one, and indexes across them.
CREATE TABLE events (
    id integer NOT NULL,
    kind text NOT NULL,
    day date NOT NULL,
    note text DEFAULT 'none',
    PRIMARY KEY (id, kind, day)
) PARTITION BY LIST (kind);
CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a', 'b')
    PARTITION BY RANGE (day);
CREATE TABLE events_a_2020 PARTITION OF events_a
    FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_a_old PARTITION OF events_a
    FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE events_other PARTITION OF events DEFAULT PARTITION BY HASH (id);
CREATE TABLE events_other_0 PARTITION OF events_other
    FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_other_1 PARTITION OF events_other
    FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX events_day ON events (day DESC) WHERE note IS NOT NULL;
CREATE INDEX events_a_only ON events_a_2020 (note);
