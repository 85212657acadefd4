-- SPDX-License-Identifier: MIT
-- Names that want quotes.
CREATE TABLE "User" (
    "Id" integer PRIMARY KEY,
    "select" text,
    "a b" text DEFAULT 'x',
    "q""q" integer CHECK ("q""q" > 0)
);
CREATE INDEX "Idx" ON "User" ("a b");
CREATE VIEW "V v" AS SELECT "Id", "select" FROM "User";
