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

/** How a redrive is, as tone and word, with an icon where that of the tone says less. */
export const redriveLooks: Record<
  RedriveState,
  { tone: Tone; word: string; icon?: ElementType }
> = {
  running: { tone: 'unknown', word: 'Running', icon: RunningIcon },
  cancelling: { tone: 'unknown', word: 'Ending', icon: RunningIcon },
  complete: { tone: 'ok', word: 'Complete' },
  limit: { tone: 'ok', word: 'As many as asked for' },
  cancelled: { tone: 'watch', word: 'Cancelled' },
  interrupted: { tone: 'watch', word: 'Interrupted' },
  failed: { tone: 'act', word: 'Failed' },
};

/** Whether a redrive still works. */
export function isUnderWay({ state }: Pick<Redrive, 'state'>): boolean {
  return state === 'running' || state === 'cancelling';
}

/** A number of letters in words. */
export function letters(count: number): string {
  return count === 1 ? '1 letter' : `${formatCount(count)} letters`;
}

/** Which letters a filter selects, in words. */
function describeFilter(filter: LetterFilter, timeZone: string): string {
  const parts = [
    ...(filter.codes
      ? [filter.codes.map(code => describeReason(code)).join(' or ')]
      : []),
    ...(filter.stage ? [`given up by ${filter.stage}`] : []),
    ...(filter.key ? [`with the key ${filter.key}`] : []),
    ...(filter.since ? [`since ${formatDayTime(filter.since, timeZone)}`] : []),
    ...(filter.until ? [`until ${formatDayTime(filter.until, timeZone)}`] : []),
  ];
  return parts.length === 0 ? 'all letters' : `letters ${parts.join(', ')}`;
}

/** What a redrive was asked to send, in words. */
export function describeSelection(
  selection: Redrive['selection'],
  timeZone: string,
): string {
  return selection.kind === 'letters'
    ? `${letters(selection.count)} chosen by hand`
    : describeFilter(selection.filter, timeZone);
}

/** What was left out, one sentence each. */
export function leftOut(
  redrive: Pick<Redrive, 'redrivenBefore' | 'originUnknown'>,
): string[] {
  const { redrivenBefore, originUnknown } = redrive;
  return [
    ...(redrivenBefore > 0
      ? [`${letters(redrivenBefore)} left out: redriven before.`]
      : []),
    ...(originUnknown > 0
      ? [
          `${letters(originUnknown)} left out: they name no Kafka topic that a redrive may write to.`,
        ]
      : []),
  ];
}
