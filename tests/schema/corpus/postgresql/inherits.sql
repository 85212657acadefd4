-- SPDX-License-Identifier: MIT
-- Tables that inherit.
CREATE TABLE base (
    id bigint NOT NULL,
    name text DEFAULT 'x',
    CONSTRAINT named CHECK (name <> '')
);
CREATE TABLE other (extra integer);
CREATE TABLE kid (
    age integer,
    PRIMARY KEY (id)
) INHERITS (base, other);
ALTER TABLE ONLY kid ALTER name SET DEFAULT 'y';
ALTER TABLE ONLY kid ALTER extra SET NOT NULL;
