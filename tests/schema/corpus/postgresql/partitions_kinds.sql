-- SPDX-License-Identifier: MIT
-- Partitions of partitions.
CREATE TABLE events (
    id bigint,
    kind text NOT NULL
) PARTITION BY LIST (kind);
CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a', 'b') PARTITION BY HASH (id);
CREATE TABLE events_a0 PARTITION OF events_a FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_a1 PARTITION OF events_a FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE events_null PARTITION OF events FOR VALUES IN (NULL);
