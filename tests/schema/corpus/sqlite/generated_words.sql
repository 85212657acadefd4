-- GENERATED and ALWAYS are no reserved words.
CREATE TABLE t (generated INT, always TEXT, c generated always AS (always));
