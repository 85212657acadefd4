-- SPDX-License-Identifier: MIT
-- Names in other scripts, that look like SQL, and that are very long.
CREATE TABLE "Größe; -- ''" ("日本語" TEXT DEFAULT 'é', "naïve.column" INTEGER CHECK ("naïve.column" <> 0), [in brackets] TEXT, `tick "q` TEXT, "" TEXT, "/* no */" TEXT, "%s" TEXT);
CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb INTEGER PRIMARY KEY AUTOINCREMENT, ref TEXT REFERENCES "Größe; -- ''" ("日本語"));
CREATE INDEX "index on 日本語" ON "Größe; -- ''" (lower("日本語"), "%s" DESC) WHERE "in brackets" IS NOT NULL;
CREATE VIEW "view ""v""" AS SELECT "日本語", "tick ""q" AS "q ""x""" FROM "Größe; -- ''";
CREATE TRIGGER "trigger; END" AFTER UPDATE OF "%s" ON "Größe; -- ''" BEGIN UPDATE "Größe; -- ''" SET "日本語" = 'END;' WHERE 0; END;
