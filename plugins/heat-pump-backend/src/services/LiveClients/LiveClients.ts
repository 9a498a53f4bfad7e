import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Response } from 'express';
import type { HouseState } from '../HouseState';
import { LiveClient } from './LiveClient';

const defaultHeartbeatMs = 15_000;

/** The longest delay of a Node timer. */
const maxTimerMs = 2 ** 31 - 1;

interface Deps {
  house: HouseState;
  maxClients: number;
  logger: LoggerService;
  heartbeatMs?: number;
  now?: () => number;
}

/** The browsers that follow the house over server-sent events. */
export class LiveClients {
  private readonly clients = new Set<LiveClient>();
  private closed = false;

  constructor(private readonly deps: Deps) {}

  /**
   * Turns the response into a stream of events that ends when the client leaves, when
   * its credentials expire, or when the portal stops.
   *
   * @throws ServiceUnavailableError when too many clients are following already.
   */
  connect(response: Response, expiresAt: Date | undefined): void {
    const { house, maxClients, logger } = this.deps;
    if (this.closed || this.clients.size >= maxClients) {
      throw new ServiceUnavailableError(
        `${this.clients.size} browsers are following live readings, which is the limit. Close some pages or raise heatPump.live.maxClients.`,
      );
    }
    // The client left while its permission was checked, before we listened for that.
    if (response.destroyed) return;
    response.status(200).set({
      'content-type': 'text/event-stream; charset=utf-8',
      // Without no-transform the portal's compression would buffer events.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    response.flushHeaders();
    const client = new LiveClient(response, house);
    this.clients.add(client);
    client.snapshot();
    const unsubscribe = house.subscribe({
      onDevice: () => client.snapshot(),
      onReading: reading => client.reading(reading),
      onSources: sources => client.sources(sources),
    });
    const heartbeat = setInterval(
      () => client.heartbeat(),
      this.deps.heartbeatMs ?? defaultHeartbeatMs,
    );
    const expiry = this.scheduleEnd(client, expiresAt);
    response.on('close', () => {
      clearInterval(heartbeat);
      clearTimeout(expiry);
      unsubscribe();
      this.clients.delete(client);
      logger.debug('live client left', { skippedReadings: client.skipped() });
    });
  }

  count(): number {
    return this.clients.size;
  }

  /** Ends every stream and accepts no more. */
  close(): void {
    this.closed = true;
    for (const client of this.clients) client.close();
  }

  private scheduleEnd(client: LiveClient, expiresAt: Date | undefined) {
    if (expiresAt === undefined) return undefined;
    const now = this.deps.now?.() ?? Date.now();
    const remainingMs = Math.max(0, expiresAt.getTime() - now);
    return setTimeout(() => client.close(), Math.min(remainingMs, maxTimerMs));
  }
}
