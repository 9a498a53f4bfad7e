/** What the client should do after an error: connect again after a while, or give up. */
export type AfterError = 'retry' | 'give_up';

/**
 * Why the server ends a connection: a closed list. The code is stable, the words are not. Each
 * has the close code of the WebSocket that follows the error frame.
 */
export const liveErrors = {
  version_unsupported: [
    1002,
    'give_up',
    'The server does not speak this version of the protocol',
  ],
  frame_malformed: [1008, 'give_up', 'A frame of the client is not valid'],
  frame_too_large: [1009, 'give_up', 'A frame of the client is too large'],
  stream_unknown: [1008, 'give_up', 'There is no such stream'],
  device_unknown: [1008, 'give_up', 'The device has never sent a reading'],
  field_unknown: [1008, 'give_up', 'The stream has no such field'],
  subscription_duplicate: [
    1008,
    'give_up',
    'The id already names a subscription of this connection',
  ],
  subscription_unknown: [
    1008,
    'give_up',
    'The id names no subscription of this connection',
  ],
  too_many_subscriptions: [
    1008,
    'give_up',
    'The connection has too many subscriptions',
  ],
  too_many_frames: [1008, 'retry', 'The client sends frames too fast'],
  forbidden: [1008, 'give_up', 'The token does not have the scope'],
  token_expired: [1008, 'retry', 'The token has expired or was revoked'],
  too_slow: [1013, 'retry', 'The client reads too slowly'],
  server_stopping: [1012, 'retry', 'The server is stopping'],
  internal: [1011, 'retry', 'The server has failed'],
} as const satisfies Record<
  string,
  readonly [closeCode: number, after: AfterError, title: string]
>;

/** One of {@link liveErrors}. */
export type LiveErrorCode = keyof typeof liveErrors;

/** Every code, in the order of the documentation. */
export const liveErrorCodes = Object.keys(
  liveErrors,
) as readonly LiveErrorCode[];
