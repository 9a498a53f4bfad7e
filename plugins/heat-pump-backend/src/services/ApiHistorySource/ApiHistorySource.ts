import type { LoggerService } from '@backstage/backend-plugin-api';
import { sourcedReading } from '@homelab/heat-pump';
import type { DeviceRef, SourcedReading } from '@homelab/heat-pump';
import { HomelabApiError } from '@homelab/homelab-api-client';
import type { DevicesPage, HomelabApi } from '@homelab/homelab-api-client';
import { maxBandDays } from '@homelab/plugin-heat-pump-common';
import type { Gap } from '@homelab/plugin-heat-pump-common';
import { lifetimes } from '@homelab/telemetry';
import type {
  HistoryQuery,
  HistoryResult,
  HistorySource,
  StoredDevice,
} from '../sources';
import { asBackstageError } from './asBackstageError';

const dayMs = 86_400_000;
/** Up to here a point is made of readings, if they are still kept; else of hours or local days. */
const maxRawDays = 8;
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
    const days = (to.getTime() - from.getTime()) / dayMs;
    const [points, events] = await Promise.all([
      this.readKnown((api, options) =>
        api.series(
          query,
          {
            from,
            to,
            fields,
            maxPoints,
            bucket: days <= maxRawDays && this.isKept(from) ? 'raw' : 'auto',
          },
          options,
        ),
      ),
      query.stream === 'heatpump' && days <= maxBandDays && this.isKept(from)
        ? this.bands(query)
        : noBands,
    ]);
    return {
      bucketMs: (points?.bucketSeconds ?? dayMs / 1_000) * 1_000,
      time: (points?.time ?? []).map(time => Date.parse(time)),
      // Fields without any value are left out.
      series: (points?.series ?? [])
        .filter(({ max }) => max.some(value => value !== null))
        .map(({ unit, ...series }) => series),
      ...events,
      gaps: (points?.gaps ?? []).map(inUtc),
      coverage: points?.coverage ?? 0,
    };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
  }

  /** Whether single readings of that time are still kept. */
  private isKept(from: Date): boolean {
    const { now = Date.now } = this.deps;
    return from.getTime() >= now() - lifetimes.rawDays * dayMs;
  }

  private async bands(
    query: HistoryQuery,
  ): Promise<Pick<HistoryResult, 'bands' | 'bandsTruncated'>> {
    const { deviceId, from, to } = query;
    const events = await this.readKnown((api, options) =>
      api.heatPumpEvents(deviceId, { from, to }, options),
    );
    const bands = (events?.data ?? []).map(
      ({ open_start, open_end, ...event }) => ({
        ...event,
        ...inUtc(event),
        openStart: open_start,
        openEnd: open_end,
      }),
    );
    return { bands, bandsTruncated: events?.truncated ?? false };
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

const noBands = { bands: [], bandsTruncated: false };

type Ask<T> = (api: HomelabApi, options: { signal: AbortSignal }) => Promise<T>;

/** A stretch of time as the portal keeps it. */
function inUtc({ from, to }: Gap): Gap {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
}
