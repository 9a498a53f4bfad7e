-- Tickets that open one WebSocket each. In the database, because any instance of the live server
-- may have sold the ticket that another one is shown. Only the SHA-256 is stored. Whoever takes a
-- ticket deletes it, so it works once.
CREATE TABLE live_tickets (
  ticket_hash bytea PRIMARY KEY CHECK (octet_length(ticket_hash) = 32),
  principal text NOT NULL,
  scopes text[] NOT NULL,
  token_expires_at timestamptz,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON live_tickets (expires_at);
COMMENT ON TABLE live_tickets IS 'Tickets of the live server, as hashes.';
COMMENT ON COLUMN live_tickets.ticket_hash IS 'SHA-256 of the ticket, 32 bytes';
COMMENT ON COLUMN live_tickets.principal IS 'Whose token asked for it';
COMMENT ON COLUMN live_tickets.scopes IS 'What that token allows';
COMMENT ON COLUMN live_tickets.token_expires_at IS 'From when on that token is refused; NULL for never';
COMMENT ON COLUMN live_tickets.expires_at IS 'Until when it opens a connection';

-- homelab_live is a member of homelab_reader, for the newest readings.
REVOKE ALL ON live_tickets FROM PUBLIC, homelab_reader;
GRANT SELECT, INSERT, DELETE ON live_tickets TO homelab_live;
GRANT SELECT ON api_tokens TO homelab_live;
