import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import { createReadOnlyPostgres } from '@homelab/portal-node';
import type { ReadOnlyPostgres } from '@homelab/portal-node';
import { streams } from '@homelab/telemetry';
import {
  chooseBucketMs,
  devicesSql,
  findGaps,
  latestSql,
  minGapMs,
  pointsSql,
  transitionsSql,
} from '@homelab/timescale-schema';
import { DatabaseError } from 'pg';
import type { PoolClient } from 'pg';
import type { TimescaleConfig } from '../../config';
import { sourcedReading } from '../sourcedReading';
import type {
  DeviceRef,
  HistoryQuery,
  HistoryResult,
  HistorySource,
  SourcedReading,
  StoredDevice,
} from '../sources';
import { bandsFrom } from '@homelab/heat-pump';
import {
  deviceRowsSchema,
  readingRowSchema,
  readPoints,
  transitionRowsSchema,
} from './rows';

const maxDevicesPerStream = 500;
const maxTransitions = 5_000;

interface Deps {
  timescale: TimescaleConfig;
  logger: LoggerService;
  now?: () => number;
}

/** Reads the hypertables in read-only transactions with a timeout. */
export class TimescaleHistorySource implements HistorySource {
  private readonly postgres: ReadOnlyPostgres;
  private readonly logger: LoggerService;
  private readonly now: () => number;

  constructor({ timescale, logger, now = Date.now }: Deps) {
    this.logger = logger;
    this.now = now;
    this.postgres = createReadOnlyPostgres({
      connection: timescale,
      applicationName: 'heat-pump-portal',
      maxConnections: 4,
      statementTimeoutMs: 8_000,
      logger,
    });
  }

  async devices(): Promise<StoredDevice[]> {
    return this.readOnly(async client => {
      const all: StoredDevice[] = [];
      for (const stream of streams) {
        const { rows } = await client.query(devicesSql(stream), [
          maxDevicesPerStream,
          '',
        ]);
        for (const row of deviceRowsSchema.parse(rows)) {
          all.push({ stream, ...row });
        }
      }
      return all;
    });
  }

  async latest({ stream, deviceId }: DeviceRef) {
    return this.readOnly(
      async (client): Promise<SourcedReading | undefined> => {
        const { rows } = await client.query(latestSql(stream), [deviceId]);
        if (rows.length === 0) return undefined;
        const row = readingRowSchema.parse(rows[0]);
        return sourcedReading(
          stream,
          { ...row, timestamp: row.time.toISOString() },
          row.arrived.toISOString(),
        );
      },
    );
  }

  async history(query: HistoryQuery): Promise<HistoryResult> {
    const { stream, deviceId, from, to, fields } = query;
    const rangeMs = to.getTime() - from.getTime();
    const bucketMs = chooseBucketMs(rangeMs, query.maxPoints);
    return this.readOnly(async client => {
      const { rows } = await client.query(pointsSql(stream, fields), [
        deviceId,
        from,
        to,
        `${bucketMs} milliseconds`,
      ]);
      const { time, spans, series } = readPoints(rows, fields);
      // The future does not count as missing.
      const toMs = Math.max(from.getTime(), Math.min(to.getTime(), this.now()));
      const { gaps, coverage, maxGapMs } = findGaps(
        spans,
        { fromMs: from.getTime(), toMs },
        minGapMs[stream],
      );
      const bands =
        stream === 'heatpump' ? await readBands(client, query, maxGapMs) : [];
      return { bucketMs, time, series, bands, gaps, coverage };
    });
  }

  stop(): Promise<void> {
    return this.postgres.stop();
  }

  private async readOnly<T>(
    work: (client: PoolClient) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.postgres.read(work);
    } catch (error) {
      throw this.asUnavailable(error);
    }
  }

  private asUnavailable(error: unknown): Error {
    this.logger.warn('stored readings cannot be read', {
      error: stringifyError(error),
    });
    const isCanceled =
      error instanceof DatabaseError && error.code === queryCanceled;
    return new ServiceUnavailableError(
      isCanceled
        ? 'The database of readings took too long to answer. Request a shorter range.'
        : 'The database of readings cannot be read. Check that TimescaleDB is running and its schema is migrated.',
    );
  }
}

/** The SQLSTATE of a statement that exceeded its timeout. */
const queryCanceled = '57014';

async function readBands(
  client: PoolClient,
  { deviceId, from, to }: HistoryQuery,
  maxGapMs: number,
) {
  const { rows } = await client.query(transitionsSql(), [
    deviceId,
    from,
    to,
    `${Math.round(maxGapMs)} milliseconds`,
    maxTransitions,
  ]);
  return bandsFrom(transitionRowsSchema.parse(rows), maxGapMs);
}
