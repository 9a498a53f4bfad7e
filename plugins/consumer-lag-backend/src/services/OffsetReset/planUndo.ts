import type { UndoPreview } from '@homelab/plugin-consumer-lag-common';
import type { ClusterSnapshot, GroupSnapshot } from '@homelab/kafka-clusters';
import { showReset } from './createResetStore';
import type { StoredReset } from './createResetStore';
import { currentIn, isEmpty, whyNotEmpty } from './groupState';
import { partitionIn, within } from './planReset';

/** The longest time to apply a reset; after it an unfinished one counts as dead. */
const applyTakesMs = 60 * 1000;

/** The effect of an undo now. */
export function undoOf(
  stored: StoredReset,
  group: GroupSnapshot,
  nowMs: number,
): Omit<UndoPreview, 'now'> {
  const { partitions } = stored;
  const currentOf = currentIn(group);
  const isGroupEmpty = isEmpty(group);
  return {
    reset: showReset(stored),
    isGroupEmpty,
    moved: partitions.flatMap(one => {
      const current = currentOf(one);
      if (one.from === null || current === one.to || current === one.from)
        return [];
      const { topic, partition, to } = one;
      return [{ topic, partition, to, current }];
    }),
    notRestorable: partitions
      .filter(({ from }) => from === null)
      .map(({ topic, partition }) => ({ topic, partition })),
    refusal: refusalOf(stored, { group, currentOf, nowMs }),
  };
}

function refusalOf(
  { state, applied_at_ms: appliedAtMs, partitions }: StoredReset,
  now: {
    readonly group: GroupSnapshot;
    readonly currentOf: ReturnType<typeof currentIn>;
    readonly nowMs: number;
  },
): string | null {
  const { group, currentOf, nowMs } = now;
  if (state === 'undone') return 'The reset is undone already.';
  if (state === 'applying' && nowMs - (appliedAtMs ?? 0) < applyTakesMs)
    return 'The reset is being applied; wait for its end.';
  if (!isEmpty(group)) return whyNotEmpty(group);
  const isThere = partitions.every(
    one => one.from === null || currentOf(one) === one.from,
  );
  return isThere
    ? 'There is nothing to undo: the group is where it was before the reset.'
    : null;
}

/** The previous offsets, or the nearest that still exist: for others a consumer would choose its own. */
export function offsetsBefore(
  { partitions }: StoredReset,
  group: GroupSnapshot,
  { topics }: ClusterSnapshot,
) {
  const currentOf = currentIn(group);
  return partitions.flatMap(one => {
    const { topic, partition, from } = one;
    if (from === null || currentOf(one) === from) return [];
    const found = partitionIn(topics.get(topic), partition);
    const { low, high } = found ?? { low: null, high: null };
    const offset =
      low === null || high === null
        ? BigInt(from)
        : within(BigInt(from), low, high);
    return [{ topic, partition, offset }];
  });
}
