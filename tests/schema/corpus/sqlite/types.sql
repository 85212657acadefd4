-- Declared types are free text.
CREATE TABLE t (a INT, b varchar(20), c DECIMAL ( 10 , 2 ), d double precision, e "Odd Type", f unsigned big int, g FLOAT(-1, +2), h 'text', i blob, j);
