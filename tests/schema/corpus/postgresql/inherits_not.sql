-- SPDX-License-Identifier: MIT
-- The same tables, each by itself.
CREATE TABLE base (
    id bigint NOT NULL,
    name text DEFAULT 'x',
    CONSTRAINT named CHECK (name <> '')
);
CREATE TABLE other (extra integer);
