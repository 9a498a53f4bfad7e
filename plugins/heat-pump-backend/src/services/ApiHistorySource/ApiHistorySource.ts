import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import type { z } from 'zod';
import type { ApiConfig } from '../../config';
import { sourcedReading } from '../sourcedReading';
import type {
  DeviceRef,
  HistoryQuery,
  HistoryResult,
  HistorySource,
  SourcedReading,
  StoredDevice,
} from '../sources';
import {
  devicesAnswer,
  eventsAnswer,
  latestAnswer,
  problemAnswer,
  seriesAnswer,
} from './answers';

const timeoutMs = 10_000;
const daySeconds = 86_400;
/** As many devices as the portal keeps. */
const maxPages = 4;

type Query = Readonly<Record<string, string>>;

/** Reads history through the Homelab API. */
export class ApiHistorySource implements HistorySource {
  private readonly api: ApiConfig;
  private readonly logger: LoggerService;
  private readonly stopping = new AbortController();

  constructor({ api, logger }: { api: ApiConfig; logger: LoggerService }) {
    this.api = api;
    this.logger = logger;
  }

  async devices(): Promise<StoredDevice[]> {
    const all: StoredDevice[] = [];
    let cursor: string | null = '';
    for (let page = 0; page < maxPages && cursor !== null; page += 1) {
      const query: Query = { limit: '500', ...(cursor && { cursor }) };
      const answer: z.infer<typeof devicesAnswer> = await this.read(
        'devices',
        query,
        devicesAnswer,
      );
      all.push(...answer.devices);
      cursor = answer.nextCursor;
    }
    return all;
  }

  async latest(device: DeviceRef): Promise<SourcedReading | undefined> {
    const answer = await this.readKnown(
      `${pathOf(device)}/latest`,
      {},
      latestAnswer,
    );
    return (
      answer &&
      sourcedReading(device.stream, answer.reading, answer.reading.received_at)
    );
  }

  async history(query: HistoryQuery): Promise<HistoryResult> {
    const range = {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
    };
    const [points, events] = await Promise.all([
      this.readKnown(
        `${pathOf(query)}/series`,
        {
          ...range,
          fields: query.fields.join(','),
          maxPoints: String(query.maxPoints),
        },
        seriesAnswer,
      ),
      query.stream === 'heatpump'
        ? this.readKnown(
            `heatpump/${encodeURIComponent(query.deviceId)}/events`,
            range,
            eventsAnswer,
          )
        : undefined,
    ]);
    return {
      bucketMs: (points?.bucketSeconds ?? daySeconds) * 1_000,
      time: points?.time ?? [],
      // Fields without any value are left out.
      series: (points?.series ?? []).filter(({ max }) =>
        max.some(value => value !== null),
      ),
      bands: events?.data ?? [],
      gaps: points?.gaps ?? [],
      coverage: points?.coverage ?? 0,
    };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
  }

  /** Reads an answer about a device; undefined when the API does not know it. */
  private async readKnown<Schema extends z.ZodType>(
    path: string,
    query: Query,
    schema: Schema,
  ): Promise<z.output<Schema> | undefined> {
    try {
      return await this.read(path, query, schema);
    } catch (error) {
      if (error instanceof UnknownDeviceError) return undefined;
      throw error;
    }
  }

  private async read<Schema extends z.ZodType>(
    path: string,
    query: Query,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const response = await this.ask(path, query);
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw this.problemOf(response.status, body);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw this.unavailable(
      'The Homelab API gives answers of another version. Start both from one checkout.',
      parsed.error,
    );
  }

  private async ask(path: string, query: Query): Promise<Response> {
    const base = this.api.url.replace(/\/$/, '');
    const search = new URLSearchParams(query);
    try {
      return await fetch(`${base}/api/v1/${path}?${search}`, {
        headers: { authorization: `Bearer ${this.api.token}` },
        signal: AbortSignal.any([
          this.stopping.signal,
          AbortSignal.timeout(timeoutMs),
        ]),
      });
    } catch (error) {
      throw this.unavailable(
        'The Homelab API cannot be reached. Check that homelab-api runs.',
        error,
      );
    }
  }

  private problemOf(status: number, body: unknown): Error {
    const problem = problemAnswer.safeParse(body).data;
    if (problem?.code === 'device_unknown') return new UnknownDeviceError();
    if (status === 400 || status === 422) {
      return new InputError(`The request is not valid: ${problem?.detail}`);
    }
    return this.unavailable(
      status === 401 || status === 403
        ? 'The Homelab API refuses the token of the portal. Restart with "./homelab up", which renews it.'
        : `Stored readings cannot be read: ${problem?.detail ?? `status ${status}`}`,
      problem?.code ?? status,
    );
  }

  private unavailable(message: string, cause: unknown): Error {
    this.logger.warn('stored readings cannot be read', {
      error: stringifyError(cause),
    });
    return new ServiceUnavailableError(message);
  }
}

/** No reading of it is stored. */
class UnknownDeviceError extends Error {}

function pathOf({ stream, deviceId }: DeviceRef): string {
  return `devices/${stream}/${encodeURIComponent(deviceId)}`;
}
