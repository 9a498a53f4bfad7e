import { z } from 'zod';

/**
 * Answer of `POST /api/v1/live/tickets`: opens one connection within 30 s, as the query parameter
 * `ticket` of the address. For browsers, which cannot send a bearer token with a WebSocket.
 */
export const ticketSchema = z.object({
  ticket: z.string(),
  expires_at: z.iso.datetime(),
});

export type Ticket = z.infer<typeof ticketSchema>;
