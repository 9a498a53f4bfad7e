import { describeReason } from '@homelab/plugin-dead-letters-common';
import { formatCount } from '@homelab/portal-common';
import type {
  LetterFilter,
  Redrive,
  RedriveState,
} from '@homelab/plugin-dead-letters-common';
import { formatDayTime } from '@homelab/portal-react';
import type { Tone } from '@homelab/portal-react';
import RunningIcon from '@mui/icons-material/SyncOutlined';
import type { ElementType } from 'react';

/** The state of a redrive as tone and word; with an icon where the tone's own says too little. */
export const redriveLooks: Record<
  RedriveState,
  { tone: Tone; word: string; icon?: ElementType }
> = {
  running: { tone: 'unknown', word: 'Running', icon: RunningIcon },
  cancelling: { tone: 'unknown', word: 'Cancelling', icon: RunningIcon },
  complete: { tone: 'ok', word: 'Complete' },
  limit: { tone: 'ok', word: 'Limit reached' },
  cancelled: { tone: 'watch', word: 'Cancelled' },
  interrupted: { tone: 'watch', word: 'Interrupted' },
  failed: { tone: 'act', word: 'Failed' },
};

/** Whether a redrive is still running. */
export function isUnderWay({ state }: Pick<Redrive, 'state'>): boolean {
  return state === 'running' || state === 'cancelling';
}

/** A number of messages in words. */
export function messages(count: number): string {
  return count === 1 ? '1 message' : `${formatCount(count)} messages`;
}

/** Which letters a filter selects, in words. */
function describeFilter(filter: LetterFilter, timeZone: string): string {
  const parts = [
    ...(filter.codes
      ? [filter.codes.map(code => describeReason(code)).join(' or ')]
      : []),
    ...(filter.stage ? [`failed in ${filter.stage}`] : []),
    ...(filter.key ? [`from ${filter.key}`] : []),
    ...(filter.since ? [`since ${formatDayTime(filter.since, timeZone)}`] : []),
    ...(filter.until ? [`until ${formatDayTime(filter.until, timeZone)}`] : []),
  ];
  return parts.length === 0 ? 'All messages' : parts.join(', ');
}

/** The selection of a redrive in words. */
export function describeSelection(
  selection: Redrive['selection'],
  timeZone: string,
): string {
  return selection.kind === 'letters'
    ? `${messages(selection.count)} selected by hand`
    : describeFilter(selection.filter, timeZone);
}

/** One sentence for each reason why letters were left out. */
export function leftOut(
  redrive: Pick<Redrive, 'redrivenBefore' | 'originUnknown'>,
): string[] {
  const { redrivenBefore, originUnknown } = redrive;
  return [
    ...(redrivenBefore > 0
      ? [`${messages(redrivenBefore)} left out: already sent again.`]
      : []),
    ...(originUnknown > 0
      ? [
          `${messages(originUnknown)} left out: they name no Kafka topic that a redrive may write to.`,
        ]
      : []),
  ];
}
