import { randomUUID } from 'node:crypto';
import type {
  Redrive,
  RedriveState,
} from '@homelab/plugin-dead-letters-common';
import type { Knex } from 'knex';
import { rowSchema } from './redriveRow';
import type { StoredRedrive, StoredRequest } from './redriveRow';

/** The progress of a redrive. */
export interface StoredProgress {
  readonly sent: Readonly<Record<string, number>>;
  readonly redrivenBefore: number;
  readonly originUnknown: number;
}

/** The initial fields of a redrive. */
export interface NewRedrive {
  readonly id: string;
  readonly cluster: string;
  readonly topic: string;
  readonly dryRunId: string | null;
  readonly dryRun: boolean;
  readonly request: StoredRequest;
  readonly through: readonly { partition: number; offset: string }[];
  readonly ratePerSecond: number;
  readonly againBeforeMs: number | null;
  readonly expected: number | null;
  readonly by: string;
}

/** The right to run a redrive; only its holder may update the row. */
export interface Lease {
  readonly redriveId: string;
  readonly owner: string;
}

const table = 'dlq_redrives';
/** How long a redrive may go without a renewal before it counts as dead. */
const defaultLeaseMs = 30_000;
const endStates: readonly RedriveState[] = [
  'complete',
  'limit',
  'cancelled',
  'interrupted',
  'failed',
];

export type RedriveStore = ReturnType<typeof createRedriveStore>;

