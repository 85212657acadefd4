-- revision: 0e8b4f73a2c5
-- down_revision: d52e6a1c9f07
-- message: record round changes in the audit
-- created: 2025-10-21T08:45:59Z

-- migrate:up dialect:sqlite
CREATE TRIGGER rounds_audit AFTER UPDATE OF status ON rounds
WHEN old.status <> new.status
BEGIN
	INSERT INTO audit_events (subject, subject_id, action, details)
	VALUES ('round', new.run_id || '/' || new.number,
		CASE new.status
		WHEN 'failed' THEN 'round failed'
		WHEN 'done' THEN 'round finished'
		ELSE 'round changed'
		END,
		json_object('from', old.status, 'to', new.status));
END;

-- migrate:up dialect:postgresql
CREATE FUNCTION record_round_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO audit_events (subject, subject_id, action, details)
	VALUES ('round', new.run_id || '/' || new.number,
		CASE new.status
		WHEN 'failed' THEN 'round failed'
		WHEN 'done' THEN 'round finished'
		ELSE 'round changed'
		END,
		jsonb_build_object('from', old.status, 'to', new.status));
	RETURN new;
END;
$$;
CREATE TRIGGER rounds_audit AFTER UPDATE OF status ON rounds
	FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status)
	EXECUTE FUNCTION record_round_change();

-- migrate:down dialect:sqlite
DROP TRIGGER rounds_audit;

-- migrate:down dialect:postgresql
DROP TRIGGER rounds_audit ON rounds;
DROP FUNCTION record_round_change();
