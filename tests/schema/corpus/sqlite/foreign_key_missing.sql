-- SQLite does not mind until a row comes.
CREATE TABLE c (a INT REFERENCES nowhere, b INT REFERENCES "No Where" (x));
