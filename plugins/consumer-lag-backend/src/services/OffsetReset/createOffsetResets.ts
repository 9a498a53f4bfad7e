import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  OffsetReset,
  ResetApplyRequest,
  ResetPreview,
  ResetPreviewRequest,
  UndoPreview,
  UndoRequest,
} from '@homelab/plugin-consumer-lag-common';
import type { KafkaCluster } from '@homelab/kafka-clusters';
import { toProblem } from '../toProblem';
import { showReset } from './createResetStore';
import type { ResetStore, StoredReset } from './createResetStore';
import { isEmpty, readGroup, requireEmpty, toHttpError } from './groupState';
import { planReset, sumOf, topicsOf } from './planReset';
import { offsetsBefore, undoOf } from './planUndo';
import {
  requireConfirmation,
  requireTopics,
  requireUnmoved,
  timesOf,
  warningsOf,
} from './resetChecks';

/** Called after the offsets of a group were moved or moved back. */
export type OnOffsetsReset = (event: {
  readonly kind: 'applied' | 'undone';
  readonly reset: OffsetReset;
  readonly by: string;
}) => void;

/** Moves the committed offsets of groups without members, with undo. */
export interface OffsetResets {
  /** Previews a reset; changes nothing in Kafka. @throws NotFoundError */
  preview(
    cluster: string,
    group: string,
    request: ResetPreviewRequest,
    by: string,
  ): Promise<Omit<ResetPreview, 'now'>>;
  /** Applies a preview. @throws ConflictError when the group has members or has moved since */
  apply(
    cluster: string,
    group: string,
    request: ResetApplyRequest,
    by: string,
  ): Promise<OffsetReset>;
  list(cluster: string, group?: string): Promise<OffsetReset[]>;
  /** Previews an undo. @throws NotFoundError */
  undoPreview(cluster: string, id: string): Promise<Omit<UndoPreview, 'now'>>;
  /** Restores the previous offsets. @throws ConflictError when the group has members or has moved */
  undo(
    cluster: string,
    id: string,
    request: UndoRequest,
    by: string,
  ): Promise<OffsetReset>;
}