/** Creates the store of redrives in the plugin's database. */
export function createRedriveStore(deps: {
  readonly database: Knex;
  readonly now: () => number;
  readonly leaseMs?: number;
}) {
  const { database, now, leaseMs = defaultLeaseMs } = deps;

  /** Ends redrives of a cluster whose process is dead. */
  async function endDead(trx: Knex, cluster: string): Promise<void> {
    const nowMs = now();
    await trx(table)
      .where({ cluster })
      .whereNotNull('lease_owner')
      .where('lease_until_ms', '<', nowMs)
      .update({
        state: 'interrupted',
        lease_owner: null,
        lease_until_ms: null,
        ended_at_ms: trx.ref('updated_at_ms'),
      });
  }

  async function find(id: string): Promise<StoredRedrive | undefined> {
    const row = await database(table).where({ id }).first();
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  return {
    /** How long a redrive may go without a renewal before it counts as dead. */
    leaseMs,
    find,

    /**
     * Stores a new redrive and returns its lease; undefined while another redrive runs on the
     * cluster. Several dry runs may run at once.
     */
    async begin(redrive: NewRedrive): Promise<Lease | undefined> {
      const owner = randomUUID();
      const nowMs = now();
      return unlessTaken(async () => {
        await database.transaction(async trx => {
          await endDead(trx, redrive.cluster);
          await trx(table).insert({
            id: redrive.id,
            cluster: redrive.cluster,
            topic: redrive.topic,
            dry_run: redrive.dryRun,
            dry_run_id: redrive.dryRunId,
            state: 'running',
            request: JSON.stringify(redrive.request),
            through: JSON.stringify(redrive.through),
            rate_per_second: redrive.ratePerSecond,
            again_before_ms: redrive.againBeforeMs,
            expected: redrive.expected,
            sent: '{}',
            redriven_before: 0,
            origin_unknown: 0,
            attempts: attemptsOf([], redrive.by, nowMs),
            created_at_ms: nowMs,
            updated_at_ms: nowMs,
            lease_owner: owner,
            lease_until_ms: nowMs + leaseMs,
          });
        });
        return { redriveId: redrive.id, owner };
      });
    },

    /** Returns a new lease of a redrive that ended early; undefined while another one runs. */
    async resume(
      redrive: StoredRedrive,
      by: string,
    ): Promise<Lease | undefined> {
      const owner = randomUUID();
      const nowMs = now();
      return unlessTaken(() =>
        database.transaction(async trx => {
          await endDead(trx, redrive.cluster);
          const updated = await trx(table)
            .where({ id: redrive.id })
            .whereNull('lease_owner')
            .whereIn('state', ['interrupted', 'failed', 'cancelled'])
            .update({
              state: 'running',
              attempts: attemptsOf(redrive.attempts, by, nowMs),
              failure: null,
              cancelled_by: null,
              ended_at_ms: null,
              updated_at_ms: nowMs,
              lease_owner: owner,
              lease_until_ms: nowMs + leaseMs,
            });
          return updated === 1 ? { redriveId: redrive.id, owner } : undefined;
        }),
      );
    },

    /** Stores progress and extends the lease; returns the state, or undefined when the lease is lost. */
    async renew(
      { redriveId, owner }: Lease,
      progress: StoredProgress,
    ): Promise<RedriveState | undefined> {
      const nowMs = now();
      const mine = { id: redriveId, lease_owner: owner };
      const updated = await database(table)
        .where(mine)
        .update({
          ...columnsOf(progress),
          updated_at_ms: nowMs,
          lease_until_ms: nowMs + leaseMs,
        });
      if (updated === 0) return undefined;
      return (await find(redriveId))?.state;
    },

    /** Stores the outcome, unless the lease is lost. */
    async end(
      { redriveId, owner }: Lease,
      outcome: StoredProgress & {
        readonly state: RedriveState;
        readonly failure: Redrive['failure'];
      },
    ): Promise<void> {
      const nowMs = now();
      const { attempts = [] } = (await find(redriveId)) ?? {};
      await database(table)
        .where({ id: redriveId, lease_owner: owner })
        .update({
          ...columnsOf(outcome),
          state: outcome.state,
          failure: outcome.failure && JSON.stringify(outcome.failure),
          attempts: JSON.stringify(
            attempts.map((attempt, index) =>
              index === attempts.length - 1
                ? { ...attempt, endedAtMs: nowMs }
                : attempt,
            ),
          ),
          updated_at_ms: nowMs,
          ended_at_ms: nowMs,
          lease_owner: null,
          lease_until_ms: null,
        });
    },

    /** Requests cancellation; false when it is not running. */
    async cancel(id: string, by: string): Promise<boolean> {
      const updated = await database(table)
        .where({ id, state: 'running' })
        .whereNotNull('lease_owner')
        .where('lease_until_ms', '>=', now())
        .update({ state: 'cancelling', cancelled_by: by });
      return updated === 1;
    },

    /** The redrive, not dry run, that is running on a cluster. */
    async running(cluster: string): Promise<StoredRedrive | undefined> {
      const row = await database(table)
        .where({ cluster, dry_run: false })
        .whereNotNull('lease_owner')
        .where('lease_until_ms', '>=', now())
        .first();
      return row === undefined ? undefined : rowSchema.parse(row);
    },

    /** The number of dry runs running on a cluster. */
    async dryRuns(cluster: string): Promise<number> {
      const rows = await database(table)
        .where({ cluster, dry_run: true })
        .whereNotNull('lease_owner')
        .where('lease_until_ms', '>=', now())
        .select('id');
      return rows.length;
    },

    /** Redrives without dry runs, newest first. */
    async list(options: {
      readonly cluster: string;
      readonly topic?: string;
      readonly before?: { readonly createdAtMs: number; readonly id: string };
      readonly limit: number;
    }): Promise<StoredRedrive[]> {
      const { cluster, topic, before, limit } = options;
      const rows = await database(table)
        .where({ cluster, dry_run: false, ...(topic && { topic }) })
        .modify(query => {
          if (before === undefined) return;
          query.where(older =>
            older
              .where('created_at_ms', '<', before.createdAtMs)
              .orWhere(same =>
                same
                  .where('created_at_ms', before.createdAtMs)
                  .where('id', '<', before.id),
              ),
          );
        })
        .orderBy([
          { column: 'created_at_ms', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
      return rows.map((row: unknown) => rowSchema.parse(row));
    },

    /** Deletes ended redrives and dry runs that were created before the given times. */
    async forget(beforeMs: {
      readonly redrives: number;
      readonly dryRuns: number;
    }): Promise<void> {
      const ended = () => database(table).whereIn('state', endStates);
      await ended()
        .where({ dry_run: false })
        .where('created_at_ms', '<', beforeMs.redrives)
        .delete();
      await database(table)
        .where({ dry_run: true })
        .where('created_at_ms', '<', beforeMs.dryRuns)
        .delete();
    },
  };
}

function attemptsOf(
  earlier: StoredRedrive['attempts'],
  by: string,
  startedAtMs: number,
): string {
  // A killed attempt has no end time.
  return JSON.stringify([...earlier, { by, startedAtMs, endedAtMs: null }]);
}

function columnsOf({ sent, redrivenBefore, originUnknown }: StoredProgress) {
  return {
    sent: JSON.stringify(sent),
    redriven_before: redrivenBefore,
    origin_unknown: originUnknown,
  };
}

/** Undefined when the database's unique index refuses a second redrive. */
async function unlessTaken(
  begin: () => Promise<Lease | undefined>,
): Promise<Lease | undefined> {
  try {
    return await begin();
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

const takenCodes: ReadonlySet<unknown> = new Set([
  // PostgreSQL, SQLite
  '23505',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT',
]);

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && takenCodes.has(error.code)
  );
}
