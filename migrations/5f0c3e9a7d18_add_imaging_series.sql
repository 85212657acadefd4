-- revision: 5f0c3e9a7d18
-- down_revision: e4971f0c8b3a
-- message: add imaging series
-- created: 2025-11-17T12:40:30Z

-- migrate:up
CREATE TABLE imaging_series (
	uid varchar(64) NOT NULL PRIMARY KEY,
	client_id varchar(36) NOT NULL REFERENCES clients (id),
	modality varchar(16) NOT NULL
		CHECK (modality IN ('CT', 'MR', 'US', 'CR', 'PT')),
	body_part varchar(40),
	images integer NOT NULL CHECK (images >= 0),
	acquired_on date
);
CREATE INDEX ix_imaging_series_client_id ON imaging_series (client_id);
ALTER TABLE training_runs ADD COLUMN modality varchar(16);

-- migrate:down
ALTER TABLE training_runs DROP COLUMN modality;
DROP TABLE imaging_series;
