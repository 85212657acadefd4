-- SPDX-License-Identifier: MIT
-- Names as long as they may be, in other scripts, and that look like SQL.
CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (
    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb serial,
    ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc integer
        GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
        PRIMARY KEY
        (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)
);
CREATE TABLE "Größe; -- ''" (
    "日本語" text DEFAULT 'é',
    "naïve.column" integer CHECK ("naïve.column" <> 0),
    "table" boolean,
    "%s" text,
    "$1" text,
    "\" text DEFAULT '\',
    "/* no */" text
);
CREATE INDEX "index on 日本語" ON "Größe; -- ''" ("日本語", lower("%s"));
CREATE VIEW "view ""v""" AS SELECT "日本語", "\" FROM "Größe; -- ''";
CREATE SEQUENCE "seq'uence" OWNED BY "Größe; -- ''"."naïve.column";
CREATE TYPE "my enum" AS ENUM ('it''s', '日本', '');
CREATE TABLE uses ("x y" "my enum" DEFAULT '日本'::"my enum", z "my enum"[]);
CREATE FUNCTION "f(x"(") integer" integer) RETURNS integer LANGUAGE sql
    AS 'SELECT 1';
