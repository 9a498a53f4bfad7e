import type { LoggerService } from '@backstage/backend-plugin-api';
import { sourcedReading } from '@homelab/heat-pump';
import type { DeviceRef, SourcedReading } from '@homelab/heat-pump';
import { HomelabApiError } from '@homelab/homelab-api-client';
import type { DevicesPage, HomelabApi } from '@homelab/homelab-api-client';
import {
  planSeries,
  seriesHistory,
} from '@homelab/plugin-heat-pump-common/history';
import type {
  HistoryQuery,
  HistoryResult,
  HistorySource,
  StoredDevice,
} from '@homelab/plugin-heat-pump-node';
import { asBackstageError } from './asBackstageError';

/** As many devices as the portal keeps. */
const maxPages = 4;

/** Reads history through the Homelab API. */
export class ApiHistorySource implements HistorySource {
  private readonly stopping = new AbortController();

  constructor(
    private readonly deps: {
      api: HomelabApi;
      logger: LoggerService;
      now?: () => number;
    },
  ) {}

  async devices(): Promise<StoredDevice[]> {
    const all: StoredDevice[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < maxPages; page += 1) {
      const answer: DevicesPage = await this.devicesAfter(cursor);
      all.push(...answer.devices);
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    return all;
  }

  async latest(device: DeviceRef): Promise<SourcedReading | undefined> {
    const reading = await this.readKnown((api, options) =>
      api.latest(device, options),
    );
    return (
      reading && sourcedReading(device.stream, reading, reading.received_at)
    );
  }

  async history(query: HistoryQuery): Promise<HistoryResult> {
    const { from, to, fields, maxPoints } = query;
    const { now = Date.now } = this.deps;
    const { bucket, hasBands } = planSeries(from, to, now());
    const [points, events] = await Promise.all([
      this.readKnown((api, options) =>
        api.series(query, { from, to, fields, maxPoints, bucket }, options),
      ),
      query.stream === 'heatpump' && hasBands
        ? this.readKnown((api, options) =>
            api.heatPumpEvents(query.deviceId, { from, to }, options),
          )
        : undefined,
    ]);
    return seriesHistory(points, events);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
  }

  /** Reads what the API knows of a device; undefined when it knows nothing. */
  private async readKnown<T>(ask: Ask<T>): Promise<T | undefined> {
    try {
      return await this.ask(ask);
    } catch (error) {
      const isUnknown =
        error instanceof HomelabApiError && error.code === 'device_unknown';
      if (isUnknown) return undefined;
      throw asBackstageError(error, this.deps.logger);
    }
  }

  private devicesAfter(cursor: string | null): Promise<DevicesPage> {
    const query = { limit: 500, ...(cursor !== null && { cursor }) };
    return this.read((api, options) => api.devices(query, options));
  }

  private async read<T>(ask: Ask<T>): Promise<T> {
    try {
      return await this.ask(ask);
    } catch (error) {
      throw asBackstageError(error, this.deps.logger);
    }
  }

  private ask<T>(ask: Ask<T>): Promise<T> {
    return ask(this.deps.api, { signal: this.stopping.signal });
  }
}

type Ask<T> = (api: HomelabApi, options: { signal: AbortSignal }) => Promise<T>;
