CREATE TABLE "Order Lines" ("select" INT, [from] TEXT, `wh"ere` REAL, "it""s" INT, "Größe" INT, 日本 TEXT, PRIMARY KEY ("select", [from]));
CREATE INDEX "an index" ON "Order Lines" (`wh"ere`, "it""s");
