CREATE TABLE t (a, b);
CREATE INDEX if NOT exists main.[t_ab] ON "t" ( "a" ASC ,'b' desc ) where A==1;
