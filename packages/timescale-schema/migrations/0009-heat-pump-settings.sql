-- Settings of heat pumps, and the commands that change them. The commands are the audit: they are
-- added by the API, completed by heat-pump-control, and deleted by nobody.
CREATE TABLE heat_pump_settings (
  device_id text NOT NULL,
  setting text NOT NULL,
  value jsonb NOT NULL,
  read_at timestamptz NOT NULL,
  format text NOT NULL,
  PRIMARY KEY (device_id, setting)
);
COMMENT ON TABLE heat_pump_settings IS 'What the registers of heat pumps hold that can be written.';
COMMENT ON COLUMN heat_pump_settings.device_id IS 'Whose setting it is';
COMMENT ON COLUMN heat_pump_settings.setting IS 'Its name in the registry of settings';
COMMENT ON COLUMN heat_pump_settings.value IS 'Number or word, as last reported';
COMMENT ON COLUMN heat_pump_settings.read_at IS 'When the device last reported it';
COMMENT ON COLUMN heat_pump_settings.format IS 'Device format in which it is written';

-- Facts and times only: the state follows from them, so that nothing has to be written when time
-- passes, and a process that was killed leaves no state behind.
CREATE TABLE heat_pump_commands (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  principal text NOT NULL,
  idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 100),
  requested_by text NOT NULL CHECK (length(requested_by) BETWEEN 1 AND 200),
  requested_at timestamptz NOT NULL DEFAULT now(),
  device_id text NOT NULL,
  setting text NOT NULL,
  from_value jsonb NOT NULL,
  to_value jsonb NOT NULL,
  undo_of uuid REFERENCES heat_pump_commands,
  expires_at timestamptz NOT NULL,
  published_at timestamptz,
  confirm_by timestamptz,
  written jsonb,
  reported_value jsonb,
  reported_at timestamptz,
  confirmed_at timestamptz,
  failed_at timestamptz,
  failure text CHECK (length(failure) <= 500),
  UNIQUE (principal, idempotency_key),
  CHECK ((published_at IS NULL) = (confirm_by IS NULL)),
  CHECK (confirmed_at IS NULL OR published_at IS NOT NULL)
);
CREATE INDEX ON heat_pump_commands (device_id, requested_at DESC);
CREATE INDEX ON heat_pump_commands (undo_of) WHERE undo_of IS NOT NULL;
CREATE INDEX ON heat_pump_commands (expires_at) WHERE published_at IS NULL AND failed_at IS NULL;
CREATE INDEX ON heat_pump_commands (confirm_by) WHERE confirmed_at IS NULL;
COMMENT ON TABLE heat_pump_commands IS 'Every change of a setting that was ever asked for.';
COMMENT ON COLUMN heat_pump_commands.principal IS 'Whose token asked the API';
COMMENT ON COLUMN heat_pump_commands.idempotency_key IS 'Chosen by the client: the same key is the same command';
COMMENT ON COLUMN heat_pump_commands.requested_by IS 'The person, as the client names them';
COMMENT ON COLUMN heat_pump_commands.requested_at IS 'When the API accepted it';
COMMENT ON COLUMN heat_pump_commands.device_id IS 'Which heat pump';
COMMENT ON COLUMN heat_pump_commands.setting IS 'Name in the registry of settings';
COMMENT ON COLUMN heat_pump_commands.from_value IS 'What the setting was';
COMMENT ON COLUMN heat_pump_commands.to_value IS 'What it is to become';
COMMENT ON COLUMN heat_pump_commands.undo_of IS 'The command that it undoes';
COMMENT ON COLUMN heat_pump_commands.expires_at IS 'From when on it is not published any more';
COMMENT ON COLUMN heat_pump_commands.published_at IS 'When it was claimed for publication, which happens once';
COMMENT ON COLUMN heat_pump_commands.confirm_by IS 'Until when the device is waited for';
COMMENT ON COLUMN heat_pump_commands.written IS 'The MQTT messages';
COMMENT ON COLUMN heat_pump_commands.reported_value IS 'What the device last reported since';
COMMENT ON COLUMN heat_pump_commands.reported_at IS 'When it did';
COMMENT ON COLUMN heat_pump_commands.confirmed_at IS 'When the device reported the wanted value';
COMMENT ON COLUMN heat_pump_commands.failed_at IS 'When it turned out that it cannot be published';
COMMENT ON COLUMN heat_pump_commands.failure IS 'Why, as a sentence';

CREATE VIEW heat_pump_command_log AS
WITH stated AS (
  SELECT *, CASE
      WHEN confirmed_at IS NOT NULL THEN 'confirmed'
      WHEN failed_at IS NOT NULL THEN 'failed'
      WHEN published_at IS NULL AND expires_at <= now() THEN 'expired'
      WHEN published_at IS NULL THEN 'accepted'
      WHEN confirm_by > now() THEN 'published'
      WHEN reported_at IS NOT NULL THEN 'contradicted'
      ELSE 'timed_out'
    END AS state
  FROM heat_pump_commands
)
SELECT stated.*,
  CASE WHEN state NOT IN ('accepted', 'published')
    THEN coalesce(confirmed_at, failed_at, confirm_by, expires_at) END AS finished_at,
  (SELECT undo.id FROM stated AS undo
    WHERE undo.undo_of = stated.id AND undo.state IN ('accepted', 'published', 'confirmed')
    ORDER BY undo.requested_at DESC LIMIT 1) AS undone_by
FROM stated;
COMMENT ON VIEW heat_pump_command_log IS 'The commands with their state at this moment.';
DO $$
DECLARE
  named record;
BEGIN
  FOR named IN
    SELECT a.attname, col_description(a.attrelid, a.attnum) AS words
    FROM pg_attribute a
    WHERE a.attrelid = 'heat_pump_commands'::regclass AND a.attnum > 0 AND a.attname <> 'id'
  LOOP
    EXECUTE format('COMMENT ON COLUMN heat_pump_command_log.%I IS %L', named.attname, named.words);
  END LOOP;
END $$;
COMMENT ON COLUMN heat_pump_commands.id IS 'Names the command';
COMMENT ON COLUMN heat_pump_command_log.id IS 'Names the command';
COMMENT ON COLUMN heat_pump_command_log.state IS 'accepted, published, confirmed, contradicted, timed_out, expired or failed';
COMMENT ON COLUMN heat_pump_command_log.finished_at IS 'Since when the state is final; NULL while it is open';
COMMENT ON COLUMN heat_pump_command_log.undone_by IS 'The command that undoes it, unless that one failed';

-- Who asked for what is not for every reader.
REVOKE ALL ON heat_pump_commands, heat_pump_command_log FROM homelab_reader;
GRANT SELECT ON heat_pump_commands, heat_pump_command_log TO homelab_api;
GRANT INSERT (principal, idempotency_key, requested_by, device_id, setting, from_value, to_value,
  undo_of, expires_at) ON heat_pump_commands TO homelab_api;

GRANT USAGE ON SCHEMA public TO homelab_control;
GRANT SELECT ON schema_migrations TO homelab_control;
GRANT SELECT, INSERT, UPDATE ON heat_pump_settings TO homelab_control;
GRANT SELECT ON heat_pump_commands TO homelab_control;
GRANT UPDATE (published_at, confirm_by, written, reported_value, reported_at, confirmed_at, failed_at,
  failure) ON heat_pump_commands TO homelab_control;
