import { randomUUID } from 'node:crypto';
import {
  resetPartitionSchema,
  resetStates,
  resetTargetSchema,
} from '@homelab/plugin-consumer-lag-common';
import type { OffsetReset } from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { sumOf } from './planReset';

const storedPartitions = z.array(
  resetPartitionSchema.pick({
    topic: true,
    partition: true,
    from: true,
    to: true,
    skipped: true,
    replayed: true,
  }),
);

/** Databases return 64-bit numbers as text. */
const timeMs = z.coerce.number();

/** `previewed` is a reset that has not been applied. */
const states = ['previewed', ...resetStates] as const;

const rowSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  group_id: z.string(),
  state: z.enum(states),
  target: jsonOf(resetTargetSchema),
  partitions: jsonOf(storedPartitions),
  made_by: z.string(),
  made_at_ms: timeMs,
  expires_at_ms: timeMs,
  applied_by: z.string().nullable(),
  applied_at_ms: timeMs.nullable(),
  failure: jsonOf(
    z.object({ code: z.string(), message: z.string() }),
  ).nullable(),
  undone_by: z.string().nullable(),
  undone_at_ms: timeMs.nullable(),
});

function jsonOf<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** A stored reset. */
export type StoredReset = z.infer<typeof rowSchema>;

/** The offsets of a reset, before and after. */
export type StoredPartitions = StoredReset['partitions'];

const table = 'offset_resets';
const maxListed = 100;

export type ResetStore = ReturnType<typeof createResetStore>;

/** Creates the store of offset resets in the plugin's database. */
export function createResetStore(deps: {
  readonly database: Knex;
  readonly now: () => number;
}) {
  const { database, now } = deps;
  return {
    async find(id: string): Promise<StoredReset | undefined> {
      const row = await database(table).where({ id }).first();
      return row === undefined ? undefined : rowSchema.parse(row);
    },

    /** Stores a preview, and deletes expired ones. */
    async addPreview(preview: {
      readonly cluster: string;
      readonly group: string;
      readonly target: StoredReset['target'];
      readonly partitions: StoredPartitions;
      readonly by: string;
      readonly expiresAtMs: number;
    }): Promise<string> {
      const id = randomUUID();
      await database(table)
        .where({ state: 'previewed' })
        .where('expires_at_ms', '<', now())
        .delete();
      await database(table).insert({
        id,
        cluster: preview.cluster,
        group_id: preview.group,
        state: 'previewed',
        target: JSON.stringify(preview.target),
        partitions: JSON.stringify(storedPartitions.parse(preview.partitions)),
        made_by: preview.by,
        made_at_ms: now(),
        expires_at_ms: preview.expiresAtMs,
      });
      return id;
    },

    /** Claims a preview for applying; false when it is already claimed. */
    async beginApply(id: string, by: string): Promise<boolean> {
      const updated = await database(table)
        .where({ id, state: 'previewed' })
        .update({ state: 'applying', applied_by: by, applied_at_ms: now() });
      return updated === 1;
    },

    /** Releases a claimed preview that was not applied. */
    async cancelApply(id: string): Promise<void> {
      await database(table)
        .where({ id, state: 'applying' })
        .update({ state: 'previewed', applied_by: null, applied_at_ms: null });
    },

    async endApply(id: string, failure: OffsetReset['failure']): Promise<void> {
      await database(table)
        .where({ id, state: 'applying' })
        .update({
          state: failure ? 'failed' : 'applied',
          failure: failure && JSON.stringify(failure),
        });
    },

    async undo(id: string, by: string): Promise<void> {
      await database(table)
        .where({ id })
        .update({ state: 'undone', undone_by: by, undone_at_ms: now() });
    },

    /** Applied or attempted resets, newest first. */
    async list(options: {
      readonly cluster: string;
      readonly group?: string;
    }): Promise<StoredReset[]> {
      const { cluster, group } = options;
      const rows = await database(table)
        .where({ cluster, ...(group !== undefined && { group_id: group }) })
        .whereNot({ state: 'previewed' })
        .orderBy('applied_at_ms', 'desc')
        .limit(maxListed);
      return rows.map((row: unknown) => rowSchema.parse(row));
    },
  };
}

/** An applied or attempted reset for the HTTP interface. */
export function showReset(reset: StoredReset): OffsetReset {
  const { state, partitions } = reset;
  const isoTime = (atMs: number) => new Date(atMs).toISOString();
  return {
    id: reset.id,
    cluster: reset.cluster,
    group: reset.group_id,
    target: reset.target,
    // Previews are not returned.
    state: state === 'previewed' ? 'applying' : state,
    by: reset.applied_by ?? reset.made_by,
    at: isoTime(reset.applied_at_ms ?? reset.made_at_ms),
    partitions,
    skipped: sumOf(partitions.map(({ skipped }) => skipped)),
    replayed: sumOf(partitions.map(({ replayed }) => replayed)),
    failure: reset.failure,
    undoneBy: reset.undone_by,
    undoneAt: reset.undone_at_ms === null ? null : isoTime(reset.undone_at_ms),
  };
}
