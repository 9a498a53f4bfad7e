export { createLiveClient } from './client/create-live-client.ts';
export type {
  LiveClient,
  LiveClientOptions,
  LiveCredentials,
  LiveListener,
  LiveQuery,
  LiveSocket,
  LiveState,
  LiveStatus,
  LiveTold,
} from './client/types.ts';
export { clientFrameSchema } from './protocol/client-frames.ts';
export type { ClientFrame, SubscribeFrame } from './protocol/client-frames.ts';
export { liveErrorCodes, liveErrors } from './protocol/errors.ts';
export type { LiveErrorCode } from './protocol/errors.ts';
export { liveLimits, liveSubprotocol, liveVersion } from './protocol/limits.ts';
export { liveReadingSchema } from './protocol/live-reading.ts';
export type { LiveReading } from './protocol/live-reading.ts';
export { advanced } from './protocol/position.ts';
export type { Position } from './protocol/position.ts';
export { serverFrameSchema } from './protocol/server-frames.ts';
export type {
  ChangesFrame,
  ErrorFrame,
  GapReason,
  PipelineStatus,
  ServerFrame,
  SnapshotFrame,
} from './protocol/server-frames.ts';
export { ticketSchema } from './protocol/ticket.ts';
export type { Ticket } from './protocol/ticket.ts';
