-- SPDX-License-Identifier: MIT
-- Every common type.
CREATE TABLE wide (
    a smallint, b integer, c bigint, d real, e double precision,
    f numeric, g numeric(8,3), h boolean, i char(3), j varchar, k varchar(10),
    l text, m bytea, n date, o time, p timetz(3), q timestamp, r timestamptz(2),
    s interval day to second, t uuid, u json, v jsonb, w xml, x inet, y macaddr,
    z point, aa bit(4), ab varbit(8), ac integer[], ad text[][], ae tsvector,
    af int4range, ag money, ah oid, ai regclass, aj "char", ak name
);
