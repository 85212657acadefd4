-- SPDX-License-Identifier: MIT
-- Keys with all that may be said of them.
CREATE TABLE owners (
    id integer,
    part integer,
    label text,
    PRIMARY KEY (id, part) INCLUDE (label),
    CONSTRAINT owners_label UNIQUE (label) INCLUDE (part)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT owners_part CHECK (part > 0) NO INHERIT
);
CREATE TABLE things (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner integer,
    part integer DEFAULT 1,
    span int4range,
    CONSTRAINT things_owner FOREIGN KEY (owner, part)
        REFERENCES owners (id, part) MATCH SIMPLE
        ON DELETE SET NULL (owner) ON UPDATE SET DEFAULT,
    CONSTRAINT things_span EXCLUDE USING gist (span WITH &&)
        WHERE (owner IS NOT NULL) DEFERRABLE
);
