CREATE TABLE t (key TEXT, "value" TEXT, action TEXT, "order" INT, "group" INT, "index" INT, CHECK (key <> ''), CHECK ("order" > "group"));
CREATE INDEX t_key ON t (key, "order" DESC);
