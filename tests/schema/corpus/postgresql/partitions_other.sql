-- SPDX-License-Identifier: MIT
-- Other partitions by range.
CREATE TABLE events (
    id bigint NOT NULL,
    at date NOT NULL,
    what text DEFAULT 'x',
    more integer,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX events_what ON events (what);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2020-07-01');
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
