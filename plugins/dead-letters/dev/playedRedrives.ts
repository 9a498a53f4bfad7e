import type { Redrive } from '@homelab/plugin-dead-letters-common';
import type { DeadLettersApi } from '../src/api';
import { ago, createRedrive, testId } from '../src/testing/letters';

const expected = 291;

/** Fake redrives that advance with time: 60 letters per second. */
export function playedRedrives(): Partial<DeadLettersApi> {
  const redrives = new Map<string, Redrive>();
  const older = createRedrive();
  const failed = createRedrive({
    id: testId(4),
    state: 'failed',
    sent: 120,
    expected: 240,
    createdAt: ago(26 * 3_600_000),
    selection: { kind: 'letters', count: 240 },
    failure: {
      code: 'NOT_LEADER_OR_FOLLOWER',
      message: 'Kafka changed the leader of homelab.ingest.redrive-0.',
    },
    canResume: true,
  });
  const now = () => new Date().toISOString();

  function advanced(redrive: Redrive): Redrive {
    if (redrive.state !== 'running') return redrive;
    const elapsedS = (Date.now() - Date.parse(redrive.createdAt)) / 1000;
    const sent = Math.min(expected, Math.round(elapsedS * 60));
    const isDone = sent === expected;
    return {
      ...redrive,
      sent,
      updatedAt: now(),
      state: isDone ? 'complete' : 'running',
      endedAt: isDone ? now() : null,
      targets: [{ target: 'homelab.ingest.redrive', letters: sent }],
    };
  }

  return {
    startRedrive: async (
      { cluster, topic },
      { dryRun, ratePerSecond, selection },
    ) => {
      const redrive = createRedrive({
        id: testId(100 + redrives.size),
        cluster,
        topic,
        dryRun,
        state: 'running',
        createdAt: now(),
        updatedAt: now(),
        endedAt: null,
        sent: 0,
        expected: dryRun ? null : expected,
        redrivenBefore: 29,
        originUnknown: 2,
        ratePerSecond: ratePerSecond ?? 50,
        selection:
          selection.kind === 'letters'
            ? { kind: 'letters', count: selection.at.length }
            : selection,
        attempts: [
          { by: 'user:default/anna', startedAt: now(), endedAt: null },
        ],
      });
      redrives.set(redrive.id, redrive);
      return redrive;
    },
    getRedrive: async ({ id }) => advanced(redrives.get(id) ?? older),
    cancelRedrive: async ({ id }) => {
      const cancelled: Redrive = {
        ...advanced(redrives.get(id) ?? older),
        state: 'cancelled',
        cancelledBy: 'user:default/anna',
        endedAt: now(),
      };
      redrives.set(id, cancelled);
      return cancelled;
    },
    getRedrives: async () => ({
      now: now(),
      redrives: [
        ...[...redrives.values()].filter(({ dryRun }) => !dryRun).map(advanced),
        older,
        failed,
      ],
      nextCursor: null,
      rate: { defaultPerSecond: 50, maxPerSecond: 500 },
    }),
  };
}
