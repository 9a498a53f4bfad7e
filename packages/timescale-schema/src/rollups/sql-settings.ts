/** The settings that both editions keep. `migrate` fills in the names behind colons. */
export const settingsSql = `CREATE TABLE IF NOT EXISTS rollup_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  time_zone text NOT NULL,
  hour_offset interval NOT NULL
);
COMMENT ON TABLE rollup_settings IS 'How rollups cut time. Changed by the migrations alone.';
COMMENT ON COLUMN rollup_settings.only_row IS 'There is one row';
COMMENT ON COLUMN rollup_settings.time_zone IS 'IANA zone whose days the daily rollups have';
COMMENT ON COLUMN rollup_settings.hour_offset IS 'Minutes past the UTC hour at which hours begin, for zones such as +05:30';
INSERT INTO rollup_settings (time_zone, hour_offset)
VALUES (:'site_time_zone', :'hour_offset') ON CONFLICT DO NOTHING;
GRANT SELECT ON rollup_settings TO homelab_sink;
`;
