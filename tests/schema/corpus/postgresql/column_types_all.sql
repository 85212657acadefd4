-- SPDX-License-Identifier: MIT
-- Types with all kinds of modifiers.
CREATE TABLE t (
    a bit(3), b bit varying(5), c "char", d name, e interval day to second(3),
    f interval(2), g timestamp(3) with time zone, h time with time zone,
    i numeric(3, -2), j inet, k cidr, l macaddr, m tsvector, n xml, o money,
    p point, q oid, r regclass, s int4multirange, t text[][], u varchar(3)[],
    v json, w jsonb[], x bytea, y double precision DEFAULT 'NaN', z real,
    aa character(4), bb uuid DEFAULT gen_random_uuid(), cc int8range,
    dd timestamp(0) DEFAULT now(), ee date DEFAULT 'infinity',
    ff interval DEFAULT '1 day 02:03:04'
);
