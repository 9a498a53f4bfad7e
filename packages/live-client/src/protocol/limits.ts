/** The version of the protocol: part of the name of the WebSocket subprotocol. */
export const liveVersion = 1;

/** The subprotocol that a client offers and the server selects. */
export const liveSubprotocol = `homelab.live.v${liveVersion}`;

/** Limits of the protocol; a client that exceeds one gets an error and is disconnected. */
export const liveLimits = {
  /** The largest frame that a client may send, in bytes. */
  maxFrameBytes: 16_384,
  /** Subscriptions of one connection at the same time. */
  maxSubscriptions: 20,
  /** Devices that one subscription may name. */
  maxDevices: 100,
  /** Fields that one subscription may name. */
  maxFields: 100,
  /** Frames that one connection may send in ten seconds. */
  maxFramesPerTenSeconds: 100,
} as const;
