import type { Stream } from '@homelab/telemetry';
import type { LiveErrorCode } from '../protocol/errors.ts';
import type { LiveReading } from '../protocol/live-reading.ts';
import type { GapReason, PipelineStatus } from '../protocol/server-frames.ts';

/** What to follow. */
export interface LiveQuery {
  readonly stream: Stream;
  /** Only these devices; all of the stream by default. */
  readonly deviceIds?: readonly string[];
  /** Only these fields of the registry; all by default. */
  readonly fields?: readonly string[];
}

/** Told of what is followed, in order. */
export interface LiveListener {
  /** The newest reading of every device; replaces all that was known. */
  onSnapshot(readings: readonly LiveReading[], told: LiveTold): void;
  /** Newer readings, oldest first; at most one of each device. */
  onChanges(readings: readonly LiveReading[], told: LiveTold): void;
  /** Readings were missed for good; a snapshot follows. */
  onGap?(reason: GapReason): void;
}

export interface LiveTold {
  /** The clock of the server when it sent this, ISO 8601 in UTC. */
  readonly sentAt: string;
  /** Readings that a newer one of the same device replaced before they were sent. */
  readonly joined: number;
}

/**
 * `lost` will be tried again by itself; `refused` will not, because the answer would be the same.
 */
export type LiveStatus = 'stopped' | 'connecting' | 'open' | 'lost' | 'refused';

/** The state of the connection. */
export interface LiveState {
  readonly status: LiveStatus;
  /** A sentence for people. */
  readonly detail: string;
  /** Since when, milliseconds since 1970 by the clock of this computer. */
  readonly sinceMs: number;
  /** What the server gave as the reason, if it did. */
  readonly code: LiveErrorCode | undefined;
  /** Whether readings reach the server; undefined while not connected. */
  readonly pipeline: PipelineStatus | undefined;
  /**
   * By how much the clock of the server is ahead of this computer's, in milliseconds; undefined
   * until it was told.
   */
  readonly serverAheadMs: number | undefined;
}

/** What proves who connects: a token at the upgrade, or a ticket in the address. */
export type LiveCredentials =
  { readonly bearer: string } | { readonly ticket: string };

/** The part of a WebSocket that the client uses. */
export interface LiveSocket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface LiveClientOptions {
  /** Where the server listens, such as `ws://127.0.0.1:7009/api/v1/live`. */
  readonly url: string;
  /**
   * Asked before every attempt to connect; without it none are sent, as to a proxy that adds
   * them.
   */
  readonly credentials?: () => Promise<LiveCredentials> | LiveCredentials;
  /** Shortest and longest wait before another attempt; 0.5 s to 30 s by default. */
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
  /** Silence after which the server is asked whether it is there; 15 s by default. */
  readonly silenceMs?: number;
  /** Longest wait for its answer, and for a connection; 10 s by default. */
  readonly answerMs?: number;
  /** Opens the socket; by default the WebSocket of the browser or of Node. */
  readonly createSocket?: (
    url: string,
    options: { protocol: string; headers: Readonly<Record<string, string>> },
  ) => LiveSocket;
  readonly random?: () => number;
  readonly now?: () => number;
}

/** Follows readings over one WebSocket, connecting again and resuming by itself. */
export interface LiveClient {
  /** Connects; returns immediately. After `refused` or `stop` it may be called again. */
  start(): void;
  /** Closes the connection. May be called twice. */
  stop(): void;
  /**
   * Follows a stream from now on, also across connections. Returns what ends it. May be called
   * before `start`.
   */
  subscribe(query: LiveQuery, listener: LiveListener): () => void;
  state(): LiveState;
  /** Tells every change of {@link state}. Returns what ends it. */
  onState(listener: (state: LiveState) => void): () => void;
}
