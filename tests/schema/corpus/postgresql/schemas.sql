-- SPDX-License-Identifier: MIT
-- Schemas.
CREATE SCHEMA audit;
CREATE SCHEMA "Odd one";
COMMENT ON SCHEMA audit IS 'who did what';
CREATE TABLE audit.events (
    id bigserial PRIMARY KEY,
    what text NOT NULL,
    CONSTRAINT said CHECK (what <> '')
);
CREATE INDEX events_what ON audit.events (what);
CREATE TABLE "Odd one".t (
    id integer GENERATED ALWAYS AS IDENTITY,
    event bigint REFERENCES audit.events
);
CREATE VIEW audit.latest AS SELECT max(id) AS id FROM audit.events;
CREATE TYPE audit.level AS ENUM ('low', 'high');
ALTER TABLE audit.events ADD level audit.level DEFAULT 'low';