const previewHoldsMs = 15 * 60 * 1000;
/** Creates the offset resets of all clusters. */
export function createOffsetResets(deps: {
  readonly clusters: ReadonlyMap<string, KafkaCluster>;
  readonly store: ResetStore;
  readonly onReset?: OnOffsetsReset;
  readonly now?: () => number;
}): OffsetResets {
  const { clusters, store, onReset = () => {}, now = Date.now } = deps;

  function clusterOf(name: string): KafkaCluster {
    const cluster = clusters.get(name);
    if (cluster !== undefined) return cluster;
    throw new NotFoundError(`There is no Kafka cluster ${name} here.`);
  }

  async function requireReset(
    cluster: string,
    id: string,
  ): Promise<StoredReset> {
    const reset = await store.find(id);
    if (reset?.cluster === cluster && reset.state !== 'previewed') return reset;
    throw new NotFoundError(
      `There is no offset reset ${id} on the cluster ${cluster}.`,
    );
  }

  async function requirePreview(
    cluster: string,
    group: string,
    token: string,
    by: string,
  ): Promise<StoredReset> {
    const preview = await store.find(token);
    const fits =
      preview?.cluster === cluster &&
      preview.group_id === group &&
      preview.made_by === by;
    if (!fits)
      throw new NotFoundError(
        'previewToken is not one of your previews of this group; make a preview first.',
      );
    if (preview.state !== 'previewed')
      throw new ConflictError(`The reset is already ${preview.state}.`);
    if (preview.expires_at_ms < now())
      throw new ConflictError(
        'The preview is more than 15 minutes old; make another.',
      );
    return preview;
  }

  async function applyNow(
    cluster: string,
    preview: StoredReset,
  ): Promise<void> {
    const { group, snapshot } = await readGroup(
      clusterOf(cluster),
      preview.group_id,
    );
    requireEmpty(group);
    requireUnmoved(preview, group);
    requireTopics(preview, snapshot);
  }

  return {
    async preview(name, groupId, request, by) {
      const cluster = clusterOf(name);
      const { group, snapshot } = await readGroup(
        cluster,
        groupId,
        request.topics,
      );
      const chosen = topicsOf(group, request.topics);
      const plan = planReset({
        target: request.target,
        group,
        topics: snapshot.topics,
        chosen,
        atTime: await timesOf(cluster, request, chosen, snapshot),
      });
      const changed = plan.partitions.filter(({ from, to }) => from !== to);
      const expiresAtMs = now() + previewHoldsMs;
      const token =
        changed.length === 0
          ? null
          : await store.addPreview({
              cluster: name,
              group: groupId,
              target: request.target,
              partitions: changed,
              by,
              expiresAtMs,
            });
      return {
        cluster: name,
        group: groupId,
        target: request.target,
        state: group.state,
        isGroupEmpty: isEmpty(group),
        memberCount: group.members.length,
        partitions: [...plan.partitions],
        problems: [...plan.problems],
        skipped: sumOf(plan.partitions.map(({ skipped }) => skipped)),
        replayed: sumOf(plan.partitions.map(({ replayed }) => replayed)),
        warnings: warningsOf(group, changed),
        previewToken: token,
        expiresAt: token === null ? null : new Date(expiresAtMs).toISOString(),
      };
    },

    async apply(name, groupId, { previewToken, confirmation }, by) {
      const cluster = clusterOf(name);
      requireConfirmation(confirmation, groupId);
      const preview = await requirePreview(name, groupId, previewToken, by);
      if (!(await store.beginApply(preview.id, by)))
        throw new ConflictError('The reset is already being applied.');
      try {
        await applyNow(name, preview);
      } catch (error) {
        await store.cancelApply(preview.id);
        throw error;
      }
      await commit(
        cluster,
        groupId,
        preview.partitions.map(one => ({
          topic: one.topic,
          partition: one.partition,
          offset: BigInt(one.to),
        })),
      ).catch(async (error: unknown) => {
        await store.endApply(preview.id, toProblem(error));
        throw toHttpError(error, groupId);
      });
      await store.endApply(preview.id, null);
      const reset = showReset(await requireReset(name, preview.id));
      onReset({ kind: 'applied', reset, by });
      return reset;
    },

    async list(cluster, group) {
      clusterOf(cluster);
      return (await store.list({ cluster, group })).map(showReset);
    },

    async undoPreview(name, id) {
      const stored = await requireReset(name, id);
      const { group } = await readGroup(clusterOf(name), stored.group_id);
      return undoOf(stored, group, now());
    },

    async undo(name, id, { confirmation, evenIfMoved }, by) {
      const cluster = clusterOf(name);
      const stored = await requireReset(name, id);
      requireConfirmation(confirmation, stored.group_id);
      const { group, snapshot } = await readGroup(cluster, stored.group_id);
      const { refusal, moved } = undoOf(stored, group, now());
      if (refusal !== null) throw new ConflictError(refusal);
      if (moved.length > 0 && !evenIfMoved)
        throw new ConflictError(
          `The group has read on in ${moved.length} partitions since the reset, and an undo would move it back there too. Check the undo preview, and set evenIfMoved to confirm.`,
        );
      await commit(
        cluster,
        stored.group_id,
        offsetsBefore(stored, group, snapshot),
      ).catch((error: unknown) => {
        throw toHttpError(error, stored.group_id);
      });
      await store.undo(id, by);
      const reset = showReset(await requireReset(name, id));
      onReset({ kind: 'undone', reset, by });
      return reset;
    },
  };
}

async function commit(
  cluster: KafkaCluster,
  groupId: string,
  offsets: Parameters<KafkaCluster['commitOffsets']>[1],
): Promise<void> {
  if (offsets.length > 0) await cluster.commitOffsets(groupId, offsets);
}
