CREATE TABLE t ("Price" REAL, note TEXT, CHECK ( price>=0 AND [note] is NOT null or NOTE==`note` ), CHECK (note <> "Unknown"));
