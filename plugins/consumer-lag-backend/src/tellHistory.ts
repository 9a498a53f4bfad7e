import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type { GroupEvent } from '@homelab/plugin-consumer-lag-common';
import type { RedriveEnded } from '@homelab/plugin-dead-letters-node';
import type { LagStore, LagViews } from './services/LagStore';
import type { OnOffsetsReset } from './services/OffsetReset';

/** Adds what users did to the history of groups, where it explains the lag. */
export function tellHistory(deps: {
  store: LagStore;
  views: LagViews;
  logger: LoggerService;
  now: () => number;
}): {
  offsetsReset: OnOffsetsReset;
  redriveEnded(redrive: RedriveEnded): Promise<void>;
} {
  const { store, views, logger, now } = deps;

  function note(
    cluster: string,
    groupIds: readonly string[],
    event: Pick<GroupEvent, 'kind' | 'text'>,
  ): void {
    const at = new Date(now()).toISOString();
    const notes = groupIds.map(groupId =>
      store.addEvent(cluster, { ...event, groupId, at, severity: 'unknown' }),
    );
    Promise.all(notes).catch(error =>
      // The action itself is done and audited.
      logger.warn(
        `An event could not be stored in the history of ${groupIds.join(', ')}: ${stringifyError(error)}`,
      ),
    );
  }

  return {
    offsetsReset({ kind, reset, by }) {
      const moved = `${formatCount(reset.skipped)} records skipped, ${formatCount(reset.replayed)} to be read again`;
      note(reset.cluster, [reset.group], {
        kind: 'reset',
        text:
          kind === 'applied'
            ? `${by} moved the offsets: ${moved}.`
            : `${by} undid a move of the offsets.`,
      });
    },
    async redriveEnded({ cluster, topic, targets }) {
      for (const { target, letters } of targets) {
        const read = await views.topic(cluster, target).catch(() => undefined);
        const groupIds = read?.readers.map(({ groupId }) => groupId) ?? [];
        note(cluster, groupIds, {
          kind: 'redrive',
          text: `${formatCount(letters)} dead letters of ${topic} were sent to ${target} again.`,
        });
      }
    },
  };
}
