import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type {
  OffsetReset,
  ResetTarget,
} from '@homelab/plugin-consumer-lag-common';
import { formatExactTime } from '@homelab/portal-react';

/** Where a reset goes, in words: `to the oldest record kept`. */
export function describeTarget(target: ResetTarget, timeZone: string): string {
  switch (target.kind) {
    case 'earliest':
      return 'to the oldest record kept';
    case 'latest':
      return 'behind the newest record';
    case 'timestamp':
      return `to ${formatExactTime(target.at, timeZone)}`;
    case 'offset':
      return `to the offset ${formatCount(target.offset)}`;
    case 'shift':
      return target.by < 0
        ? `back by ${formatCount(-target.by)} records in each partition`
        : `on by ${formatCount(target.by)} records in each partition`;
  }
}

/** What a reset means for records: how many are passed over, how many come again. */
export function describeEffect(
  effect: Pick<OffsetReset, 'skipped' | 'replayed'>,
): string {
  const parts = [
    ...(effect.skipped === '0'
      ? []
      : [`${records(effect.skipped)} will never be read`]),
    ...(effect.replayed === '0'
      ? []
      : [`${records(effect.replayed)} will be read again`]),
  ];
  const text = parts.join(', ');
  return text === ''
    ? 'No record is skipped or read again.'
    : `At most ${text}.`;
}

function records(count: string): string {
  return `${formatCount(count)} ${count === '1' ? 'record' : 'records'}`;
}
