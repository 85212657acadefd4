-- revision: e4971f0c8b3a
-- down_revision: 2ad6b85f3c10
-- message: store what a client can do
-- created: 2025-11-10T14:55:48Z

-- migrate:up dialect:sqlite
ALTER TABLE clients ADD COLUMN capabilities text DEFAULT '{}' NOT NULL
	CHECK (json_valid(capabilities));

-- migrate:up dialect:postgresql
ALTER TABLE clients ADD COLUMN capabilities jsonb DEFAULT '{}' NOT NULL;
CREATE INDEX ix_clients_capabilities ON clients USING gin (capabilities);

-- migrate:down
ALTER TABLE clients DROP COLUMN capabilities;
