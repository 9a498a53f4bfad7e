-- Who may read through the Homelab API. Only the SHA-256 of a token is stored: whoever reads
-- the table or a backup of it cannot use the tokens. The owner adds and revokes; the API looks
-- up; nobody else sees them.
CREATE TABLE api_tokens (
  id text PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
COMMENT ON TABLE api_tokens IS 'Tokens of the Homelab API, as hashes.';
COMMENT ON COLUMN api_tokens.id IS 'Names the token in lists and logs';
COMMENT ON COLUMN api_tokens.name IS 'What it is for';
COMMENT ON COLUMN api_tokens.token_hash IS 'SHA-256 of the token, 32 bytes';
COMMENT ON COLUMN api_tokens.scopes IS 'What it allows';
COMMENT ON COLUMN api_tokens.expires_at IS 'From when on it is refused; NULL for never';
COMMENT ON COLUMN api_tokens.revoked_at IS 'Since when it is refused; NULL while it is not';

-- 0002 lets homelab_reader read every new table; homelab_api is a member of it.
REVOKE ALL ON api_tokens FROM PUBLIC, homelab_reader;
GRANT SELECT ON api_tokens TO homelab_api;
