CREATE TABLE users (
	id INTEGER NOT NULL, 
	name VARCHAR(50) NOT NULL, 
	kind VARCHAR(5), 
	active BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_name UNIQUE (name), 
	CONSTRAINT kind CHECK (kind IN ('a', 'b')), 
	CHECK (active IN (0, 1))
);
CREATE INDEX ix_users_kind ON users (kind);
